/** Thousands of random tiny products: the packed search, under any hash, and the naive explorer say the same. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { naively, packed, poorHashes, tinyCase } from '../support/packed.ts';

it('five thousand products', () => {
  const all = fc.property(tinyCase, ({ model, asked }) => {
    const naive = naively(model, asked);
    for (const hash of [undefined, ...poorHashes])
      expect(packed(model, asked, hash === undefined ? {} : { hash })).toEqual(naive);
  });
  fc.assert(all, { numRuns: 5000, seed: 2013 });
});

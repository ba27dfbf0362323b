/** Thousands of random tiny products: the packed search, under any hash, and the naive explorer say the same. */
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { naively, packed, poorHashes, tinyCase } from '../support/packed.ts';
import { helpEarly, shareTwos } from '../support/threads.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('five thousand products', () => {
  const all = fc.property(tinyCase, ({ model, asked }) => {
    const naive = naively(model, asked);
    for (const hash of [undefined, ...poorHashes])
      expect(packed(model, asked, hash === undefined ? {} : { hash })).toEqual(naive);
  });
  fc.assert(all, { numRuns: 5000, seed: 2013 });
});

it('five hundred, by three threads that share states in twos', () => {
  const helped = helpEarly(2);
  shareTwos();
  const all = fc.property(tinyCase, ({ model, asked }) => {
    expect(packed(model, asked, { threads: 3 })).toEqual(naively(model, asked));
  });
  fc.assert(all, { numRuns: 500, seed: 2014 });
  expect(helped()).toBeGreaterThan(50);
});

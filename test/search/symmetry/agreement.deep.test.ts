/** Thousands of random products with sections alike, as agreement.test.ts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenRuns, naivelyWhole, overOrbits, overOrbitsInBlocks } from '../../support/orbits.ts';
import { symmetricBlockCase, symmetricCase } from '../../support/symmetric.ts';

it('six thousand products', () => {
  const all = fc.property(symmetricCase, ({ model, asked }) => {
    const [orbits, naive] = [overOrbits(model, asked), naivelyWhole(model, asked)];
    expect(orbits.says).toEqual(naive.says);
    expect(brokenRuns(model, asked, orbits.found, naive.lost)).toEqual([]);
  });
  fc.assert(all, { numRuns: 6000, seed: 2026 });
});

it('six thousand products in blocks', () => {
  const all = fc.property(symmetricBlockCase, ({ model, asked, split }) => {
    const [blocks, naive] = [overOrbitsInBlocks(model, asked, split), naivelyWhole(model, asked)];
    expect(blocks.says).toEqual(naive.says);
    if (blocks.beside !== undefined) expect(blocks.beside).toEqual(naive.beside);
    expect(brokenRuns(model, asked, blocks.found, naive.lost)).toEqual([]);
  });
  fc.assert(all, { numRuns: 6000, seed: 2027 });
});

/** Thousands of random products with sections alike, as agreement.test.ts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenRuns, naivelyWhole, overOrbits } from '../../support/orbits.ts';
import { symmetricCase } from '../../support/symmetric.ts';

it('six thousand products', () => {
  const all = fc.property(symmetricCase, ({ model, asked }) => {
    const [orbits, naive] = [overOrbits(model, asked), naivelyWhole(model, asked)];
    expect(orbits.says).toEqual(naive.says);
    expect(brokenRuns(model, asked, orbits.found, naive.lost)).toEqual([]);
  });
  fc.assert(all, { numRuns: 6000, seed: 2026 });
});

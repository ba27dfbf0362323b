/**
 * Picks: what fast-check draws. A run is a list of integers; the walker interprets them, so every list is a run and deleting an
 * element leaves a run.
 */
import fc from 'fast-check';

const PICK_MAX = 2 ** 31 - 1;

/** One pick. Unbiased: the walker has its own biases, and small numbers mean nothing to it. */
const pick = fc.noBias(fc.integer({ min: 0, max: PICK_MAX }));

/** At most so many picks; for properties. */
export const picksUpTo = (steps: number): fc.Arbitrary<number[]> =>
  fc.array(pick, { maxLength: steps, size: 'max' });

/** Exactly so many picks of one run of a campaign. The same seed and run give the same picks, whatever else was run before. */
export function picksOf(seed: number, run: number, steps: number): readonly number[] {
  const mixed = Math.imul((seed ^ Math.imul(run + 1, 0x9e3779b1)) | 0, 0x85ebca6b) | 0;
  const [picks] = fc.sample(fc.array(pick, { minLength: steps, maxLength: steps, size: 'max' }), {
    seed: mixed,
    numRuns: 1,
  });
  return picks ?? [];
}

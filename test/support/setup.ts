/**
 * Runs before every test file: one place decides how many cases fast-check tries, and from which seed.
 *   FC_SEED  an integer; the same seed gives the same cases. Fixed unless given, so that a run repeats.
 *   FC_RUNS  cases per property, at least 1.
 */
import fc from 'fast-check';

const SEED = 2010;
const RUNS = 100;

function integerFrom(name: string, fallback: number, least: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} must be an integer of at least ${least}, got '${text}'`);
  }
  return value;
}

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: integerFrom('FC_SEED', SEED, -(2 ** 31)),
  numRuns: integerFrom('FC_RUNS', RUNS, 1),
  // Otherwise a run cut short by a time limit counts as a success.
  markInterruptAsFailure: true,
});

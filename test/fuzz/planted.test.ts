/** Bugs planted in the charts are found at real size and shrink to the shortest: one of each kind; the others are in the deep test. */
import { describe, it } from 'vitest';
import type { Scope } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { shrinking, shrinksToShortest } from './shortest.ts';

const CASES: readonly (readonly [mutant: string, property: string, scope: Scope])[] = [
  ['hotplug-at-end-of-ram', 'I-2', single],
  ['untested-callback', 'I-10', single],
  ['no-rollback', 'I-27', single],
  ['release-keeps-mapping', 'I-20', shrinking],
];

describe('a planted bug', () => {
  it.each(CASES)('%s: %s', shrinksToShortest);
});

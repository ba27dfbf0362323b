/** The planted bugs that the quick test leaves out. */
import { describe, it } from 'vitest';
import type { Scope } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { shrinking, shrinksToShortest } from './shortest.ts';

const CASES: readonly (readonly [mutant: string, property: string, scope: Scope])[] = [
  ['claim-late', 'I-3', single],
  ['claim-late', 'I-2', single],
  ['untested-callback', 'I-16', single],
  ['total-not-counted', 'I-16', single],
  ['current-not-counted', 'I-24', single],
  ['online-lies', 'I-28', single],
  ['freed-frame-lost', 'I-22', shrinking],
  ['decrease-counted-twice', 'I-24', shrinking],
];

describe('a planted bug', () => {
  it.each(CASES)('%s: %s', shrinksToShortest);
});

/** As twice.test.ts, in larger scopes, and in shapes that no named scope has. */
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../../models/scope.ts';
import { auto, bootBalloon, full, nobody, single } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { outcome } from '../../support/explored.ts';
import { successor } from './lifecycle.ts';
import { walkAlone, walkTogether } from './side-by-side.ts';

const shapes: readonly Scope[] = [
  { ...single, name: 'one extent a call', batch: 1 },
  { ...single, name: 'a call and a half a section', pagesPerSection: 3, targets: [1, 2, 4], hostPages: 4 },
  { ...single, name: 'no retry', retryLimit: 1 },
  { ...single, name: 'two retries', retryLimit: 3 },
  { ...single, name: 'root writes targets', writer: 'any' },
];

describe.each([full, auto, nobody, bootBalloon, ...shapes])('in $name', (scope) => {
  it('is the same model', () => {
    const { search } = outcome(lifecycle, scope);
    const { states, transitions, depth, broken } = walkAlone(successor, scope);
    expect([states, transitions, depth]).toEqual([search.states, search.transitions, search.depth]);
    expect(broken).toEqual({ 'I-3': 0, 'I-16': 0, 'I-21': 0, 'I-24': 0, 'I-27': 0 });

    const together = walkTogether(successor, scope);
    expect(together.difference).toBeUndefined();
    expect([together.states, together.second, together.shipped]).toEqual([states, states, states]);
  });
});

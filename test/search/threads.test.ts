/** Two and three threads find what one finds, under the same ids. */
import { expect, it } from 'vitest';
import type { Scope } from '../../models/scope.ts';
import { bootBalloon, single } from '../../models/scopes.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { applicable, productOf } from '../support/explored.ts';

function said(protocol: typeof v3, scope: Scope, options: SearchOptions) {
  const watches = applicable(protocol, scope).map(({ watch }) => watch);
  const { path, locals, successors, ...counts } = explore(productOf(protocol, scope), watches, options);
  const some = [0, 0.1, 0.5, 0.9].map((part) => Math.floor(part * counts.states));
  const leads = counts.violations.map((violation) => violation && path(violation.state));
  return {
    ...counts,
    leads,
    states: [...some, counts.states - 1].map((state) => [path(state), ...locals(state)]),
  };
}

it.each([
  ['v3/single', v3, single, [2, 3]],
  ['v2-4.4/single', v2, single, [2]],
  ['v3/boot-balloon', v3, bootBalloon, [2]],
] as const)(
  '%s',
  (_, protocol, scope, numbers) => {
    const one = said(protocol, scope, {});
    for (const threads of numbers) expect(said(protocol, scope, { threads })).toEqual(one);
  },
  60_000,
);

it('a budget that two threads use up together ends as that of one', () => {
  const product = productOf(v3, bootBalloon);
  const found = explore(product, [], { threads: 2, memory: 12 * 2 ** 20 });
  expect(found).toMatchObject({ complete: false, limit: 'memory' });
  expect(found.states).toBeGreaterThan(100_000);
});

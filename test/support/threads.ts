/** From now on helpers are asked for as soon as there is anything to share, and waited for, so that small products have them too. */
export function helpEarly(): void {
  vi.spyOn(
    PlainSearch.prototype as unknown as { isWorthHelp: (states: number) => boolean },
    'isWorthHelp',
  ).mockImplementation((states) => states >= 1024);
  const round = Team.prototype.round;
  vi.spyOn(Team.prototype, 'round').mockImplementation(function (this: Team<string>, ...args) {
    this.gather();
    round.apply(this, args);
  });
}

/** What a search says that must not depend on the number of threads. */
import { vi } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { PlainSearch } from '../../src/search/plain/plain-search.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { Team } from '../../src/search/team.ts';
import { applicable, productOf } from './explored.ts';

export function saidOf(protocol: Protocol, scope: Scope, options: SearchOptions) {
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

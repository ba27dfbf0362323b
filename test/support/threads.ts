/** Searches by several threads: helpers that come early, and what must not depend on them. */
import { vi } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { Counters } from '../../src/search/plain/counters.ts';
import { PlainSearch } from '../../src/search/plain/plain-search.ts';
import { ShareCode } from '../../src/search/plain/search-code.ts';
import { Space } from '../../src/search/plain/space.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { Team } from '../../src/search/team.ts';
import { i32 } from '../../src/wasm/expression.ts';
import { applicable, productOf } from './explored.ts';

/** Private parts of the engine, by name. */
export type Parts = Record<string, (...args: never[]) => unknown>;
export const parts = (of: { readonly prototype: object }): Parts => of.prototype as Parts;

/** So long the first thread lets helpers come before it begins. */
const LOOKS = 50_000;

/**
 * From now on helpers are asked for as soon as there are so many states to share, and waited for, so that small products have them
 * too; and memory grows under their hands. Says how often one had counted something.
 */
export function helpEarly(least = 1024): () => number {
  vi.spyOn(parts(PlainSearch), 'isWorthHelp').mockImplementation(
    ((states: number) => states >= least) as never,
  );
  vi.spyOn(Space.prototype as unknown as { roomy: number }, 'roomy', 'get').mockReturnValue(1);
  const round = Team.prototype.round;
  const at = parts(Team)['at'] as (this: Team<string>, what: string) => number;
  vi.spyOn(Team.prototype, 'round').mockImplementation(function (this: Team<string>, job, argument, own) {
    this.gather();
    round.call(this, job, argument, () => {
      // Helpers have joined by then, as a rule.
      for (let looks = 0; looks < LOOKS && at.call(this, 'working') === 0; looks++);
      own();
    });
  });
  let helped = 0;
  const add = Counters.prototype.add;
  vi.spyOn(Counters.prototype, 'add').mockImplementation(function (this: Counters, other) {
    if (other.fired.some((count) => count > 0n)) helped++;
    add.call(this, other);
  });
  return () => helped;
}

/** From now on threads share states in twos, so that tiny products have enough for several. */
export function shareTwos(): void {
  vi.spyOn(parts(ShareCode), 'grain').mockReturnValue(i32.const(2));
}

/** What a search says that must not depend on the number of threads. */
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

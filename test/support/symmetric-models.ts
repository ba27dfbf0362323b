/** A shipped variant over orbits: the same outcome as over all states, runs replayed through XState. */
import { expect } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { runSearch, type SearchOutcome } from '../../src/check/run-search.ts';
import { expectOk } from '../../src/core/result.ts';
import type { SearchOptions } from '../../src/search/search.ts';
import { taskOf } from './explored.ts';

function outcome(protocol: Protocol, scope: Scope, options: SearchOptions): SearchOutcome {
  return expectOk(runSearch(taskOf(protocol, scope), options), `${protocol.id} keeps the rules`);
}

/** Counts, depth, and per property the verdict, how long the run is, and how many states violate it. */
const told = ({ search: { states, transitions, depth }, cases }: SearchOutcome) => ({
  counts: [states, transitions, depth],
  verdicts: cases.map(({ property, verdict }) => [
    property,
    verdict.kind,
    ...(verdict.kind === 'violated' ? [verdict.trace.length, verdict.violating] : []),
  ]),
});

export function expectSameOverOrbits(
  protocol: Protocol,
  scope: Scope,
  how: RegExp,
  options: SearchOptions = {},
): void {
  const orbits = outcome(protocol, scope, { ...options, symmetry: true });
  expect(orbits.search.engine).toMatch(how);
  expect(told(orbits)).toEqual(told(outcome(protocol, scope, {})));
}

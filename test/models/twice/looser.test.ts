/**
 * Where the second writing follows the charts against the letter of the design (src/DECISIONS.md, "Where lifecycle is looser than
 * its design"): told to the letter it comes to the same states.
 */
import { describe, expect, it } from 'vitest';
import { alphabetOf } from '../../../models/alphabet.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { Scope } from '../../../models/scope.ts';
import { single } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { successor } from './lifecycle.ts';
import { initialOf, type State, type Successor, sectionOf } from './state.ts';

interface Walked {
  readonly states: readonly State[];
  readonly transitions: number;
}

function walked(step: Successor, scope: Scope): Walked {
  const labels = alphabetOf(lifecycle, pv64, scope);
  const states = [initialOf(scope)];
  const known = new Set(states.map((state) => JSON.stringify(state)));
  let transitions = 0;
  // The list grows while it is walked.
  for (const state of states)
    for (const label of labels) {
      const next = step(state, label, scope);
      if (next === undefined) continue;
      transitions++;
      const key = JSON.stringify(next);
      if (known.has(key)) continue;
      known.add(key);
      states.push(next);
    }
  return { states, transitions };
}

/** A rival withdraws only from what it holds. */
const ownOnly: Successor = (s, label, scope) =>
  label.type === 'withdraw' && sectionOf(s, label.section ?? 0).slot !== 'rival'
    ? undefined
    : successor(s, label, scope);

/** Extents of the call in progress that are still to come. */
interface InCalls extends State {
  readonly call?: number;
}

/** A run is filled in calls of a batch; a full one returns, is progress, and the next begins. */
const inCalls: Successor = ({ call, ...state }: InCalls, label, scope) => {
  const next = successor(state, label, scope);
  if (next?.at !== 'filling') return next;
  const whole = (s: State) => Math.min(scope.batch, scope.pagesPerSection - sectionOf(s, next.run).offline);
  if (label.type !== 'fill.ok') return { ...next, call: label.type.startsWith('fill.') ? whole(next) : call };
  const left = (call ?? whole(state)) - 1;
  return left > 0 || whole(next) === 0
    ? { ...next, call: left }
    : { ...next, call: whole(next), some: false, failures: 0 };
};

/** Without how far the call in progress is, and the failures before it. */
const outside = (state: InCalls): string => {
  const { call: _, ...rest } = state;
  return JSON.stringify(rest.at === 'filling' ? { ...rest, some: false, failures: 0 } : rest);
};
const distinct = (states: readonly State[]): readonly string[] => [...new Set(states.map(outside))].sort();

const shapes: readonly Scope[] = [
  { ...single, name: 'one extent a call', batch: 1 },
  { ...single, name: 'a call and a half a section', pagesPerSection: 3, targets: [1, 2, 4], hostPages: 4 },
];

describe.each(shapes)('in $name', (scope) => {
  const loose = walked(successor, scope);

  it('a rival that withdraws what it does not hold changes nothing', () => {
    const strict = walked(ownOnly, scope);
    expect(strict.states).toHaveLength(loose.states.length);
    expect(strict.transitions).toBeLessThan(loose.transitions);
  });

  it('one call for the whole run leads where calls of a batch do', () => {
    expect(distinct(walked(inCalls, scope).states)).toEqual(distinct(loose.states));
  });
});

it('the comparison sees a driver that gives up only what it has not begun to fill', () => {
  const lossy: Successor = (s, label, scope) =>
    label.type === 'fill.refused' && s.at === 'filling' ? undefined : successor(s, label, scope);
  expect(distinct(walked(lossy, single).states)).not.toEqual(distinct(walked(successor, single).states));
});

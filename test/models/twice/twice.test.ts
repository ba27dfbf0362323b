/** `lifecycle` as charts and `lifecycle` by hand: the same states, transitions and depth, the same labels everywhere. */
import { describe, expect, it } from 'vitest';
import { pair, single } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { explored } from '../../support/explored.ts';
import { successor } from './lifecycle.ts';
import type { PropertyId } from './sayings.ts';
import { walkAlone, walkTogether } from './side-by-side.ts';
import type { State, Successor } from './state.ts';

describe.each([single, pair])('in $name', (scope) => {
  const alone = walkAlone(successor, scope);
  const { found, product, properties } = explored(lifecycle, scope);

  it('has as many states and transitions, and is as deep', () => {
    const { states, transitions, depth } = alone;
    expect({ states, transitions, depth }).toEqual({
      states: found.states,
      transitions: found.transitions,
      depth: found.depth,
    });
  });

  it('takes the same families', () => {
    const fired = product.labels.flatMap(({ type }, id) => ((found.fired[id] ?? 0) > 0 ? [type] : []));
    expect([...alone.taken].sort()).toEqual([...new Set(fired)].sort());
  });

  it('offers the same labels and says the same numbers in every pair of states that a run leads to', () => {
    const { states, second, shipped, transitions, difference } = walkTogether(successor, scope);
    expect(difference).toBeUndefined();
    // As many pairs as states of either: a state of one goes with exactly one of the other.
    expect([states, second, shipped, transitions]).toEqual([
      found.states,
      found.states,
      found.states,
      found.transitions,
    ]);
  });

  it.each(Object.entries(alone.broken))('%s is never broken, by either', (id, count) => {
    expect(count).toBe(0);
    const at = properties.findIndex((property) => property.id === id);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(found.violations[at]).toBeUndefined();
  });
});

/** The second writing with one label changed. */
const planted =
  (type: string, change: (next: State | undefined, from: State) => State | undefined): Successor =>
  (state, label, scope) => {
    const next = successor(state, label, scope);
    return label.type === type ? change(next, state) : next;
  };

const withoutLimit: Successor = (state, label, scope) => {
  const next = successor({ ...state, max: scope.hostPages }, label, scope);
  return next && (label.type === 'max.set' ? next : { ...next, max: state.max });
};

const faults: readonly { readonly name: string; readonly fault: Successor; readonly breaks?: PropertyId }[] =
  [
    {
      name: 'what a failed run was given is not given back',
      fault: planted('unfill.ok', (next, { tot }) => next && { ...next, tot }),
      breaks: 'I-27',
    },
    {
      name: 'the added run is not counted in current',
      fault: planted('count.done', (next, { current }) => next && { ...next, current }),
      breaks: 'I-24',
    },
    {
      name: 'the added run is not counted in total',
      fault: planted('count.done', (next, { total }) => next && { ...next, total }),
      breaks: 'I-16',
    },
    {
      name: 'the reservation goes before the frames do',
      fault: planted(
        'undo.begin',
        (next) =>
          next && {
            ...next,
            sections: next.sections.map((section, at) =>
              at === next.run ? { ...section, slot: 'free' } : section,
            ),
          },
      ),
      breaks: 'I-3',
    },
    { name: 'Xen does not look at the limit', fault: withoutLimit, breaks: 'I-21' },
    {
      name: 'a refused fill is not counted',
      fault: planted(
        'fill.refused',
        (next, from) => next && { ...next, at: 'backedOff', failures: from.failures },
      ),
    },
    {
      name: 'a new target wakes only a thread that has a timer',
      fault: (state, label, scope) =>
        label.type.endsWith('.changed') && state.outcome === 'cancelled'
          ? undefined
          : successor(state, label, scope),
    },
    { name: 'no block is ever busy', fault: planted('offline.ebusy', () => undefined) },
  ];

describe('a fault planted in the second writing', () => {
  it.each(faults)('$name: is noticed', ({ fault, breaks }) => {
    const { difference } = walkTogether(fault, single);
    expect(difference).toBeDefined();
    if (breaks !== undefined) expect(walkAlone(fault, single, breaks).broken[breaks]).toBeGreaterThan(0);
  });

  it('the first difference comes with the shortest run to it, and what only one of them offers', () => {
    const { difference } = walkTogether(
      planted('offline.ebusy', () => undefined),
      pair,
    );
    expect(difference?.onlyShipped).toEqual(['offline.ebusy(block 0)']);
    expect(difference?.onlySecond).toEqual([]);
    expect(difference?.run.at(-1)).toBe('add.end');
  });
});

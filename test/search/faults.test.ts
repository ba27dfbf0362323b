/** Faults planted in the checker, or in a model it is given, and what notices each (design §8). */

import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { chart, role, stay } from '../../models/kit.ts';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v1c } from '../../models/variants/v1c.ts';
import type { Property } from '../../properties/property.ts';
import { runSearch, type SearchTask } from '../../src/check/run-search.ts';
import { LtsTable, REFUSED } from '../../src/compile/table.ts';
import { ownershipProblems } from '../../src/compose/lints.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import type { Model, Role } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';
import { applicable, taskOf } from '../support/explored.ts';
import { exploreNaively } from '../support/naive.ts';

const model = guestModel(lifecycle, pv64, single);
const watches = applicable(lifecycle, single).map(({ watch }) => watch);
const compose = (its: Model): Product => expectOk(composeProduct(its), 'the plant keeps to the fragment');

/** What a catalog row would notice. */
function counts(product: Product) {
  const { states, transitions, depth, violations } = explore(product, watches);
  return { states, transitions, depth, violated: violations.filter((v) => v !== undefined).length };
}
const sound = counts(compose(model));

/**
 * The section says nothing about these that others do not: a failed add leaves it as it was, unless the driver looks for a conflict
 * too late (then eexist moves it, below), and isolation fails exactly while its block is online, where nothing moves.
 */
const UNNOTICED = ['add.eexist', 'add.enomem', 'offline.ebusy'];

describe('a skipped successor', () => {
  /** Forgets every nth entry of its matrix. */
  class Forgetful extends LtsTable {
    private readonly nth: number;
    constructor(of: LtsTable, nth: number) {
      super(of.chart, model.alphabet);
      this.nth = nth;
    }
    override successor(state: number, own: number): number {
      return (state * this.labels.length + own) % this.nth === 3 ? REFUSED : super.successor(state, own);
    }
  }
  const naive = exploreNaively(model);

  it.each([5, 31])('every %dth, in any chart: the naive explorer disagrees', (nth) => {
    const disagreeing = model.charts.filter((_, at) => {
      const product = compose(model);
      const tables = product.tables.map((table, n) => (n === at ? new Forgetful(table, nth) : table));
      const { states, transitions } = explore({ ...product, tables }, []);
      return states !== naive.states || transitions !== naive.transitions;
    });
    expect(disagreeing.length).toBeGreaterThan(5);
  });
});

describe('a label dropped', () => {
  const section = model.charts.find(({ id }) => id === 'section[0]');
  const families = Object.keys(section?.families ?? {}).filter((family) =>
    model.alphabet.some(({ type }) => type === family),
  );
  /** The section's `owns` forgets one family; its machine still handles it. */
  const forgetting = (family: string, of = model): Model => ({
    ...of,
    charts: of.charts.map((its) =>
      its.id === 'section[0]'
        ? { ...its, owns: (label: Label) => label.type !== family && its.owns(label) }
        : its,
    ),
  });

  it('from what the section owns: the lint names it', () => {
    for (const family of families)
      expect(ownershipProblems(forgetting(family))).toEqual([
        { code: 'FAMILY_UNOWNED', message: `section[0] owns no ${family}` },
      ]);
  });

  it('from what the section owns: counts or verdicts change', () => {
    const unnoticed = families.filter(
      (family) => JSON.stringify(counts(compose(forgetting(family)))) === JSON.stringify(sound),
    );
    expect(unnoticed).toEqual(UNNOTICED);
  });

  it('one of the unnoticed, where the driver looks for a conflict too late: counts change', () => {
    const late = guestModel({ ...v1c, conflictFirst: false }, pv64, single);
    const transitions = (its: Model) => explore(compose(its), []).transitions;
    expect(transitions(forgetting('add.eexist', late))).not.toBe(transitions(late));
  });

  it('from the alphabet of the model: counts change, unless it was never taken', () => {
    const { taken } = exploreNaively(model);
    const unnoticed = model.alphabet.filter((label) => {
      const alphabet = model.alphabet.filter((other) => other !== label);
      const product = compose({ ...model, alphabet });
      return explore(product, []).transitions === sound.transitions;
    });
    expect(unnoticed.filter(({ type }) => taken.has(type))).toEqual([]);
  });
});

interface Count {
  readonly n: number;
}

function counter(as: Role, most: number, overflow = 0) {
  return chart<Count>({
    id: `${as} to ${most}`,
    kind: 'counter',
    actor: 'somebody',
    families: role(as, 'verb.up'),
    context: { n: 0 },
    initial: 'counting',
    states: { counting: { 'verb.up': { when: (c) => c.n < most, set: (c) => ({ n: c.n + 1 }) } } },
    observe: (c) => ({ n: c.n, overflow: overflow > 0 && c.n >= overflow ? 1 : 0 }),
  });
}

function tiny(charts: Model['charts'], above: number): SearchTask {
  const base = taskOf(lifecycle, single);
  const [property] = base.properties;
  if (property === undefined) throw new Error('there are properties');
  const clauses = [[{ sum: { 'counter.n': 1 }, is: 'above' as const, to: above }]];
  return {
    ...base,
    ledger: [],
    model: { charts, alphabet: [{ type: 'verb.up' }] },
    properties: [{ ...property, witness: ['verb.up'], watch: { kind: 'state', perIndex: false, clauses } }],
  };
}

it('a loop that memory does not allow to look for is bounded, though the search is complete', () => {
  const fairness = { quiet: [], groups: [{ name: 'up', families: ['verb.up'], strength: 'weak' as const }] };
  const some = [0, 1, 2];
  const base = tiny([], 99);
  const task = {
    ...base,
    model: {
      charts: some.map((own) => ({
        ...counter('initiates', 25),
        id: `counter ${own}`,
        owns: ({ pages }: Label) => pages === own,
      })),
      alphabet: some.map((pages) => ({ type: 'verb.up', pages })),
    },
    properties: base.properties.map((one) => ({ ...one, watch: { kind: 'temporal' as const, fairness } })),
  };
  const verdict = (memory: number) => {
    const result = runSearch(task, { memory });
    return result.ok ? [result.value.search.limit, result.value.cases[0]?.verdict] : result.problems;
  };
  let memory = 2 ** 18;
  const product = compose(task.model);
  while (!explore(product, [], { memory }).complete) memory *= 1.2;
  expect(verdict(memory)).toEqual([undefined, { kind: 'bounded', limit: 'memory' }]);
  expect(verdict(16 * memory)).toMatchObject([undefined, { kind: 'violated' }]);
});

describe('a model that breaks the rules', () => {
  it('by an observer that refuses is not judged: OBSERVER_REFUSES', () => {
    const result = runSearch(tiny([counter('initiates', 5), counter('observes', 2)], 99));
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['OBSERVER_REFUSES']);
  });

  it('not by a decider that refuses', () => {
    const result = runSearch(tiny([counter('initiates', 5), counter('decides', 2)], 99));
    expect(result.ok && result.value.search.states).toBe(3);
  });

  it('by a counter that leaves its range shows nothing: bounded by overflow', () => {
    const result = runSearch(tiny([counter('initiates', 5, 4)], 99));
    expect(result.ok && result.value.cases[0]?.verdict).toEqual({ kind: 'bounded', limit: 'overflow' });
  });

  it('but what it violated before that stays violated', () => {
    const result = runSearch(tiny([counter('initiates', 5, 4)], 1));
    expect(result.ok && result.value.cases[0]?.verdict.kind).toBe('violated');
  });

  it('and what it violates only beyond that is not shown, be it a state, a goal or a loop', () => {
    const verdict = (watch: Property['watch'], most = 5) => {
      const task = tiny([counter('initiates', most, 4)], 99);
      const result = runSearch({ ...task, properties: task.properties.map((one) => ({ ...one, watch })) });
      return result.ok ? result.value.cases[0]?.verdict : undefined;
    };
    const is = (to: number) => [{ sum: { 'counter.n': 1 }, is: 'equal' as const, to }];
    const bounded = { kind: 'bounded', limit: 'overflow' };
    expect(verdict({ kind: 'state', perIndex: false, clauses: [is(5)] })).toEqual(bounded);
    expect(verdict({ kind: 'possible', goal: is(0), without: [] })).toEqual(bounded);
    const fairness = {
      quiet: [],
      groups: [{ name: 'up', families: ['verb.up'], strength: 'weak' as const }],
    };
    expect(verdict({ kind: 'temporal', fairness })).toEqual(bounded);
    expect(verdict({ kind: 'temporal', fairness, stays: [is(5)] })).toEqual(bounded);
    expect(verdict({ kind: 'possible', goal: is(0), without: [] }, 3)).toMatchObject({ kind: 'violated' });
    expect(verdict({ kind: 'temporal', fairness }, 3)).toMatchObject({ kind: 'violated' });
  });

  it('no overflow, no bound', () => {
    const result = runSearch(tiny([counter('initiates', 5, 6)], 99));
    expect(result.ok && result.value.cases[0]?.verdict).toEqual({ kind: 'holds' });
  });

  it('an antecedent that never came is vacuous', () => {
    const idle = chart<Record<string, never>>({
      id: 'idle',
      kind: 'counter',
      actor: 'somebody',
      families: role('initiates', 'verb.up'),
      context: {},
      initial: 'off',
      states: { off: {}, on: { 'verb.up': stay } },
      observe: () => ({ n: 0 }),
    });
    const result = runSearch(tiny([idle], 0));
    expect(result.ok && result.value.cases[0]?.verdict).toEqual({ kind: 'vacuous', witness: 'verb.up' });
  });
});

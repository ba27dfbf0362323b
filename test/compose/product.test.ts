/** Alphabets and roles that would make a product say something else than it means are refused. */

import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { chart, each, role, stay } from '../../models/kit.ts';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { composeProduct } from '../../src/compose/product.ts';
import type { Model, ModelChart, Role } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';

function one(id: string, actor: string, families: Readonly<Record<string, Role>>): ModelChart {
  return chart<Record<string, never>>({
    id,
    kind: id,
    actor,
    families,
    context: {},
    initial: 'here',
    states: { here: each(Object.keys(families), stay) },
    observe: () => ({}),
  });
}

const go: Label = { type: 'verb.go' };

function problems(charts: readonly ModelChart[], alphabet: readonly Label[] = [go]): string[] {
  const result = composeProduct({ charts, alphabet });
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

describe('a product is refused', () => {
  it('when a label stands twice: DUPLICATE_LABEL', () => {
    expect(problems([one('a', 'x', { 'verb.go': 'initiates' })], [go, { ...go }])).toEqual([
      'DUPLICATE_LABEL',
    ]);
  });

  it('when two charts have one name: DUPLICATE_CHART', () => {
    const a = one('a', 'x', { 'verb.go': 'initiates' });
    expect(problems([a, a])).toEqual(['DUPLICATE_CHART']);
  });

  it('when nobody owns a label: LABEL_UNOWNED', () => {
    expect(problems([one('a', 'x', { 'verb.go': 'initiates' })], [go, { type: 'verb.lost' }])).toEqual([
      'LABEL_UNOWNED',
    ]);
  });

  it.each<Role>(['decides', 'observes', 'grants'])(
    'when a label has only somebody who %s it: NO_INITIATOR',
    (as) => {
      expect(problems([one('a', 'x', { 'verb.go': as })])).toEqual(['NO_INITIATOR']);
    },
  );

  it('when two actors initiate one label: TWO_INITIATORS', () => {
    const families = { 'verb.go': 'initiates' } as const;
    expect(problems([one('a', 'x', families), one('b', 'y', families)])).toEqual(['TWO_INITIATORS']);
  });

  it('not when two charts of one actor do', () => {
    const families = { 'verb.go': 'initiates' } as const;
    expect(problems([one('a', 'x', families), one('b', 'x', families)])).toEqual([]);
  });
});

describe('owners of a label', () => {
  it('are asked in the order initiator, lock, decider, observer', () => {
    const charts = (['observes', 'decides', 'grants', 'initiates'] as const).map((as) =>
      one(as, 'x', role(as, 'verb.go')),
    );
    const result = composeProduct({ charts, alphabet: [go] });
    expect(result.ok && result.value.owners[0]?.map((owner) => owner.role)).toEqual([
      'initiates',
      'grants',
      'decides',
      'observes',
    ]);
  });

  it('cover the alphabet in runs of one first owner, without a gap', () => {
    const result = composeProduct(guestModel(lifecycle, pv64, single));
    if (!result.ok) throw new Error('lifecycle composes');
    const { runs, labels, owners } = result.value;
    expect(runs.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n))).toEqual(
      labels.map((_, id) => id),
    );
    for (const { chart: first, from, to } of runs)
      for (let id = from; id < to; id++) expect(owners[id]?.[0]?.chart).toBe(first);
  });
});

/** The model with one chart's family taken out of its alphabet, machine and all. */
function without(model: Model, id: string, family: string): Model {
  const charts = model.charts.map((its) => {
    if (its.id !== id) return its;
    const { [family]: _, ...families } = its.families;
    return { ...its, families };
  });
  return { ...model, charts };
}

describe('a family forgotten in an alphabet', () => {
  const model = guestModel(lifecycle, pv64, single);

  it('by the chart that handles it is refused, for every chart and family: FAMILY_UNDECLARED', () => {
    const unnoticed = model.charts.flatMap(({ id, families }) =>
      Object.keys(families).filter((family) => {
        const result = composeProduct(without(model, id, family));
        return result.ok || !result.problems.some(({ code }) => code === 'FAMILY_UNDECLARED');
      }),
    );
    expect(unnoticed).toEqual([]);
  });

  it('would show: every other label has two owners, save what the driver learns from a full call', () => {
    const result = composeProduct(model);
    const lonely = result.ok
      ? result.value.owners.flatMap((owners, id) =>
          owners.length < 2 ? [result.value.labels[id]?.type] : [],
        )
      : ['?'];
    expect([...new Set(lonely)]).toEqual(['fill.full']);
  });
});

/** Roles are kept in every local state a chart has alone, not only in those that a product happens to reach (design §2). */

import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { auto, bootBalloon, full, nobody, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { REFUSED } from '../../src/compile/table.ts';
import { ownershipProblems } from '../../src/compose/lints.ts';
import { composeProduct, tableProblems } from '../../src/compose/product.ts';
import { labelText } from '../../src/core/label.ts';
import { ALONE_MAX, type Alone, alone, fillUpTo } from '../support/alone.ts';
import { explored } from '../support/explored.ts';

const cases = [single, full].flatMap((scope) =>
  variants.map((protocol) => ({ name: `${protocol.id} ${scope.name}`, protocol, scope })),
);

/** `chart: label in state` for every label that the chart should accept and does not. */
function refusals({ chart, labels, table }: Alone): string[] {
  return labels.flatMap((label, own) => {
    if (table.roles[own] !== 'observes') return [];
    for (let state = 0; state < table.size; state++)
      if (table.successor(state, own) === REFUSED)
        return [`${chart.id}: ${labelText(label)} in ${table.local(state).key}`];
    return [];
  });
}

describe.each(cases)('$name', ({ protocol, scope }) => {
  const charts = alone(protocol, scope);

  it('has observers that observe in every local state', () => {
    for (const one of charts) expect(fillUpTo(one.table, ALONE_MAX), one.chart.id).toBe(true);
    expect(charts.flatMap(refusals)).toEqual([]);
  });

  it('has a hypervisor that offers an outcome of every populate, whatever its counts', () => {
    const found = charts.find(({ chart }) => chart.id === 'hypervisor');
    if (found === undefined) throw new Error('there is a hypervisor');
    const { labels, table } = found;
    for (const verb of ['populate', 'fill']) {
      const of = labels.flatMap(({ type }, own) => (type.startsWith(`${verb}.`) ? [own] : []));
      if (of.length === 0) continue;
      const stuck = Array.from({ length: table.size }, (_, state) => state).filter((state) =>
        of.every((own) => table.successor(state, own) === REFUSED),
      );
      // Below zero (I-18) nothing is decided any more.
      expect(
        stuck.map((state) => table.local(state).value).filter((value) => value !== 'wrapped'),
        verb,
      ).toEqual([]);
    }
  });

  it('has charts without problems, alone', () => {
    expect(charts.flatMap(({ table }) => table.problems)).toEqual([]);
  });
});

describe('in the product', () => {
  it.each(variants)('$id in single: no observer refuses, no table has a problem', (protocol) => {
    const { found, product } = explored(protocol, single);
    expect(found.refusals).toEqual([]);
    expect(tableProblems(product)).toEqual([]);
  });

  it.each([single, full, bootBalloon, auto, nobody])(
    'scope $name: every variant composes, and every chart owns what it declares',
    (scope) => {
      for (const protocol of variants) {
        const model = guestModel(protocol, pv64, scope);
        expect(composeProduct(model).ok).toBe(true);
        expect(ownershipProblems(model), protocol.id).toEqual([]);
      }
    },
  );
});

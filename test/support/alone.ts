/** A chart by itself: every local state that its own labels lead to, whatever the product would allow. */
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { compileChart, type LtsTable } from '../../src/compile/table.ts';
import { type ModelChart, roleIn } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';

/** More than any chart of a small scope has that is finite alone. */
export const ALONE_MAX = 5000;

export interface Alone {
  readonly chart: ModelChart;
  readonly labels: readonly Label[];
  readonly table: LtsTable;
}

/** Each chart of a variant with the labels it owns. */
export function alone(protocol: Protocol, scope: Scope): readonly Alone[] {
  const { charts, alphabet } = guestModel(protocol, pv64, scope);
  return charts.map((chart) => {
    const labels = alphabet.filter((label) => roleIn(chart, label) !== undefined);
    return {
      chart,
      labels,
      table: expectOk(compileChart(chart, labels), `${chart.id} is within the fragment`),
    };
  });
}

/** Fills the table, at most so many rows; whether that was all. */
export function fillUpTo(table: LtsTable, most: number): boolean {
  for (let state = 0; state < Math.min(table.size, most); state++)
    for (let own = 0; own < table.labels.length; own++) table.successor(state, own);
  return table.size <= most;
}

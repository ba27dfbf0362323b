/** A chart by itself: every local state that its own labels lead to, whatever the product would allow. */
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { compileChart, type LtsTable } from '../../src/compile/table.ts';
import { type ModelChart, roleIn } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';

/** More than any chart of a small scope has that is finite alone. */
export const ALONE_MAX = 4000;

/**
 * Families left out where a chart alone would never end. Only lifecycle's section: alone, nothing stops `remove.ok` while
 * pages are in use, so each round of add, hand over and remove leaves more of them. In the product the block and the driver do.
 */
export const leftOut = (protocol: Protocol, chart: ModelChart): readonly string[] =>
  protocol.id === 'lifecycle' && chart.kind === 'section' && chart.index !== -1 ? ['remove.ok'] : [];

export interface Alone {
  readonly chart: ModelChart;
  readonly labels: readonly Label[];
  readonly table: LtsTable;
}

/** The chart with those of its labels that keep it finite. */
export function alone(protocol: Protocol, scope: Scope): readonly Alone[] {
  const { charts, alphabet } = guestModel(protocol, scope);
  return charts.map((chart) => {
    const without = leftOut(protocol, chart);
    const labels = alphabet.filter(
      (label) => roleIn(chart, label) !== undefined && !without.includes(label.type),
    );
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

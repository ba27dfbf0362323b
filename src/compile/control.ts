/**
 * A chart as it is drawn: control states, and which families lead from one to another, from everything it can do alone.
 */
import type { Label } from '../core/label.ts';
import { type LtsTable, REFUSED } from './table.ts';

export interface ControlTransition {
  readonly from: string;
  readonly family: string;
  readonly to: string;
}

export interface Control {
  readonly initial: string;
  /** In the order the chart declares them; those that it never reaches are left out. */
  readonly states: readonly string[];
  readonly transitions: readonly ControlTransition[];
}

/** Fills the table. */
export function controlOf(table: LtsTable, alphabet: readonly Label[]): Control {
  table.enumerate();
  const reached = new Set<string>();
  const found = new Map<string, ControlTransition>();
  for (let state = 0; state < table.size; state++) {
    const from = table.local(state).value;
    reached.add(from);
    table.labels.forEach((id, own) => {
      const next = table.successor(state, own);
      if (next === REFUSED) return;
      const one = { from, family: alphabet[id]?.type ?? '', to: table.local(next).value };
      found.set(`${one.from} ${one.family} ${one.to}`, one);
    });
  }
  return {
    initial: table.local(0).value,
    states: Object.keys(table.chart.machine.config.states ?? {}).filter((name) => reached.has(name)),
    transitions: [...found.values()],
  };
}

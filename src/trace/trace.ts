/**
 * A run, ready to be read: who moved at each step, and the page ledger after it.
 */

import { REFUSED } from '../compile/table.ts';
import { type Sum, sumOver } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import { type Label, labelText } from '../core/label.ts';
import { confirmReplay } from './replay.ts';

export interface Move {
  readonly chart: string;
  readonly from: string;
  readonly to: string;
}

/** One line of the page ledger: a name and the sum that computes it. */
export interface LedgerLine {
  readonly name: string;
  readonly sum: Sum;
}

export interface TraceStep {
  readonly label: string;
  /** Who took the step. */
  readonly actor: string;
  /** Charts whose local state changed. */
  readonly moved: readonly Move[];
  /** Ledger after the step, by line name. */
  readonly ledger: Readonly<Record<string, number>>;
}

export interface Trace {
  readonly start: Readonly<Record<string, number>>;
  readonly steps: readonly TraceStep[];
  /** Local states at the end. */
  readonly end: Int32Array;
}

/** Rebuilds a run from its labels, forward through the tables, and has XState confirm it. */
export function buildTrace(product: Product, labels: readonly Label[], lines: readonly LedgerLine[]): Trace {
  const locals: Int32Array[] = [new Int32Array(product.tables.length)];
  for (const label of labels) locals.push(successor(product, locals.at(-1) as Int32Array, label));
  confirmReplay(product, labels, locals);
  return {
    start: ledger(product, locals[0] as Int32Array, lines),
    steps: labels.map((label, step) => ({
      label: labelText(label),
      actor: actorOf(product, label),
      moved: moves(product, locals[step] as Int32Array, locals[step + 1] as Int32Array),
      ledger: ledger(product, locals[step + 1] as Int32Array, lines),
    })),
    end: locals.at(-1) as Int32Array,
  };
}

/** The state after a label; throws if some owner refuses it (a bug of ours, or a trace of another model). */
export function successor(product: Product, from: Int32Array, label: Label): Int32Array {
  const text = labelText(label);
  const id = product.labels.findIndex((known) => labelText(known) === text);
  const owners = product.owners[id];
  if (owners === undefined) throw new Error(`${text} is not in the alphabet`);
  const after = from.slice();
  for (const { chart, own } of owners) {
    const table = product.tables[chart];
    const to = table?.successor(from[chart] ?? 0, own) ?? REFUSED;
    if (to === REFUSED) throw new Error(`${table?.chart.id} refuses ${text}`);
    after[chart] = to;
  }
  return after;
}

function ledger(product: Product, locals: Int32Array, lines: readonly LedgerLine[]): Record<string, number> {
  return Object.fromEntries(lines.map(({ name, sum }) => [name, sumOver(product, locals, sum)]));
}

function actorOf(product: Product, label: Label): string {
  const text = labelText(label);
  const id = product.labels.findIndex((known) => labelText(known) === text);
  const first = product.owners[id]?.[0];
  return first === undefined ? '?' : (product.tables[first.chart]?.chart.actor ?? '?');
}

function moves(product: Product, before: Int32Array, after: Int32Array): Move[] {
  return product.tables.flatMap((table, at) => {
    if (before[at] === after[at]) return [];
    const show = (state: number) => table.chart.show?.(table.local(state)) ?? table.local(state).key;
    return [{ chart: table.chart.id, from: show(before[at] ?? 0), to: show(after[at] ?? 0) }];
  });
}

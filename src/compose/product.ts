/**
 * The synchronous product: a label is enabled iff every chart that owns it accepts it; then all of them move together.
 * No chart reads another, so the product is nothing but the tables and, per label, who owns it.
 */

import type { ChartAnswers } from '../compile/answers.ts';
import { compileChart, type LtsTable } from '../compile/table.ts';
import type { Model, Role } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';

/** Who may refuse first; observers are asked last, when the label is going to happen. */
const ORDER: Readonly<Record<Role, number>> = { initiates: 0, grants: 1, decides: 2, observes: 3 };

export interface Owner {
  /** Chart (and table) index. */
  readonly chart: number;
  /** Index of the label within that table. */
  readonly own: number;
  readonly role: Role;
}

/** Neighbouring labels of the alphabet with the same first owner: candidates come from that owner's local state alone. */
export interface Run {
  readonly chart: number;
  readonly from: number;
  readonly to: number;
}

export interface Product {
  readonly labels: readonly Label[];
  readonly tables: readonly LtsTable[];
  /** Per label, in the order in which they are asked. */
  readonly owners: readonly (readonly Owner[])[];
  readonly runs: readonly Run[];
}

/** `answers`: what XState said before, about charts of this very model (`LtsTable.answers`). */
export function composeProduct(model: Model, answers: readonly ChartAnswers[] = []): Result<Product> {
  const byChart = new Map(answers.map((its) => [its.chart, its]));
  const compiled = model.charts.map((chart) => compileChart(chart, model.alphabet, byChart.get(chart.id)));
  const problems: Problem[] = compiled.flatMap((result) => (result.ok ? [] : [...result.problems]));
  problems.push(
    ...duplicates(
      model.charts.map(({ id }) => id),
      'DUPLICATE_CHART',
    ),
  );
  problems.push(...duplicates(model.alphabet.map(labelText), 'DUPLICATE_LABEL'));
  if (problems.length > 0) return fail(...problems);
  const tables = compiled.flatMap((result) => (result.ok ? [result.value] : []));
  const owners = ownersOf(model, tables);
  problems.push(...owners.flatMap((list, id) => labelProblems(model, list, id)));
  if (problems.length > 0) return fail(...problems);
  return ok({ labels: model.alphabet, tables, owners, runs: runsOf(owners) });
}

function duplicates(names: readonly string[], code: string): Problem[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => ({
    code,
    message: `${name} stands twice`,
  }));
}

function ownersOf(model: Model, tables: readonly LtsTable[]): Owner[][] {
  const owners: Owner[][] = model.alphabet.map(() => []);
  tables.forEach((table, chart) => {
    table.labels.forEach((id, own) => {
      owners[id]?.push({ chart, own, role: table.roles[own] ?? 'observes' });
    });
  });
  for (const list of owners) list.sort((a, b) => ORDER[a.role] - ORDER[b.role] || a.chart - b.chart);
  return owners;
}

/** Every label has an owner and is initiated by the charts of exactly one actor. */
function labelProblems(model: Model, owners: readonly Owner[], id: number): Problem[] {
  const label = model.alphabet[id];
  const text = label === undefined ? String(id) : labelText(label);
  if (owners.length === 0) return [{ code: 'LABEL_UNOWNED', message: `no chart owns ${text}` }];
  const actors = new Set(
    owners.filter(({ role }) => role === 'initiates').map(({ chart }) => model.charts[chart]?.actor),
  );
  if (actors.size === 0) return [{ code: 'NO_INITIATOR', message: `nobody initiates ${text}` }];
  if (actors.size > 1)
    return [{ code: 'TWO_INITIATORS', message: `${text} is initiated by ${[...actors].join(' and ')}` }];
  return [];
}

function runsOf(owners: readonly (readonly Owner[])[]): Run[] {
  const runs: Run[] = [];
  owners.forEach((list, id) => {
    const chart = list[0]?.chart ?? 0;
    const last = runs.at(-1);
    if (last !== undefined && last.chart === chart) runs[runs.length - 1] = { ...last, to: id + 1 };
    else runs.push({ chart, from: id, to: id + 1 });
  });
  return runs;
}

/** Problems met while the tables were filled. */
export const tableProblems = (product: Product): Problem[] =>
  product.tables.flatMap((table) => table.problems);

/**
 * Properties judged in one state, or on one step. Those that ask whether something can be reached again need a search.
 */
import type { Property } from '../../properties/property.ts';
import { type Condition, contribution, instancesOf, meets } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import type { Label } from '../core/label.ts';
import type { LiveBroken } from './live-state.ts';
import type { Locals } from './picture.ts';

/** A step just taken; without one only states are judged. */
export interface Taken {
  readonly label: Label;
  readonly before: Locals;
}

export const isJudgedHere = ({ watch }: Property): boolean => watch.kind !== 'possible';

export function brokenHere(
  product: Product,
  properties: readonly Property[],
  locals: Locals,
  taken: Taken | undefined,
  findingOf: (property: string) => string | undefined,
): readonly LiveBroken[] {
  return properties.flatMap((property) => {
    const lines = linesOf(product, property, locals, taken);
    if (lines === undefined) return [];
    const { id, title, statement } = property;
    return [{ property: id, title, statement, finding: findingOf(id), lines }];
  });
}

/** Undefined where it is not broken. */
function linesOf(
  product: Product,
  { watch }: Property,
  locals: Locals,
  taken: Taken | undefined,
): readonly string[] | undefined {
  if (watch.kind === 'possible') return undefined;
  if (watch.kind === 'state') {
    const lines = instancesOf(product, watch).flatMap((index) =>
      watch.clauses
        .filter((clause) => clause.every((one) => meets(sumAt(product, locals, one, index), one)))
        .map((clause) => clause.map((one) => conditionText(product, locals, one, index)).join(' and ')),
    );
    return lines.length === 0 ? undefined : lines;
  }
  if (taken === undefined) return undefined;
  if (watch.never.includes(taken.label.type)) return [`${taken.label.type} must never be taken`];
  const { on, holds } = watch;
  if (on === undefined || holds === undefined) return undefined;
  const charts = product.tables.flatMap((table, at) => {
    if (table.chart.kind !== on || table.chart.families[taken.label.type] === undefined) return [];
    if (!table.chart.owns(taken.label)) return [];
    const fine = holds(
      table.quantities(taken.before[at] ?? 0),
      taken.label,
      table.quantities(locals[at] ?? 0),
    );
    return fine ? [] : [`the step of ${table.chart.id} breaks it`];
  });
  return charts.length === 0 ? undefined : charts;
}

function sumAt(product: Product, locals: Locals, { sum }: Condition, index: number | undefined): number {
  return product.tables.reduce((total, { chart }, at) => {
    if (index !== undefined && chart.index !== undefined && chart.index !== index) return total;
    const table = product.tables[at];
    return table === undefined
      ? total
      : total + contribution(sum, chart.kind, table.quantities(locals[at] ?? 0));
  }, 0);
}

const RELATION = { equal: '=', unequal: '≠', above: '>', below: '<' } as const;

/** `slot.holders 1 + section.unreserved 1 = 2 > 1`, the words of the check report. */
function conditionText(
  product: Product,
  locals: Locals,
  condition: Condition,
  index: number | undefined,
): string {
  const terms = Object.entries(condition.sum).map(([term, weight]) => {
    const value = sumAt(product, locals, { ...condition, sum: { [term]: 1 } }, index);
    const factor = Math.abs(weight) === 1 ? '' : `${Math.abs(weight)}·`;
    return `${weight < 0 ? '−' : '+'} ${factor}${term} ${value}`;
  });
  const total = sumAt(product, locals, condition, index);
  const where = index === undefined ? '' : `section ${index}: `;
  const sum = terms.join(' ').replace(/^\+ /, '');
  const result = terms.length === 1 && sum.endsWith(` ${total}`) ? '' : ` = ${total}`;
  return `${where}${sum}${result} ${RELATION[condition.is]} ${condition.to}`;
}

/**
 * Properties judged in one state, or on one step. Those that ask whether something can be reached again need a search.
 */
import type { Property } from '../../properties/property.ts';
import { conditionText, instancesOf, isOfRuns, meets, type Sum, sumOver } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import type { Label } from '../core/label.ts';
import type { LiveBroken } from './live-state.ts';
import type { Locals } from './picture.ts';

/** A step just taken; without one only states are judged. */
export interface Taken {
  readonly label: Label;
  readonly before: Locals;
}

export const isJudgedHere = ({ watch }: Property): boolean => isOfRuns(watch);

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
  if (!isOfRuns(watch)) return undefined;
  if (watch.kind === 'state') {
    const lines = instancesOf(product, watch).flatMap((index) => {
      const totalOf = (sum: Sum) => sumOver(product, locals, sum, index);
      return watch.clauses
        .filter((clause) => clause.every((one) => meets(totalOf(one.sum), one)))
        .map((clause) => clause.map((one) => conditionText(one, totalOf, index)).join(' and '));
    });
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

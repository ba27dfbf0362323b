/**
 * Charts written out for those who explore on their own: all that each can do alone, whatever the others allow. Where that is too
 * much, a chart is written as far as the product was seen to take it, and what leads further is marked, so that whoever needs it
 * finds out.
 */
import { CHART_TOO_LARGE, type LtsTable } from '../compile/table.ts';
import { type Product, tableProblems } from '../compose/product.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** A product of which every entry was asked for: its tables are whole, or closed. */
export interface FilledProduct extends Product {
  readonly isFilled: true;
}

/** Copies filled to the end. Fails where a chart has too many local states alone (CHART_TOO_LARGE): a part of it would be another chart. */
export function filledAlone(tables: readonly LtsTable[]): Result<readonly LtsTable[]> {
  const filled = tables.map(alone);
  const problems = filled.flatMap((table) => table.problems);
  return problems.length > 0 ? fail(...problems) : ok(filled);
}

/**
 * The same product over tables that are filled to the end, or closed (`LtsTable.isClosed`) where a chart is too large alone. Those
 * hold the local states that `explore`, asked at most once, makes the product meet, with every label that the chart owns asked in
 * each. Fails where `explore` says that it has not seen all of it, and where a chart breaks a rule.
 */
export function filledTogether(
  product: Product,
  explore: (product: Product) => boolean,
): Result<FilledProduct> {
  const filled = product.tables.map(alone);
  const isLarge = filled.map(({ problems }) => problems.some(({ code }) => code === CHART_TOO_LARGE));
  const isMet = isLarge.includes(true) && explore(product) && tableProblems(product).length === 0;
  const tables = filled.map((table, at) => (isMet && isLarge[at] ? closedTable(product, at) : table));
  const problems = tables.flatMap((table) => table.problems);
  return problems.length > 0 ? fail(...problems) : ok({ ...product, tables, isFilled: true });
}

function closedTable({ tables }: Product, at: number): LtsTable {
  const table = tables[at];
  if (table === undefined) throw new RangeError(`no chart ${at}`);
  return table.closed();
}

function alone(table: LtsTable): LtsTable {
  const copy = table.copy();
  copy.enumerate();
  return copy;
}

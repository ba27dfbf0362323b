/**
 * Beyond an overflow, when some chart has left the range of its counters, nothing is shown: what is violated only there is not
 * violated, and what is violated nowhere does not hold.
 */
import type { LtsTable } from '../compile/table.ts';
import type { Watch } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import type { Exploration } from '../search/search.ts';

const canOverflow = (table: LtsTable): boolean => 'overflow' in table.quantities(0);

/** Violated where some chart has overflowed. */
export function overflowWatch(product: Product): Watch {
  const kinds = product.tables.flatMap((table) =>
    canOverflow(table) ? [`${table.chart.kind}.overflow`] : [],
  );
  const sum = Object.fromEntries(kinds.map((term) => [term, 1]));
  return { kind: 'state', perIndex: false, clauses: [[{ sum, is: 'above', to: 0 }]] };
}

const hasOverflowed = (product: Product, locals: Int32Array): boolean =>
  product.tables.some(
    (table, chart) => canOverflow(table) && (table.quantities(locals[chart] as number)['overflow'] ?? 0) > 0,
  );

/** Whether some state of a run, given by its label ids, has overflowed. */
export function overflowsOn(product: Product, run: readonly number[]): boolean {
  const locals = new Int32Array(product.tables.length);
  if (hasOverflowed(product, locals)) return true;
  return run.some((label) => {
    for (const { chart, own } of product.owners[label] ?? [])
      locals[chart] = product.tables[chart]?.successor(locals[chart] as number, own) as number;
    return hasOverflowed(product, locals);
  });
}

/** Whether an overflow can follow a state: then it is not known what else can. The exploration must be complete. */
export function overflowsAfter(
  product: Product,
  { locals, successors }: Exploration,
  state: number,
): boolean {
  const seen = new Set([state]);
  for (const at of seen) {
    if (hasOverflowed(product, locals(at))) return true;
    successors(at, (_, to) => seen.add(to));
  }
  return false;
}

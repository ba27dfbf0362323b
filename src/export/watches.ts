/** Watches as other checkers are told of them: sums as columns over local states. */
import type { LtsTable } from '../compile/table.ts';
import { type Condition, contribution, instancesOf, type Watch } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';

/** Whether a checker of safety can judge a watch. */
export const isExportable = (watch: Watch): boolean => watch.kind === 'state' || watch.kind === 'step';

interface Clause {
  readonly conditions: readonly Condition[];
  readonly index: number | undefined;
}

/** The clauses of a state watch, once per index that it is judged for. */
export function clausesOf(product: Product, watch: Extract<Watch, { kind: 'state' }>): readonly Clause[] {
  return instancesOf(product, watch).flatMap((index) =>
    watch.clauses.map((conditions) => ({ conditions, index })),
  );
}

/** Charts that add to a sum. */
export function chartsOf(product: Product, { sum }: Condition, index: number | undefined): number[] {
  const kinds = new Set(Object.keys(sum).map((term) => term.split('.')[0]));
  return product.tables.flatMap(({ chart }, at) => {
    const here = index === undefined || chart.index === undefined || chart.index === index;
    return kinds.has(chart.kind) && here ? [at] : [];
  });
}

/** What a chart adds, by local state. */
export const columnOf = (table: LtsTable, { sum }: Condition): number[] =>
  Array.from({ length: table.size }, (_, state) =>
    contribution(sum, table.chart.kind, table.quantities(state)),
  );

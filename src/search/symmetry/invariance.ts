/**
 * Whether what is watched stays the same under a renaming of sections. Read off the tables: nothing is taken on trust.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import {
  type Condition,
  instancesOf,
  type RunWatch,
  type StateWatch,
  Sums,
  type Watch,
} from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Quantities } from '../../core/chart.ts';
import type { Label } from '../../core/label.ts';
import type { Motion } from './motion.ts';

/** Why the watch does not stay the same, or undefined where it does. Families are no matter: a renamed label keeps its own. */
export function variance(product: Product, watch: Watch, motion: Motion): string | undefined {
  if (watch.kind === 'temporal') return 'a loop is looked for in the whole graph';
  if (watch.kind === 'step') return stepVariance(product, watch, motion);
  if (watch.kind === 'possible') return sumsVariance(product, watch.goal, motion);
  return stateVariance(product, watch, motion);
}

function stateVariance(product: Product, watch: StateWatch, motion: Motion): string | undefined {
  const conditions = watch.clauses.flat();
  for (const index of instancesOf(product, watch)) {
    const to = index === undefined ? undefined : (motion.sections[index] ?? index);
    const why = sumsVariance(product, conditions, motion, index, to);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What each local state adds over charts of one index must be what its twin adds over charts of the other. */
function sumsVariance(
  product: Product,
  conditions: readonly Condition[],
  { charts, locals }: Motion,
  index?: number,
  renamed = index,
): string | undefined {
  const sums = new Sums(product);
  for (const condition of conditions) {
    const [a, b] = [
      sums.compile([condition], index)[0]?.sum ?? 0,
      sums.compile([condition], renamed)[0]?.sum ?? 0,
    ];
    const part = (sum: number, chart: number, local: number) =>
      sums.charts[sum]?.includes(chart) === true ? sums.part(sum, chart, local) : 0;
    for (const [chart, table] of product.tables.entries()) {
      const twin = charts[chart] as number;
      for (let local = 0; local < table.size; local++) {
        const image = locals[chart]?.[local] as number;
        if (part(a, chart, local) === part(b, twin, image)) continue;
        return `${Object.keys(condition.sum).join(' and ')} of ${table.chart.id} in ${table.local(local).value} is not that of ${product.tables[twin]?.chart.id}`;
      }
    }
  }
  return undefined;
}

function stepVariance(
  product: Product,
  watch: Extract<RunWatch, { kind: 'step' }>,
  motion: Motion,
): string | undefined {
  const { on, holds } = watch;
  if (holds === undefined) return undefined;
  const verdict = (table: LtsTable, local: number, label: number, to: number) =>
    holds(table.quantities(local) as Quantities, product.labels[label] as Label, table.quantities(to));
  for (const [chart, table] of product.tables.entries()) {
    if (table.chart.kind !== on) continue;
    const twin = product.tables[motion.charts[chart] as number] as LtsTable;
    const images = motion.locals[chart] as Int32Array;
    for (let local = 0; local < table.size; local++)
      for (const [own, label] of table.labels.entries()) {
        const to = table.successor(local, own);
        if (to === REFUSED) continue;
        const renamed = motion.labels[label] as number;
        if (
          verdict(table, local, label, to) ===
          verdict(twin, images[local] as number, renamed, images[to] as number)
        )
          continue;
        return `it judges ${table.chart.id} otherwise than ${twin.chart.id}`;
      }
  }
  return undefined;
}

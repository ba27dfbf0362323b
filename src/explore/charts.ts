/**
 * The charts of a product as drawn: control states, and what each family leads to, from everything a chart can do alone.
 * Charts that differ in their index only are one picture.
 */
import type { PageChart, PageSource, PageTransition } from '../../reports/page-data.ts';
import { REFUSED } from '../compile/table.ts';
import type { Product } from '../compose/product.ts';
import type { ModelChart } from '../core/chart.ts';
import { BOOT } from '../core/label.ts';

/** `kind state family state`, the name of one drawn transition. */
export const transitionKey = (kind: string, from: string, family: string, to: string): string =>
  `${kind} ${from} ${family} ${to}`;

/** What the drawing says of a transition and the product does not know. */
export interface Told {
  /** Names of the sources that took it, by `transitionKey`. */
  readonly takenBy: (key: string) => readonly string[];
  /** Why no source did. */
  readonly why: (kind: string, family: string) => string;
  /** Where a state, or a family in it, is written. */
  readonly sourceOf: (kind: string, state: string, family?: string) => PageSource | undefined;
}

/** The picture that a chart is part of: boot memory is a section with one state, a picture of its own. */
export const pictureKind = ({ kind, index }: Pick<ModelChart, 'kind' | 'index'>): string =>
  index === BOOT ? 'boot' : kind;

/** Fills the tables of the product as far as each chart goes alone. */
export function pageCharts(product: Product, variant: string, told: Told): readonly PageChart[] {
  const kinds = new Map<string, number[]>();
  product.tables.forEach(({ chart }, at) => {
    const kind = pictureKind(chart);
    kinds.set(kind, [...(kinds.get(kind) ?? []), at]);
  });
  return [...kinds].map(([kind, members]) => {
    const transitions = new Map<string, PageTransition>();
    const reached = new Set<string>();
    for (const at of members)
      for (const one of transitionsOf(product, at, reached)) {
        const key = transitionKey(kind, one.from, one.family, one.to);
        if (transitions.has(key)) continue;
        const takenBy = told.takenBy(key);
        const why = takenBy.length > 0 ? undefined : told.why(kind, one.family);
        transitions.set(key, { ...one, source: told.sourceOf(kind, one.from, one.family), takenBy, why });
      }
    const first = product.tables[members[0] ?? 0];
    const names = Object.keys(first?.chart.machine.config.states ?? {});
    return {
      variant,
      kind,
      actor: first?.chart.actor ?? '?',
      initial: first?.local(0).value ?? '',
      states: names
        .filter((name) => reached.has(name))
        .map((name) => ({ name, source: told.sourceOf(kind, name) })),
      transitions: [...transitions.values()],
    };
  });
}

function transitionsOf(
  product: Product,
  at: number,
  reached: Set<string>,
): { readonly from: string; readonly family: string; readonly to: string }[] {
  const table = product.tables[at];
  if (table === undefined) return [];
  table.enumerate();
  const found = new Map<string, { from: string; family: string; to: string }>();
  for (let state = 0; state < table.size; state++) {
    const from = table.local(state).value;
    reached.add(from);
    table.labels.forEach((id, own) => {
      const next = table.successor(state, own);
      if (next === REFUSED) return;
      const one = { from, family: product.labels[id]?.type ?? '', to: table.local(next).value };
      found.set(`${one.from} ${one.family} ${one.to}`, one);
    });
  }
  return [...found.values()];
}

/**
 * The charts of a product as drawn: control states, and what each family leads to, from everything a chart can do alone.
 * Charts that differ in their index only are one picture.
 */
import type { PageChart, PageSource, PageTransition } from '../../reports/page-data.ts';
import { controlOf } from '../compile/control.ts';
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
    const controls = members.flatMap((at) => {
      const table = product.tables[at];
      return table === undefined ? [] : [controlOf(table, product.labels)];
    });
    for (const one of controls.flatMap((control) => control.transitions)) {
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
      initial: controls[0]?.initial ?? '',
      states: names
        .filter((name) => controls.some(({ states }) => states.includes(name)))
        .map((name) => ({ name, source: told.sourceOf(kind, name) })),
      transitions: [...transitions.values()],
    };
  });
}

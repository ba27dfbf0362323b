/** Two models with one alphabet, of which the first has the second's charts and more: is it the second with steps taken away? */
import type { Model } from '../../src/core/chart.ts';
import { labelText } from '../../src/core/label.ts';
import { NaiveProduct, type State } from './naive-product.ts';

interface Compared {
  /** Steps that only the narrow one has, or that lead elsewhere there. */
  readonly only: readonly string[];
  /** How many steps only the wide one has, in states of the narrow one; their families. */
  readonly hidden: number;
  readonly hiddenFamilies: readonly string[];
  readonly states: number;
}

export function sideBySide(narrowed: Model, whole: Model): Compared {
  const narrow = new NaiveProduct(narrowed);
  const wide = new NaiveProduct(whole);
  const { alphabet } = whole;
  if (JSON.stringify(narrowed.alphabet) !== JSON.stringify(alphabet))
    throw new Error('not the same alphabet');
  // Charts of the wide one, by their places in the narrow one.
  const places = whole.charts.map(({ id }) => narrowed.charts.findIndex((one) => one.id === id));
  const common = (state: State): string => {
    const keys = narrow.keys(state);
    return JSON.stringify(places.map((at) => keys[at]));
  };
  const found = new Set([JSON.stringify([narrow.initial, wide.initial])]);
  const only: string[] = [];
  const families = new Set<string>();
  let hidden = 0;
  for (const pair of found) {
    const [ours, theirs] = JSON.parse(pair) as [State, State];
    alphabet.forEach((label, id) => {
      const after = narrow.step(ours, id);
      const same = wide.step(theirs, id);
      if (after === undefined) {
        if (same === undefined) return;
        hidden++;
        families.add(label.type);
      } else if (same === undefined || JSON.stringify(wide.keys(same)) !== common(after))
        only.push(labelText(label));
      else found.add(JSON.stringify([after, same]));
    });
  }
  return { only, hidden, hiddenFamilies: [...families].sort(), states: found.size };
}

/** Watches judged a second time, from what the charts show of themselves. */
import type { Condition, Watch } from '../../src/compose/observation.ts';
import type { NaiveProduct, State } from './naive-product.ts';

export type StateTest = (state: State) => boolean;

/** Compiled only so far that the terms are looked up once. */
function condition(product: NaiveProduct, { sum, is, to }: Condition, index?: number): StateTest {
  const terms = Object.entries(sum).flatMap(([term, weight]) => {
    const [kind, quantity = ''] = term.split('.');
    return product.model.charts.flatMap((chart, at) =>
      chart.kind === kind && (index === undefined || chart.index === undefined || chart.index === index)
        ? [{ at, quantity, weight }]
        : [],
    );
  });
  const value = (state: State) => {
    let total = 0;
    for (const { at, quantity, weight } of terms)
      total += weight * (product.quantities(state, at)[quantity] ?? Number.NaN);
    return total;
  };
  if (is === 'equal') return (state) => value(state) === to;
  if (is === 'unequal') return (state) => value(state) !== to;
  return is === 'above' ? (state) => value(state) > to : (state) => value(state) < to;
}

const all =
  (tests: readonly StateTest[]): StateTest =>
  (state) =>
    tests.every((test) => test(state));

/** Which states meet all conditions of some clause. */
export function clausesTest(product: NaiveProduct, clauses: readonly (readonly Condition[])[]): StateTest {
  const tests = clauses.map((clause) => all(clause.map((c) => condition(product, c))));
  return (state) => tests.some((test) => test(state));
}

/** Which states violate a state watch, or meet the goal of a possible one. */
export function stateTest(product: NaiveProduct, watch: Watch): StateTest {
  if (watch.kind === 'possible') return all(watch.goal.map((c) => condition(product, c)));
  if (watch.kind !== 'state') return () => false;
  const sections = [...new Set(product.model.charts.map(({ index }) => index ?? -1))].filter(
    (index) => index >= 0,
  );
  const instances = (watch.perIndex ? sections : [undefined]).flatMap((index) =>
    watch.clauses.map((clause) => all(clause.map((c) => condition(product, c, index)))),
  );
  return (state) => instances.some((test) => test(state));
}

/** Whether taking this label from here to there violates a step watch. */
export function breaksStep(
  product: NaiveProduct,
  watch: Watch,
  from: State,
  label: number,
  to: State,
): boolean {
  const event = product.model.alphabet[label];
  if (watch.kind !== 'step' || event === undefined) return false;
  if (watch.never.includes(event.type)) return true;
  const { on, holds } = watch;
  if (holds === undefined) return false;
  return product
    .movers(label, on)
    .some((chart) => !holds(product.quantities(from, chart), event, product.quantities(to, chart)));
}

/** Whoever has a usable step to somebody able is able: over and over until nothing changes. */
export function backwards(
  good: readonly boolean[],
  { from, to, via }: { from: readonly number[]; to: readonly number[]; via: readonly number[] },
  usable: readonly boolean[],
): boolean[] {
  const able = [...good];
  for (let changed = true; changed; ) {
    changed = false;
    for (let e = from.length - 1; e >= 0; e--) {
      const source = from[e] ?? 0;
      if (able[source] || !usable[via[e] ?? 0] || !able[to[e] ?? 0]) continue;
      able[source] = true;
      changed = true;
    }
  }
  return able;
}

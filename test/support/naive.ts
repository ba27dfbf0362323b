/**
 * The naive explorer: the same questions as the packed search, answered by code that shares nothing with it but types.
 * A `Map`, JSON keys, breadth first, everything kept, nothing clever.
 */
import type { Watch } from '../../src/compose/observation.ts';
import type { Model } from '../../src/core/chart.ts';
import { NaiveProduct, type State } from './naive-product.ts';
import { backwards, breaksStep, stateTest } from './naive-watches.ts';

export interface NaiveViolation {
  /** Labels in a shortest run. */
  readonly length: number;
  /** States (or transitions, for a step) that violate the watch. */
  readonly count: number;
}

export interface NaiveResult {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States first reached by 0, 1, 2 … labels. */
  readonly layers: readonly number[];
  /** States that nothing leads out of. */
  readonly dead: number;
  /** Per watch. */
  readonly violations: readonly (NaiveViolation | undefined)[];
  /** Families that were taken at least once. */
  readonly taken: ReadonlySet<string>;
  /** `chart: label` where an observer alone stood in the way. */
  readonly refusals: ReadonlySet<string>;
  /** Per `possible` watch (by index): the states that cannot reach the goal, as joined keys of their charts. */
  readonly lost: ReadonlyMap<number, ReadonlySet<string>>;
}

export function exploreNaively(model: Model, watches: readonly Watch[] = []): NaiveResult {
  const product = new NaiveProduct(model);
  const tests = watches.map((watch) => stateTest(product, watch));
  const found: ({ length: number; count: number } | undefined)[] = watches.map(() => undefined);
  const broken = (watch: number, length: number) => {
    found[watch] = { length: found[watch]?.length ?? length, count: (found[watch]?.count ?? 0) + 1 };
  };
  const ids = new Map([[JSON.stringify(product.initial), 0]]);
  const keys = [...ids.keys()];
  const depths = [0];
  const good = watches.map((): boolean[] => []);
  const edges: { from: number[]; to: number[]; via: number[] } = { from: [], to: [], via: [] };
  const taken = new Set<string>();
  const refusals = new Set<string>();
  const possible = watches.some(({ kind }) => kind === 'possible');
  let dead = 0;
  let transitions = 0;
  for (let at = 0; at < keys.length; at++) {
    const state = JSON.parse(keys[at] ?? '') as State;
    const depth = depths[at] ?? 0;
    const before = transitions;
    watches.forEach((watch, w) => {
      const holds = tests[w]?.(state) ?? false;
      if (watch.kind === 'possible') good[w]?.push(holds);
      else if (holds) broken(w, depth);
    });
    model.alphabet.forEach((label, l) => {
      const after = product.step(state, l, (chart) =>
        refusals.add(`${model.charts[chart]?.id}: ${JSON.stringify(label)}`),
      );
      if (after === undefined) return;
      transitions++;
      taken.add(label.type);
      watches.forEach((watch, w) => {
        if (watch.kind === 'step' && breaksStep(product, watch, state, l, after)) broken(w, depth + 1);
      });
      const key = JSON.stringify(after);
      let to = ids.get(key);
      if (to === undefined) {
        to = keys.length;
        ids.set(key, to);
        keys.push(key);
        depths.push(depth + 1);
      }
      if (!possible) return;
      edges.from.push(at);
      edges.to.push(to);
      edges.via.push(l);
    });
    if (transitions === before) dead++;
  }
  const lost = new Map<number, Set<string>>();
  watches.forEach((watch, w) => {
    if (watch.kind !== 'possible') return;
    const usable = model.alphabet.map(({ type }) => !watch.without.includes(type));
    const able = backwards(good[w] ?? [], edges, usable);
    const unable = keys.filter((_, at) => !able[at]);
    lost.set(w, new Set(unable.map((key) => product.keys(JSON.parse(key) as State).join())));
    keys.forEach((_, at) => {
      if (!able[at]) broken(w, depths[at] ?? 0);
    });
  });
  return {
    states: keys.length,
    transitions,
    depth: depths.at(-1) ?? 0,
    layers: Array.from(
      { length: (depths.at(-1) ?? 0) + 1 },
      (_, d) => depths.filter((of) => of === d).length,
    ),
    dead,
    violations: found,
    taken,
    refusals,
    lost,
  };
}

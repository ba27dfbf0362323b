/** What a search over orbits says, in the words of the naive explorer, and its runs replayed there. */
import type { Watch } from '../../src/compose/observation.ts';
import type { Product } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import type { BlockExploration } from '../../src/search/block/block-search.ts';
import type { Split } from '../../src/search/block/split.ts';
import { PlainSearch } from '../../src/search/plain/plain-search.ts';
import { type Exploration, explore, type SearchOptions } from '../../src/search/search.ts';
import type { Symmetry } from '../../src/search/symmetry/symmetry.ts';
import { compose, said } from './blocks.ts';
import { exploreNaively } from './naive.ts';
import { NaiveProduct, type State } from './naive-product.ts';
import { breaksStep, stateTest } from './naive-watches.ts';

export const isReduced = ({ whole }: Exploration): boolean => whole !== undefined;

/** Of an observer that refuses each name is told, with symmetry one of those that stand for each other. */
function comparable({ refusals, ...rest }: ReturnType<typeof said>) {
  return { ...rest, refuses: refusals.length > 0 };
}

const wholly = (product: Product, found: Exploration) =>
  comparable({ ...said(product, found), ...found.whole });

export function overOrbits(model: Model, asked: readonly Watch[], options: SearchOptions = {}) {
  const product = compose(model);
  const found = explore(product, asked, { ...options, symmetry: true });
  return { found, says: wholly(product, found) };
}

/** By blocks, whatever the split; a search by plain states says no layers. */
export function overOrbitsInBlocks(model: Model, asked: readonly Watch[], split: Split) {
  const { found, says } = overOrbits(model, asked, { engine: 'block', split });
  const { layers, deadlocks } = found as Partial<BlockExploration>;
  return { found, says, beside: layers === undefined ? undefined : { layers, dead: deadlocks } };
}

/** With a symmetry that somebody has spoilt. */
export function underSymmetry(product: Product, asked: readonly Watch[], symmetry: Symmetry) {
  const found = new PlainSearch(product, asked, {}, symmetry).run();
  return { ...wholly(product, found), orbits: found.states };
}

export function naivelyWhole(model: Model, asked: readonly Watch[]) {
  const { states, transitions, depth, violations, taken, refusals, lost, layers, dead } = exploreNaively(
    model,
    asked,
  );
  return {
    beside: { layers, dead },
    says: { states, transitions, depth, violations, taken: [...taken].sort(), refuses: refusals.size > 0 },
    lost,
  };
}

/** Watches whose run cannot be taken, or ends where nothing is violated. */
export function brokenRuns(
  model: Model,
  asked: readonly Watch[],
  found: Exploration,
  lost: ReadonlyMap<number, ReadonlySet<string>>,
): number[] {
  const naive = new NaiveProduct(model);
  return asked.flatMap((watch, at) => {
    const violation = found.violations[at];
    if (violation === undefined) return [];
    const { state, label } = violation;
    const run = [...found.path(state), ...(label === undefined ? [] : [label])];
    return ends(naive, watch, found.concrete?.(run) ?? run, lost.get(at)) ? [] : [at];
  });
}

function ends(
  naive: NaiveProduct,
  watch: Watch,
  run: readonly number[],
  lost: ReadonlySet<string> | undefined,
): boolean {
  let here: State | undefined = naive.initial;
  let before: State = naive.initial;
  for (const label of run) {
    before = here;
    here = naive.step(before, label);
    if (here === undefined) return false;
  }
  if (watch.kind === 'step') return breaksStep(naive, watch, before, run.at(-1) ?? -1, here);
  if (watch.kind === 'possible') return lost?.has(naive.keys(here).join()) === true;
  return stateTest(naive, watch)(here);
}

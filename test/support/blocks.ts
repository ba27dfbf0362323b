/** Random products for the block engine: charts, alphabets, watches, and which variables are inner. */
import fc from 'fast-check';
import type { Watch } from '../../src/compose/observation.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import {
  type BlockExploration,
  type BlockOptions,
  exploreBlocks,
} from '../../src/search/block/block-search.ts';
import { Blocks, EdgeStore } from '../../src/search/block/blocks.ts';
import { innerSpace } from '../../src/search/block/inner.ts';
import { Moves } from '../../src/search/block/moves.ts';
import { outerGraph } from '../../src/search/block/outer-graph.ts';
import { cut, type Split } from '../../src/search/block/split.ts';
import type { Exploration } from '../../src/search/search.ts';
import { tinyModel, tinyWatch } from './tiny.ts';

/** Variables of the tiny charts; none inner, all inner, and all between. */
const splits: fc.Arbitrary<Split> = fc.subarray(['cog', 'cog.n', 'dial', 'dial.n']);

export interface BlockCase {
  readonly model: Model;
  readonly asked: readonly Watch[];
  readonly split: Split;
}

export const blockCase: fc.Arbitrary<BlockCase> = fc.record({
  model: tinyModel,
  asked: fc.array(tinyWatch, { minLength: 1, maxLength: 5 }),
  split: splits,
});

export const compose = (model: Model): Product =>
  expectOk(composeProduct(model), 'the generator makes only products');

export function inBlocks(
  product: Product,
  asked: readonly Watch[],
  split: Split,
  options: BlockOptions = {},
): BlockExploration {
  const found = exploreBlocks(product, asked, split, options);
  if ('unfit' in found) throw new Error(found.unfit);
  return found;
}

/** What can be compared with the naive explorer. */
export function said(product: Product, found: Exploration) {
  const { states, transitions, depth, violations, fired, refusals } = found;
  return {
    states,
    transitions,
    depth,
    violations: violations.map((violation) =>
      violation === undefined
        ? undefined
        : {
            length: found.path(violation.state).length + (violation.label === undefined ? 0 : 1),
            count: violation.count,
          },
    ),
    taken: [
      ...new Set(product.labels.flatMap(({ type }, id) => ((fired[id] ?? 0) > 0 ? [type] : []))),
    ].sort(),
    refusals: [
      ...new Set(
        refusals.map(
          ({ chart, label }) =>
            `${product.tables[chart]?.chart.id}: ${JSON.stringify(product.labels[label])}`,
        ),
      ),
    ].sort(),
  };
}

/** The runs that the search shows for its violations, labels in order. */
export const shownRuns = (found: Exploration) =>
  found.violations.map((violation) =>
    violation === undefined ? undefined : [...found.path(violation.state), violation.label ?? -1],
  );

/** Blocks before any search. All local states of the charts must be reachable by themselves. */
export function unsearched(product: Product, split: Split, threads = 1) {
  // So that the cuts are settled.
  for (const table of product.tables) table.enumerate();
  const space = innerSpace(product, cut(product, split));
  if (space === undefined) throw new Error('the space is small');
  const moves = new Moves(product, space);
  const store = new EdgeStore();
  const graph = outerGraph(product, moves, store);
  if (typeof graph === 'string') throw new Error(graph);
  return { moves, graph, blocks: new Blocks(moves, graph, store, threads) };
}

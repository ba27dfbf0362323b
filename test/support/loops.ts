/** A finished search in blocks, as the judge of loops takes it. */
import type { TemporalWatch } from '../../src/compose/observation.ts';
import type { Product } from '../../src/compose/product.ts';
import { Blocks, EdgeStore } from '../../src/search/block/blocks.ts';
import { innerSpace } from '../../src/search/block/inner.ts';
import { Moves } from '../../src/search/block/moves.ts';
import { outerGraph } from '../../src/search/block/outer-graph.ts';
import { cut, type Split } from '../../src/search/block/split.ts';
import { blockLoops, type Planted, type Searched } from '../../src/search/loops/block-loops.ts';

export function searchedInBlocks(product: Product, split: Split): Searched {
  for (const table of product.tables) table.enumerate();
  const space = innerSpace(product, cut(product, split));
  if (space === undefined) throw new Error('the space is small');
  const moves = new Moves(product, space);
  const store = new EdgeStore();
  const graph = outerGraph(product, moves, store);
  if (typeof graph === 'string') throw new Error(graph);
  const blocks = new Blocks(moves, graph, store);
  blocks.seed();
  for (const layer of blocks.layers()) if (layer.states === 0) throw new Error('an empty layer is no layer');
  return { product, moves, graph, blocks };
}

/** Per watch, how many states lie on fair loops; −1 where that depends on the way. */
export function statesOnLoops(
  searched: Searched,
  watches: readonly TemporalWatch[],
  planted: Planted,
): number[] {
  return watches.map((watch) => {
    const found = blockLoops(searched, [watch], planted);
    return 'beyond' in found ? -1 : (found[0]?.count ?? 0);
  });
}

/** A finished search in blocks, as the judge of loops takes it. */
import type { TemporalWatch } from '../../src/compose/observation.ts';
import type { Product } from '../../src/compose/product.ts';
import type { Split } from '../../src/search/block/split.ts';
import { blockLoops, type Planted, type Searched } from '../../src/search/loops/block-loops.ts';
import { unsearched } from './blocks.ts';

export function searchedInBlocks(product: Product, split: Split): Searched {
  const { blocks, graph, moves } = unsearched(product, split);
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

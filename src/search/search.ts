/**
 * Breadth-first search of a product. Integers in, integers out; names are the caller's business.
 * One run evaluates every watch and never stops at a violation. States are expanded in the order found and labels in alphabet
 * order, so the path to a state is the first in alphabet order among the shortest.
 */
import type { Watch } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import { exploreBlocks } from './block/block-search.ts';
import { chooseSplit, LEAST_GAIN } from './block/choose.ts';
import type { Exploration, SearchOptions } from './exploration.ts';
import { PlainSearch } from './plain/plain-search.ts';
import { exploreOrbits } from './symmetry/explore-orbits.ts';

export type { Exploration, Progress, SearchOptions, Snapshot } from './exploration.ts';

export function explore(
  product: Product,
  watches: readonly Watch[],
  options: SearchOptions = {},
): Exploration {
  if (options.symmetry === true) return exploreOrbits(product, watches, options);
  if (options.engine !== 'block') return new PlainSearch(product, watches, options).run();
  const { gain, split } =
    options.split === undefined ? chooseSplit(product) : { split: options.split, gain: LEAST_GAIN };
  const found =
    gain < LEAST_GAIN
      ? { unfit: 'no variables are dense enough' }
      : exploreBlocks(product, watches, split, options);
  if (!('unfit' in found)) return found;
  return {
    ...new PlainSearch(product, watches, options).run(),
    engine: `plain states, since ${found.unfit}`,
  };
}

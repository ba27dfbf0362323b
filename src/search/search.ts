/**
 * Breadth-first search of a product. Integers in, integers out; names are the caller's business.
 * One run evaluates every watch and never stops at a violation. States are expanded in the order found and labels in alphabet
 * order, so the path to a state is the first in alphabet order among the shortest.
 */
import type { Watch } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import { exploreBlocks } from './block/block-search.ts';
import { chooseSplit, declaredSplit, LEAST_GAIN } from './block/choose.ts';
import type { Exploration, SearchOptions } from './exploration.ts';
import { PlainSearch } from './plain/plain-search.ts';
import { exploreOrbits } from './symmetry/explore-orbits.ts';

export type { Exploration, Progress, SearchOptions, Snapshot } from './exploration.ts';

/** Of so many states or fewer, plain states are as quick as setting up blocks. */
const FEW = 3_000_000;
/** Cuts that must be made again more often do not promise much. */
const ROUNDS = 4;

export function explore(
  product: Product,
  watches: readonly Watch[],
  options: SearchOptions = {},
): Exploration {
  if (options.symmetry === true) return reduced(product, watches, options);
  if (options.engine === 'auto') return automatic(product, watches, options);
  if (options.engine !== 'block') return new PlainSearch(product, watches, options).run();
  const found = inBlocks(product, watches, options);
  if (!('unfit' in found)) return found;
  const plain = new PlainSearch(product, watches, options).run();
  return { ...plain, engine: `plain states, since ${found.unfit}` };
}

/** Without reduction, and with the reason, where something tells the sections apart. */
function reduced(product: Product, watches: readonly Watch[], options: SearchOptions): Exploration {
  const found = exploreOrbits(product, watches, options);
  if (!('off' in found)) return found;
  const whole = explore(product, watches, { ...options, symmetry: false });
  const how = whole.engine === undefined ? '' : `; ${whole.engine}`;
  return { ...whole, engine: `no symmetry: ${found.off}${how}` };
}

/** By the split that is given, that the charts declare, or that a sample shows. */
function inBlocks(product: Product, watches: readonly Watch[], options: SearchOptions) {
  const declared = declaredSplit(product);
  const split = options.split ?? (declared.length > 0 ? declared : undefined);
  if (split !== undefined) return exploreBlocks(product, watches, split, options);
  const { gain, split: measured } = chooseSplit(product);
  if (gain < LEAST_GAIN) return { unfit: 'no variables are dense enough' };
  return exploreBlocks(product, watches, measured, options);
}

/** Plain states where there are few, or something is asked that is about single states (a bound on them, a snapshot); else blocks, where charts say what is dense. */
function automatic(product: Product, watches: readonly Watch[], options: SearchOptions): Exploration {
  const { depthMax, resume, statesMax } = options;
  const isPlain =
    depthMax !== undefined ||
    resume !== undefined ||
    statesMax !== undefined ||
    declaredSplit(product).length === 0;
  if (isPlain) return new PlainSearch(product, watches, options).run();
  const plain = new PlainSearch(product, watches, { ...options, statesMax: FEW });
  const begun = plain.run();
  if (begun.limit !== 'states') return begun;
  const { checkpoint: _, ...rest } = options;
  const found = exploreBlocks(product, watches, declaredSplit(product), {
    ...rest,
    isFilled: true,
    rounds: ROUNDS,
  });
  return 'unfit' in found ? { ...plain.goOn(), engine: `plain states, since ${found.unfit}` } : found;
}

/**
 * Breadth-first search of a product. Integers in, integers out; names are the caller's business.
 * One run evaluates every watch and never stops at a violation. States are expanded in the order found and labels in alphabet
 * order, so the path to a state is the first in alphabet order among the shortest.
 */
import type { Watch } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import { type BlockExploration, type BlockOptions, exploreBlocks, type Unfit } from './block/block-search.ts';
import { chooseSplit, declaredSplit, LEAST_GAIN } from './block/choose.ts';
import type { Exploration, SearchOptions } from './exploration.ts';
import { PlainSearch } from './plain/plain-search.ts';
import { exploreOrbits } from './symmetry/explore-orbits.ts';
import type { Symmetry } from './symmetry/symmetry.ts';

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
  if (options.symmetry !== true) return searched(product, watches, options);
  const found = exploreOrbits(product, watches, options, (symmetry) =>
    searched(product, watches, options, symmetry),
  );
  if (!('off' in found)) return found;
  // Without reduction, and with the reason, where something tells the sections apart.
  const whole = searched(product, watches, options);
  const how = whole.engine === undefined ? '' : `; ${whole.engine}`;
  return { ...whole, engine: `no symmetry: ${found.off}${how}` };
}

/** With a symmetry, one state of each orbit is kept. */
function searched(
  product: Product,
  watches: readonly Watch[],
  options: SearchOptions,
  symmetry?: Symmetry,
): Exploration {
  if (options.engine === 'auto') return automatic(product, watches, options, symmetry);
  const plain = () => new PlainSearch(product, watches, options, symmetry).run();
  if (options.engine !== 'block') return plain();
  const found = inBlocks(product, watches, { ...options, symmetry });
  return 'unfit' in found ? { ...plain(), engine: `plain states, since ${found.unfit}` } : found;
}

/** By the split that is given, that the charts declare, or that a sample shows. */
function inBlocks(product: Product, watches: readonly Watch[], options: BlockOptions) {
  const { split } = options;
  if (split !== undefined) return because('split as asked', exploreBlocks(product, watches, split, options));
  const declared = declaredSplit(product);
  if (declared.length > 0) return because(DECLARED, exploreBlocks(product, watches, declared, options));
  const { gain, split: measured } = chooseSplit(product);
  if (gain < LEAST_GAIN) return { unfit: 'no variables are dense enough' };
  const why = `split measured: ${gain.toFixed(1)} states an outer state in a sample`;
  return because(why, exploreBlocks(product, watches, measured, options));
}

const DECLARED = 'split as the charts declare';

/** With the reason for the split. */
const because = (why: string, found: BlockExploration | Unfit): BlockExploration | Unfit =>
  'unfit' in found ? found : { ...found, engine: `${found.engine}; ${why}` };

/** Plain states where there are few, or something is asked that is about single states (a bound on them, a snapshot); else blocks, where charts say what is dense. */
function automatic(
  product: Product,
  watches: readonly Watch[],
  options: SearchOptions,
  symmetry: Symmetry | undefined,
): Exploration {
  const { depthMax, resume, statesMax } = options;
  const isPlain =
    depthMax !== undefined ||
    resume !== undefined ||
    statesMax !== undefined ||
    declaredSplit(product).length === 0;
  if (isPlain) return new PlainSearch(product, watches, options, symmetry).run();
  const plain = new PlainSearch(product, watches, { ...options, statesMax: FEW }, symmetry);
  const begun = plain.run();
  if (begun.limit !== 'states') return begun;
  const { checkpoint: _, ...rest } = options;
  const its = { ...rest, symmetry, isFilled: true, rounds: ROUNDS };
  const found = because(DECLARED, exploreBlocks(product, watches, declaredSplit(product), its));
  return 'unfit' in found ? { ...plain.goOn(), engine: `plain states, since ${found.unfit}` } : found;
}

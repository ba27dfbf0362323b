/**
 * The symmetry of a product: the order of its sections, or at least their two ends, is no matter. Found from the tables for every
 * chart and every watch, or refused with the first reason met.
 */
import type { LtsTable } from '../../compile/table.ts';
import type { Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import { variance } from './invariance.ts';
import { type Keys, keysOf } from './keys.ts';
import { type Motion, motionOf, moves } from './motion.ts';
import { exchanged, mirrored, numbersOf, type Off, off, type Renaming } from './renaming.ts';

export interface Symmetry {
  /** Sections may change ends only; otherwise any two may be exchanged. */
  readonly isMirror: boolean;
  readonly sections: number;
  /** The one that changes ends; or those that exchange each section with the next. */
  readonly motions: readonly Motion[];
  /** Charts that some motion does something to. */
  readonly moved: readonly number[];
  readonly keys: Keys;
  /** Where there is less symmetry than there might be: why. */
  readonly instead?: string;
}

/** A chart is walked through alone, where it may have local states that no product reaches: at most so many entries of its table. */
const ENTRIES_MAX = 1 << 21;
/** More have orbits too large for 32 bits. */
const SECTIONS_MAX = 12;

/**
 * Named: what to call a watch where it is the reason. Fills the tables of charts that a motion does something to; others know no more
 * local states than before, and only need not ask again.
 */
export function symmetryOf(
  product: Product,
  watches: readonly Watch[],
  named: (watch: number) => string = (watch) => `watch ${watch}`,
): Symmetry | Off {
  const tables = product.tables.map((table) => table.copy());
  const found = symmetryAlone({ ...product, tables }, watches, named);
  const moved = 'off' in found ? [] : found.moved;
  product.tables.forEach((table, chart) => {
    const alone = tables[chart] as LtsTable;
    if (moved.includes(chart)) table.takeOver(alone);
    else table.learnFrom(alone);
  });
  return found;
}

function symmetryAlone(
  product: Product,
  watches: readonly Watch[],
  named: (watch: number) => string,
): Symmetry | Off {
  const numbers = numbersOf(product);
  const { sections } = numbers;
  if (sections < 2) return off('there are not two sections');
  if (sections > SECTIONS_MAX) return off(`there are more than ${SECTIONS_MAX} sections`);
  const large = product.tables.find((table) => !table.enumerate(ENTRIES_MAX));
  if (large !== undefined) return off(`${large.chart.id} alone has too many local states to walk through`);
  const try_ = (renamings: readonly Renaming[]) => inOrder(renamings, (of) => motionOf(product, of, numbers));
  const steps = Array.from({ length: sections - 1 }, (_, at) => exchanged(sections, at));
  const free = numbers.blocks === sections ? try_(steps) : off('a block has several sections');
  const motions = 'off' in free ? try_([mirrored(sections)]) : free;
  if ('off' in motions) return free as Off;
  const isMirror = 'off' in free;
  for (const [at, watch] of watches.entries())
    for (const motion of motions) {
      const why = variance(product, watch, motion);
      if (why !== undefined) return off(`${named(at)}: ${why}`);
    }
  const keys = keysOf(product.tables, motions);
  if ('off' in keys) return keys;
  return {
    isMirror,
    sections,
    motions,
    moved: [...product.tables.keys()].filter((chart) => motions.some((motion) => moves(motion, chart))),
    keys,
    ...('off' in free ? { instead: free.off } : {}),
  };
}

function inOrder(
  renamings: readonly Renaming[],
  find: (of: Renaming) => Motion | Off,
): readonly Motion[] | Off {
  const motions: Motion[] = [];
  for (const of of renamings) {
    const motion = find(of);
    if ('off' in motion) return motion;
    motions.push(motion);
  }
  return motions;
}

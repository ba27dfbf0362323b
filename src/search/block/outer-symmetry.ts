/**
 * Symmetry on blocks. A renaming of sections may do something to outer coordinates, but must leave every inner one as it is. Then it
 * takes the state of outer part o and inner part i to that of (o renamed, i): the block of an outer state goes with all of its orbit as it
 * is, and the orbit of each of its states has as many states as that of the outer one.
 */
import type { LtsTable } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { keysOf } from '../symmetry/keys.ts';
import { type Motion, moves } from '../symmetry/motion.ts';
import { type Off, off } from '../symmetry/renaming.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import type { Coordinates } from './split.ts';

export interface OuterSymmetry {
  /** By the values of the fields of outer states: local states, or outer coordinates of charts that are cut. */
  readonly outer: Symmetry;
  /** The same by local states: those with one outer coordinate have the same part in the canonical form. */
  readonly whole: Symmetry;
}

/** What generated code keeps in 16 bits. */
const VALUES_MAX = 1 << 16;

/** Or why blocks cannot be used with it. All local states must be known of charts that are moved; others may show more. */
export function outerSymmetry(
  product: Product,
  symmetry: Symmetry,
  cuts: readonly Coordinates[],
): OuterSymmetry | Off {
  const motions: Motion[] = [];
  for (const motion of symmetry.motions) {
    const locals = [...motion.locals];
    for (const its of cuts) {
      const images = outerImages(product, motion, its);
      if ('off' in images) return images;
      locals[its.chart] = images;
    }
    motions.push({ ...motion, locals });
  }
  const sized = product.tables.map(({ chart, size }, at) => ({
    chart,
    size: cuts.find((its) => its.chart === at)?.outers ?? size,
  }));
  const moved = [...product.tables.keys()].filter((chart) => motions.some((motion) => moves(motion, chart)));
  const large = moved.find((chart) => (sized[chart]?.size ?? 0) > VALUES_MAX);
  if (large !== undefined) return off(`${sized[large]?.chart.id} has more than ${VALUES_MAX} outer values`);
  const keys = keysOf(sized, motions);
  if ('off' in keys) return keys;
  const shares = new Map(keys.shares);
  for (const { chart, outerOf } of cuts) {
    const parts = [...(shares.get(chart) ?? [])].map(
      ([section, values]) =>
        [section, BigUint64Array.from(outerOf, (outer) => values[outer] as bigint)] as const,
    );
    if (parts.length > 0) shares.set(chart, new Map(parts));
  }
  return { outer: { ...symmetry, motions, moved, keys }, whole: { ...symmetry, keys: { shares } } };
}

/** Per outer coordinate of a cut chart, the one that it becomes. */
function outerImages(product: Product, { charts, locals }: Motion, its: Coordinates): Int32Array | Off {
  const { chart, innerOf, outerOf, values, variables } = its;
  const { id } = (product.tables[chart] as LtsTable).chart;
  const twin = charts[chart] as number;
  if (twin !== chart)
    return off(`${variables.join(' and ')} of ${id} would be that of ${product.tables[twin]?.chart.id}`);
  const images = new Int32Array(its.outers).fill(-1);
  for (const [local, outer] of outerOf.entries()) {
    const image = locals[chart]?.[local] as number;
    const [before, after] = [values[innerOf[local] as number], values[innerOf[image] as number]];
    const changed = variables.find((_, v) => before?.[v] !== after?.[v]);
    if (changed !== undefined) return off(`${changed} tells sections apart`);
    const to = outerOf[image] as number;
    if (images[outer] !== -1 && images[outer] !== to)
      return off(`what ${id} says of sections depends on ${variables.join(' and ')}`);
    images[outer] = to;
  }
  return images;
}

/**
 * The plain engine over orbits: of states that are the same but for the names of sections, one is kept. Counts are those of the
 * whole graph, runs are told in names that stay.
 */
import type { Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Exploration, SearchOptions } from '../exploration.ts';
import { PlainSearch } from '../plain/plain-search.ts';
import { concreteRun } from './orbits.ts';
import type { Off } from './renaming.ts';
import { type Symmetry, symmetryOf } from './symmetry.ts';

/** Or why something tells the sections apart. */
export function exploreOrbits(
  product: Product,
  watches: readonly Watch[],
  options: SearchOptions,
): Exploration | Off {
  const symmetry = symmetryOf(product, watches, options.nameOf);
  if ('off' in symmetry) return symmetry;
  const found = new PlainSearch(product, watches, options, symmetry).run();
  return {
    ...found,
    engine: told(symmetry, found),
    concrete: (run) => concreteRun(product, symmetry, run),
  };
}

function told(
  { isMirror, sections, instead }: Symmetry,
  { states, transitions, whole }: Exploration,
): string {
  const what = isMirror ? `the two ends of ${sections} sections` : `${sections} sections in any order`;
  const factor = ((whole?.states ?? states) / states).toFixed(2);
  const why = instead === undefined ? '' : `; not any order, since ${instead}`;
  return `symmetry of ${what}: ${states} orbits, ${transitions} transitions between them, ${factor} states an orbit${why}`;
}

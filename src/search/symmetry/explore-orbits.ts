/**
 * A search over orbits: of states that are the same but for the names of sections, one is kept. Counts are those of the whole
 * graph, runs are told in names that stay.
 */
import type { Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Exploration, SearchOptions } from '../exploration.ts';
import { concreteRun } from './orbits.ts';
import type { Off } from './renaming.ts';
import { type Symmetry, symmetryOf } from './symmetry.ts';

/** By an engine that keeps one state of each orbit. Or why something tells the sections apart. */
export function exploreOrbits(
  product: Product,
  watches: readonly Watch[],
  { nameOf }: Pick<SearchOptions, 'nameOf'>,
  engine: (symmetry: Symmetry) => Exploration,
): Exploration | Off {
  const symmetry = symmetryOf(product, watches, nameOf);
  if ('off' in symmetry) return symmetry;
  const found = engine(symmetry);
  return {
    // Where the engine has its own states that stand for orbits, it tells runs itself.
    concrete: (run) => concreteRun(product, symmetry, run),
    ...found,
    engine: told(symmetry, found),
  };
}

function told(
  { isMirror, sections, instead }: Symmetry,
  { engine, states, transitions, whole }: Exploration,
): string {
  const what = isMirror ? `the two ends of ${sections} sections` : `${sections} sections in any order`;
  const factor = ((whole?.states ?? states) / states).toFixed(2);
  const why = instead === undefined ? '' : `; not any order, since ${instead}`;
  const how = engine === undefined ? '' : `; ${engine}`;
  return `symmetry of ${what}: ${states} orbits, ${transitions} transitions between them, ${factor} states an orbit${why}${how}`;
}

/**
 * Shortest runs. The search keeps no parents: it is run again to the depth in question with its layers recorded, the targets are
 * walked back layer by layer, and the run goes forward inside what leads there, always by the first label of the alphabet.
 * So it is the first in alphabet order among the shortest, like the plain engine's.
 */
import { addBits, type Bits, both, hasBit, isEmpty, noBits, shiftedBits } from './bits.ts';
import type { Blocks, RecordedLayer } from './blocks.ts';
import type { Broken } from './judge.ts';
import type { Moves } from './moves.ts';
import type { Places } from './places.ts';

export interface Run {
  readonly state: number;
  /** The label that violates, for a watch on steps. */
  readonly label: number | undefined;
  readonly path: readonly number[];
}

type Target = Pick<Broken, 'mask' | 'byLabel' | 'steps'>;
/** Inner states by outer state. */
type Region = ReadonlyMap<number, Bits>;

/** A shortest run into each target. Throws where one is not reached (a bug of ours). */
export function shortestRuns(
  blocks: Blocks,
  moves: Moves,
  places: Places,
  targets: readonly Target[],
): Run[] {
  const runs = new Map<Target, Run>();
  const layers: RecordedLayer[] = [];
  blocks.seed();
  for (const layer of blocks.recordedLayers()) {
    layers.push(layer);
    for (const target of targets) {
      if (runs.has(target)) continue;
      const hit = overlap(layer, target.mask);
      if (hit.size > 0) runs.set(target, runInto(hit, layers, blocks, moves, places, target));
    }
    if (runs.size === new Set(targets).size) break;
  }
  return targets.map((target) => {
    const run = runs.get(target);
    if (run === undefined) throw new Error('a violation that no layer holds');
    return run;
  });
}

function overlap(layer: RecordedLayer, mask: (outer: number) => Bits): Region {
  const hit = new Map<number, Bits>();
  layer.outers.forEach((outer, n) => {
    const some = mask(outer);
    if (some.length === 0) return;
    const common = both(some, layer.block(n));
    if (!isEmpty(common)) hit.set(outer, common);
  });
  return hit;
}

/** `layers` ends with the one that `hit` lies in. */
function runInto(
  hit: Region,
  layers: readonly RecordedLayer[],
  blocks: Blocks,
  moves: Moves,
  places: Places,
  target: Target,
): Run {
  const ways: Region[] = [hit];
  for (let depth = layers.length - 2; depth >= 0; depth--)
    ways.push(before(ways.at(-1) as Region, layers[depth] as RecordedLayer, blocks, moves));
  ways.reverse();
  const path: number[] = [];
  let state = places.id(0, moves.space.start);
  for (const next of ways.slice(1)) {
    const step = places.first(state, (_, to) => {
      const block = next.get(places.outer(to));
      return block !== undefined && hasBit(block, places.inner(to));
    });
    path.push(step.label);
    state = step.to;
  }
  const locals = places.locals(state);
  const label = target.steps ? places.first(state, (its) => target.byLabel(its, locals)).label : undefined;
  return { state, label, path };
}

/** The states of a layer from which some label leads into the region. */
function before(region: Region, layer: RecordedLayer, blocks: Blocks, moves: Moves): Region {
  const found = new Map<number, Bits>();
  layer.outers.forEach((outer, n) => {
    const sources = noBits(blocks.words);
    blocks.edges(outer, (target, move) => {
      const wanted = region.get(target);
      if (wanted === undefined) return;
      for (const its of moves.all[move]?.classes ?? [])
        addBits(sources, both(shiftedBits(wanted, -its.shift), its.sources));
    });
    const some = both(sources, layer.block(n));
    if (!isEmpty(some)) found.set(outer, some);
  });
  return found;
}

/**
 * Goals on blocks: from which states can a goal never be reached again. The moves of the search, backwards: a target's block,
 * shifted back and cut to the sources, is what can reach it. Edges are turned round once, over outer states.
 */

import { addBits, type Bits, both, isEmpty, noBits, shiftedBits, without } from './bits.ts';
import type { Blocks } from './blocks.ts';
import type { Class, Moves } from './moves.ts';
import type { OuterGraph } from './outer-graph.ts';
import type { StateMasks } from './state-masks.ts';

/** Per outer state, the inner states that can reach the goal by usable labels; `usable` by label. */
export function able(
  blocks: Blocks,
  moves: Moves,
  graph: OuterGraph,
  goal: StateMasks,
  usable: readonly boolean[],
): readonly Bits[] {
  const found: Bits[] = [];
  const values = new Int32Array(graph.layout.fields.length);
  const queue: number[] = [];
  for (let outer = 0; outer < graph.states; outer++) {
    graph.read(outer, values);
    const mask = goal.of(values);
    found.push(mask.length === 0 ? noBits(blocks.words) : both(mask, blocks.visited(outer)));
    if (!isEmpty(found[outer] as Bits)) queue.push(outer);
  }
  const back = reversed(blocks, graph.states);
  const classes = moves.all.map((_, move) => usableClasses(moves, move, usable));
  const isQueued = new Uint8Array(graph.states);
  for (const outer of queue) isQueued[outer] = 1;
  for (let target = queue.pop(); target !== undefined; target = queue.pop()) {
    isQueued[target] = 0;
    for (let at = back.starts[target] as number; at < (back.starts[target + 1] as number); at++) {
      const outer = back.sources[at] as number;
      const before = noBits(blocks.words);
      for (const { shift, sources } of classes[back.moves[at] as number] ?? [])
        addBits(before, both(shiftedBits(found[target] as Bits, -shift), sources));
      const fresh = without(both(before, blocks.visited(outer)), found[outer] as Bits);
      if (isEmpty(fresh)) continue;
      addBits(found[outer] as Bits, fresh);
      if (isQueued[outer] === 1) continue;
      isQueued[outer] = 1;
      queue.push(outer);
    }
  }
  return found;
}

const usableClasses = (moves: Moves, move: number, usable: readonly boolean[]): readonly Class[] =>
  moves
    .partsOf(move)
    .flatMap(({ classes, labels }) => (labels.every(({ label }) => usable[label]) ? classes : []));

/** Edges by target. */
function reversed(blocks: Blocks, states: number) {
  const starts = new Uint32Array(states + 1);
  for (let outer = 0; outer < states; outer++)
    blocks.edges(outer, (target) => {
      starts[target + 1] = (starts[target + 1] as number) + 1;
    });
  for (let n = 0; n < states; n++) starts[n + 1] = (starts[n + 1] as number) + (starts[n] as number);
  const fill = starts.slice();
  const sources = new Uint32Array(starts[states] as number);
  const moves = new Uint32Array(starts[states] as number);
  for (let outer = 0; outer < states; outer++)
    blocks.edges(outer, (target, move) => {
      const at = fill[target] as number;
      fill[target] = at + 1;
      sources[at] = outer;
      moves[at] = move;
    });
  return { starts, sources, moves };
}

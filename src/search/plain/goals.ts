/**
 * Goals that must be reachable again from everywhere. Edges are kept as the search finds them while that costs little memory;
 * beyond, and where there are many goals, successors are computed again in each sweep.
 */
import type { Violation } from '../exploration.ts';
import { type Block, closeBackwards, without } from './able.ts';
import { CHUNK } from './memory.ts';
import type { Space } from './space.ts';
import { GOALS_A_PLANE, type Goal, usableMasks } from './watches.ts';

/** Successors of a run of at most CHUNK expanded states: where each one's end, their ids and labels. */
export interface Walked {
  readonly ends: Uint32Array;
  readonly ids: Uint32Array;
  readonly labels: Uint16Array;
}

export class Goals {
  private readonly goals: readonly Goal[];
  private readonly labels: number;
  private readonly space: Space;
  private readonly walk: (from: number, to: number) => Walked;
  private readonly bytesMax: number;
  private readonly kept: Block[] = [];
  private keptBytes = 0;

  constructor(
    goals: readonly Goal[],
    labels: number,
    space: Space,
    walk: (from: number, to: number) => Walked,
    bytesMax: number,
  ) {
    this.goals = goals;
    this.labels = labels;
    this.space = space;
    this.walk = walk;
    this.bytesMax = bytesMax;
    const fromTheStart = space.get('next') === 0;
    if (fromTheStart && goals.length > 0 && goals.length <= GOALS_A_PLANE) space.put('logging', 1);
  }

  /** Bytes of edges kept. */
  get bytes(): number {
    return this.keptBytes;
  }

  /** Takes the edges of what was expanded since; `next` is the first state that was not. */
  take(next: number): void {
    const log = this.space.takeLog();
    if (log === undefined || this.space.get('logging') === 0) return;
    this.kept.push({ from: next - log.ends.length, ...log });
    this.keptBytes += 4 * log.ends.length + 5 * log.targets.length;
    if (this.keptBytes <= this.bytesMax) return;
    this.space.put('logging', 0);
    this.kept.length = 0;
    this.keptBytes = 0;
  }

  /** After a complete search: the watches whose goal some states cannot reach. `weigh` says how many states a stored one stands for. */
  judge(weigh?: (state: number) => number): { readonly watch: number; readonly violation: Violation }[] {
    const { goals, space } = this;
    const found: { watch: number; violation: Violation }[] = [];
    for (let plane = 0; GOALS_A_PLANE * plane < goals.length; plane++) {
      const some = goals.slice(GOALS_A_PLANE * plane, GOALS_A_PLANE * (plane + 1));
      const bits = space.marks(plane).slice();
      const all = 2 ** some.length - 1;
      const areKept = space.get('logging') === 1;
      const blocks = areKept ? () => this.kept.toReversed() : () => this.again(some, bits, all);
      closeBackwards(bits, all, blocks);
      some.forEach(({ watch }, bit) => {
        const { count, first } = without(bits, 1 << bit, weigh);
        if (count > 0) found.push({ watch, violation: { state: first, label: undefined, count } });
      });
    }
    return found;
  }

  /** Edges computed again, for the chunks in which some state is still open. */
  private *again(goals: readonly Goal[], bits: Uint8Array, all: number): Generator<Block> {
    const masks = usableMasks(goals, this.labels);
    const last = bits.length - 1;
    for (let from = last - (last % CHUNK); from >= 0; from -= CHUNK) {
      const to = Math.min(bits.length, from + CHUNK);
      if (bits.subarray(from, to).every((able) => able === all)) continue;
      const { ends, ids, labels } = this.walk(from, to);
      const usable = Uint8Array.from(labels, (label) => masks[label] as number);
      yield { from, ends, targets: ids, usable };
    }
  }
}

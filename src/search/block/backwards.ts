/**
 * The search turned round: from which visited states can some be reached. Edges are kept by target, classes shift back, and the
 * kernel that chains does the rest: where it asks what has been visited, it finds all that is not to be entered.
 */
import { compiled, instantiate } from '../../wasm/host.ts';
import { type Bits, copyOf, shiftedBits } from './bits.ts';
import { type Blocks, PAGES_MAX, toTheEnd } from './blocks.ts';
import { type ChainExports, chainModule } from './kernel-code.ts';
import type { KernelLayout } from './kernel-layout.ts';
import { type Class, type Moves, merged } from './moves.ts';
import { ones } from './state-masks.ts';

/** What can not reach the targets. */
export interface Unable {
  readonly count: number;
  readonly of: (outer: number) => Bits;
}

/** Bytes that edges by target take. */
export const backwardBytes = (states: number, edgeBytes: number): number => edgeBytes + 4 * (states + 1) + 64;

export class Backwards {
  private readonly blocks: Blocks;
  private readonly moves: Moves;
  private readonly layout: KernelLayout;
  /** By which labels are usable. */
  private readonly codes = new Map<string, ChainExports>();

  constructor(blocks: Blocks, moves: Moves) {
    this.blocks = blocks;
    this.moves = moves;
    this.layout = this.turnedRound();
  }

  /** Visited states from which no target is reached by usable labels, each counted by the weight of its outer state. The planes of layers are used, and left as they are then. */
  unable(
    usable: readonly boolean[],
    target: (outer: number) => Bits,
    weight: (outer: number) => number = () => 1,
  ): Unable {
    const { blocks, layout } = this;
    const code = this.codeFor(usable);
    const half = (plane: number) => (layout.planes[plane] as number) / 4;
    const { halves, states, words } = blocks;
    const [visited, closed, waits] = [this.blocks.layout.planes[0] / 4, half(0), half(2)];
    const map = layout.maps[0] / 4;
    halves.fill(0, map, map + 2 * layout.mapWords);
    for (let outer = 0; outer < states; outer++) {
      const goal = target(outer);
      const at = 2 * words * outer;
      let any = 0;
      for (let n = 0; n < 2 * words; n++) {
        const there = halves[visited + at + n] as number;
        const here = n < goal.length ? there & (goal[n] as number) : 0;
        halves[closed + at + n] = ~there | here;
        halves[waits + at + n] = here;
        any |= here;
      }
      if (any !== 0)
        halves[map + (outer >>> 5)] = (halves[map + (outer >>> 5)] as number) | (1 << (outer & 31));
    }
    toTheEnd(code, halves, layout);
    const lost = halves.subarray(closed, closed + 2 * words * states) as Bits;
    let count = 0;
    for (let outer = 0, n = 0; outer < states; outer++) {
      let here = 0;
      for (const end = n + 2 * words; n < end; n++) {
        lost[n] = ~(lost[n] as number);
        if (lost[n] !== 0) here += ones(lost[n] as number);
      }
      if (here !== 0) count += here * weight(outer);
    }
    const kept = count === 0 ? lost : new Uint32Array(lost);
    return { count, of: (outer) => kept.subarray(2 * words * outer, 2 * words * (outer + 1)) };
  }

  private codeFor(usable: readonly boolean[]): ChainExports {
    const key = usable.join();
    let code = this.codes.get(key);
    if (code === undefined) {
      const back = this.moves.all.map((_, move) => ({ classes: this.back(move, usable) }));
      const module = compiled(chainModule(back, this.layout, PAGES_MAX));
      code = instantiate<ChainExports>(module, this.blocks.memory);
      this.codes.set(key, code);
    }
    return code;
  }

  /** From targets to sources. */
  private back(move: number, usable: readonly boolean[]): readonly Class[] {
    const classes = this.moves
      .partsOf(move)
      .flatMap((part) => (part.labels.every(({ label }) => usable[label]) ? part.classes : []));
    return merged(
      classes.map(({ shift, sources }) => ({ shift: -shift, sources: copyOf(shiftedBits(sources, shift)) })),
    );
  }

  /** Edges by target; those of a state to itself come last, as the kernel wants them. */
  private turnedRound(): KernelLayout {
    const { blocks, moves } = this;
    const { layout, states } = blocks;
    const isKept = (move: number) => (moves.all[move]?.classes.length ?? 0) > 0;
    const starts = new Uint32Array(states + 1);
    for (let outer = 0; outer < states; outer++)
      blocks.edges(outer, (target, move) => {
        if (isKept(move)) starts[target + 1] = (starts[target + 1] as number) + 1;
      });
    for (let n = 0; n < states; n++) starts[n + 1] = (starts[n + 1] as number) + (starts[n] as number);
    const at = blocks.reserve(backwardBytes(states, 8 * (starts[states] as number)));
    const edges = at + Math.ceil((4 * (states + 1)) / 64) * 64;
    const { halves } = blocks;
    halves.set(starts, at / 4);
    const put = (to: number, source: number, move: number) => {
      halves[edges / 4 + 2 * to] = source;
      halves[edges / 4 + 2 * to + 1] = move;
    };
    const fill = starts.slice();
    const last = starts.slice(1);
    for (let outer = 0; outer < states; outer++)
      blocks.edges(outer, (target, move) => {
        if (!isKept(move)) return;
        if (target === outer) {
          last[target] = (last[target] as number) - 1;
          put(last[target] as number, outer, move);
        } else {
          const to = fill[target] as number;
          fill[target] = to + 1;
          put(to, outer, move);
        }
      });
    const [visited, even, other] = layout.planes;
    return { ...layout, parts: 1, edges, starts: at, planes: [even, visited, other] };
  }
}

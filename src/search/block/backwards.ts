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
import { type Turned, type TurnedExports, turnedModule } from './turned-code.ts';

/** What can not reach the targets. */
export interface Unable {
  readonly count: number;
  readonly of: (outer: number) => Bits;
}

/** Bytes that edges by target take, with a byte for each of so many moves. */
export const backwardBytes = (states: number, edgeBytes: number, moves: number): number =>
  edgeBytes + 4 * (states + 2) + moves + 128;

/** Outer states that one call looks at. */
const TURN = 20_000;

export class Backwards {
  private readonly blocks: Blocks;
  private readonly moves: Moves;
  private readonly layout: KernelLayout;
  private readonly code: TurnedExports;
  /** By which labels are usable. */
  private readonly codes = new Map<string, ChainExports>();

  constructor(blocks: Blocks, moves: Moves) {
    this.blocks = blocks;
    this.moves = moves;
    const { layout, states } = blocks;
    const [visited, even, other] = layout.planes;
    const turned = this.room();
    this.code = instantiate(compiled(turnedModule(layout, turned, PAGES_MAX)), blocks.memory);
    inTurns(states, this.code.count);
    this.code.sum();
    inTurns(states, (from, until) => this.code.place(from, until, 0));
    inTurns(states, (from, until) => this.code.place(from, until, 1));
    this.layout = {
      ...layout,
      parts: 1,
      edges: turned.edges,
      starts: turned.starts,
      planes: [even, visited, other],
    };
  }

  /**
   * Visited states from which no target is reached by usable labels, each counted by the weight of its outer state. `targets` hands
   * over the outer states that have some. The planes of layers are used, and left as they are then.
   */
  unable(usable: readonly boolean[], targets: (put: (outer: number, mask: Bits) => void) => void): Unable {
    const { blocks, code, layout } = this;
    const chain = this.codeFor(usable);
    const { halves, states, words } = blocks;
    const scratch = layout.scratch / 4;
    const map = layout.maps[0] / 4;
    halves.fill(0, map, map + 2 * layout.mapWords);
    inTurns(states, code.close);
    targets((outer, mask) => {
      for (let n = 0; n < 2 * words; n++) halves[scratch + n] = mask[n] as number;
      code.put(outer);
    });
    toTheEnd(chain, halves, layout);
    code.lost.value = 0n;
    inTurns(states, code.open);
    const count = Number(code.lost.value);
    const closed = layout.planes[0] / 4;
    const lost = halves.subarray(closed, closed + 2 * words * states) as Bits;
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

  /** Behind the blocks, with what moves are kept written there. */
  private room(): Turned {
    const { blocks, moves } = this;
    const { layout, states } = blocks;
    const edges = blocks.halves[layout.starts / 4 + layout.parts * states] as number;
    const at = blocks.reserve(backwardBytes(states, 8 * edges, moves.all.length));
    const kept = at + Math.ceil((4 * (states + 2)) / 64) * 64;
    blocks.halves.fill(0, at / 4, kept / 4);
    const isKept = moves.all.map(({ classes }) => (classes.length > 0 ? 1 : 0));
    new Uint8Array(blocks.memory.buffer).set(isKept, kept);
    return { starts: at, kept, edges: kept + Math.ceil(moves.all.length / 64) * 64 };
  }
}

function inTurns(states: number, each: (from: number, until: number) => void): void {
  for (let at = 0; at < states; at += TURN) each(at, Math.min(states, at + TURN));
}

/**
 * The blocks of all outer states in one memory, and the search that fills them.
 */
import { compiled, growTo, instantiate, newMemory, PAGE_BYTES, type WasmMemory } from '../../wasm/host.ts';
import { type Bits, wordsFor } from './bits.ts';
import { type ChainExports, type KernelExports, type KernelLayout, kernelModule } from './kernel-code.ts';
import type { Move, Moves } from './moves.ts';
import type { EdgeSink, OuterGraph } from './outer-graph.ts';

export const PAGES_MAX = 65_535;
const BYTES_MAX = PAGES_MAX * PAGE_BYTES;
const EDGES = 1024;
/** Outer states counted in one call. */
const COUNT_AT_ONCE = 10_000;

/** Edges in the memory that the blocks will join. */
export class EdgeStore implements EdgeSink {
  readonly memory: WasmMemory = newMemory(1, PAGES_MAX);
  private end = EDGES;

  readonly take = (edges: Uint32Array): boolean => {
    try {
      growTo(this.memory, this.end + edges.byteLength, PAGES_MAX);
    } catch {
      return false;
    }
    new Uint32Array(this.memory.buffer).set(edges, this.end / 4);
    this.end += edges.byteLength;
    return true;
  };

  readonly reset = (): void => {
    this.end = EDGES;
  };

  get bytes(): number {
    return this.end;
  }
}

export interface Layer {
  /** States of the whole graph that are first reached by so many labels. */
  readonly states: number;
  /** Outer states among them. */
  readonly outers: number;
}

/** One layer, kept: its outer states, and of the nth of them the inner ones. */
export interface RecordedLayer {
  readonly outers: Int32Array;
  readonly block: (n: number) => Bits;
}

export interface Counts {
  /** Transitions per label; with symmetry, between orbits. */
  readonly fired: Float64Array;
  readonly states: number;
  /** With symmetry: of the whole graph. */
  readonly whole: { readonly states: number; readonly transitions: number } | undefined;
  /** States without successor, of the whole graph. */
  readonly dead: number;
  /** Outer states that are not empty. */
  readonly outers: number;
}

/** Bytes that the blocks of a graph take; what is more than a memory holds cannot be searched. */
export const blockBytes = ({ states, weight }: OuterGraph, words: number, edgeBytes: number): number =>
  edgeBytes + states * (4 + 1 + 3 * 8 * words + (weight === undefined ? 0 : 4)) + 64 * PAGE_BYTES;

export const fitsOneMemory = (bytes: number): boolean => bytes < BYTES_MAX;

export class Blocks {
  readonly states: number;
  readonly words: number;
  private readonly moves: readonly Move[];
  readonly memory: WasmMemory;
  readonly layout: KernelLayout;
  private readonly code: KernelExports;
  private readonly start: number;
  private readonly labels: number;
  /** All of the memory; another view once more has been reserved. */
  halves: Uint32Array<ArrayBufferLike>;
  /** Of what `seed` empties. */
  private end = 0;
  private isUsed = false;

  constructor(moves: Moves, graph: OuterGraph, store: EdgeStore) {
    this.states = graph.states;
    this.words = wordsFor(moves.space.size);
    this.moves = moves.all;
    this.memory = store.memory;
    this.start = moves.space.start;
    this.labels = moves.product.labels.length;
    this.layout = this.layOut(store.bytes, graph.weight !== undefined);
    this.halves = new Uint32Array(this.memory.buffer);
    this.writeStarts(graph);
    this.writeWeights(graph);
    this.writeAccounts();
    const module = compiled(kernelModule(moves.all, this.layout, PAGES_MAX));
    this.code = instantiate<KernelExports>(module, this.memory);
  }

  /** Room behind everything else, once: where it begins. Throws a RangeError where there is none. */
  reserve(bytes: number): number {
    const at = Math.ceil(this.end / 64) * 64;
    growTo(this.memory, at + bytes, PAGES_MAX);
    this.halves = new Uint32Array(this.memory.buffer);
    return at;
  }

  /** Layer by layer, each once; call `seed` first. */
  *layers(): Generator<Layer> {
    for (let odd = 0; ; odd = 1 - odd) {
      const layer = this.expand(odd);
      if (layer.states === 0) return;
      yield layer;
    }
  }

  /** The same, with what each layer consists of; given before its successors are sought. */
  *recordedLayers(): Generator<RecordedLayer> {
    for (let odd = 0; ; odd = 1 - odd) {
      const layer = this.recorded(odd);
      if (layer.outers.length === 0) return;
      yield layer;
      this.expand(odd);
    }
  }

  private expand(odd: number): Layer {
    const { code, layout } = this;
    code.population.value = 0n;
    code.active.value = 0;
    for (let at = 0; at < layout.mapWords; ) at = code.layer(at, odd);
    return { states: Number(code.population.value), outers: code.active.value };
  }

  private recorded(odd: number): RecordedLayer {
    const { halves, layout, words } = this;
    const map = (layout.maps[odd] as number) / 4;
    const outers: number[] = [];
    for (let n = 0; n < 2 * layout.mapWords; n++)
      for (let rest = halves[map + n] as number; rest !== 0; rest &= rest - 1)
        outers.push(32 * n + 31 - Math.clz32(rest & -rest));
    const blocks = new Uint32Array(2 * words * outers.length);
    outers.forEach((outer, n) => {
      const at = (layout.planes[1 + odd] as number) / 4 + outer * 2 * words;
      blocks.set(halves.subarray(at, at + 2 * words), 2 * words * n);
    });
    return {
      outers: Int32Array.from(outers),
      block: (n) => blocks.subarray(2 * words * n, 2 * words * (n + 1)),
    };
  }

  /** To the end, in no order. */
  chain(): void {
    toTheEnd(this.code, this.halves, this.layout);
  }

  /** Empties everything but the initial state. */
  seed(): void {
    const { layout } = this;
    // Fresh memory is empty, and pages that nobody touches cost nothing.
    const [visited, waits] = layout.planes;
    if (this.isUsed) this.halves.fill(0, layout.maps[0] / 4, this.end / 4);
    this.isUsed = true;
    const half = this.start >>> 5;
    for (const at of [visited, waits]) this.halves[at / 4 + half] = 1 << (this.start & 31);
    this.halves[layout.maps[0] / 4] = 1;
  }

  /** Transitions per label, states, and states without successor. */
  count(): Counts {
    const { code } = this;
    this.firedView().fill(0n);
    code.population.value = 0n;
    for (const total of [code.dead, code.whole, code.taken]) total.value = 0n;
    code.active.value = 0;
    for (let at = 0; at < this.states; at += COUNT_AT_ONCE)
      code.count(at, Math.min(this.states, at + COUNT_AT_ONCE));
    return {
      fired: Float64Array.from(this.firedView(), Number),
      states: Number(code.population.value),
      whole:
        this.layout.weights === undefined
          ? undefined
          : { states: Number(code.whole.value), transitions: Number(code.taken.value) },
      dead: Number(code.dead.value),
      outers: code.active.value,
    };
  }

  /** The visited block of an outer state; a view, valid until the memory grows. */
  visited(state: number): Bits {
    const at = this.layout.planes[0] / 4 + state * 2 * this.words;
    return this.halves.subarray(at, at + 2 * this.words) as Bits;
  }

  /** The edges of an outer state. */
  edges(state: number, visit: (target: number, move: number) => void): void {
    const starts = this.layout.starts / 4 + state;
    const base = this.layout.edges / 4;
    for (let e = this.halves[starts] as number; e < (this.halves[starts + 1] as number); e++)
      visit(this.halves[base + 2 * e] as number, this.halves[base + 2 * e + 1] as number);
  }

  /** In use; the memory may have grown ahead. */
  get bytes(): number {
    return this.end;
  }

  private firedView(): BigInt64Array {
    return new BigInt64Array(this.memory.buffer, this.layout.fired, this.labels);
  }

  private layOut(edgesEnd: number, isWeighed: boolean): KernelLayout {
    let address = edgesEnd;
    const reserve = (bytes: number): number => {
      const at = Math.ceil(address / 64) * 64;
      address = at + bytes;
      return at;
    };
    const starts = reserve(4 * (this.states + 1));
    const accounts = reserve(accountBytes(this.moves, this.words));
    const fired = reserve(8 * this.labels);
    const weights = isWeighed ? reserve(4 * this.states) : undefined;
    const scratch = reserve(2 * 8 * this.words);
    const mapWords = Math.ceil(this.states / 64);
    const maps = [reserve(8 * mapWords), reserve(8 * mapWords)] as const;
    const plane = () => reserve(8 * this.words * this.states);
    const planes = [plane(), plane(), plane()] as const;
    this.end = address;
    growTo(this.memory, address, PAGES_MAX);
    return {
      words: this.words,
      states: this.states,
      edges: EDGES,
      starts,
      maps,
      mapWords,
      planes,
      scratch,
      accounts,
      fired,
      weights,
    };
  }

  private writeStarts(graph: OuterGraph): void {
    const starts = this.layout.starts / 4;
    let edge = 0;
    for (let state = 0; state < this.states; state++) {
      this.halves[starts + state] = edge;
      edge += graph.degree(state);
    }
    this.halves[starts + this.states] = edge;
  }

  private writeWeights({ weight }: OuterGraph): void {
    const { halves, layout, states } = this;
    if (weight === undefined || layout.weights === undefined) return;
    for (let state = 0; state < states; state++) halves[layout.weights / 4 + state] = weight(state);
  }

  /** Per move the address of its account; an account has the number of labels, then label and address of the sources of each. */
  private writeAccounts(): void {
    const { halves, layout, moves, words } = this;
    let at = layout.accounts + 4 * moves.length;
    const sourcesAt = new Map<Bits, number>();
    at += at % 8;
    for (const { labels } of moves)
      for (const { sources } of labels) {
        if (sourcesAt.has(sources)) continue;
        sourcesAt.set(sources, at);
        halves.set(sources, at / 4);
        at += 8 * words;
      }
    moves.forEach(({ labels }, move) => {
      halves[layout.accounts / 4 + move] = at;
      halves[at / 4] = labels.length;
      at += 4;
      for (const { label, sources } of labels) {
        halves[at / 4] = label;
        halves[at / 4 + 1] = sourcesAt.get(sources) as number;
        at += 8;
      }
    });
  }
}

/** At most; sources that moves share are written once. */
function accountBytes(moves: readonly Move[], words: number): number {
  const sources = new Set(moves.flatMap(({ labels }) => labels.map((its) => its.sources)));
  const labels = moves.reduce((sum, its) => sum + its.labels.length, 0);
  return 8 * moves.length + 8 + 8 * labels + 8 * words * sources.size;
}

/** Chains until nothing waits. */
export function toTheEnd(
  code: ChainExports,
  halves: Uint32Array<ArrayBufferLike>,
  { maps, mapWords }: KernelLayout,
): void {
  const map = maps[0] / 4;
  for (let any = true; any; ) {
    for (let at = 0; at < mapWords; ) at = code.chain(at);
    any = halves.subarray(map, map + 2 * mapWords).some((half) => half !== 0);
  }
}

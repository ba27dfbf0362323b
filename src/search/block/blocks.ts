/**
 * The blocks of all outer states in one memory, and the search that fills them.
 */
import { compiled, growTo, instantiate, newMemory, PAGE_BYTES, type WasmMemory } from '../../wasm/host.ts';
import { AGAIN, Team } from '../team.ts';
import { type Bits, wordsFor } from './bits.ts';
import { type ChainExports, JOBS, type Job, type KernelExports, kernelModule } from './kernel-code.ts';
import { AREA, type KernelLayout } from './kernel-layout.ts';
import type { Move, Moves } from './moves.ts';
import type { EdgeSink, OuterGraph } from './outer-graph.ts';

export const PAGES_MAX = 65_535;
const BYTES_MAX = PAGES_MAX * PAGE_BYTES;
const EDGES = 1024;
/** Of blocks with fewer words in all, another thread would come too late. */
const HELP_FROM = 1 << 21;
/**
 * Words of a bitmap: so many that two threads never write to the same cache line of it, so few that each part has its share of every layer,
 * as states found together are numbered together.
 */
const STRIPE = 16;

/** Edges in the memory that the blocks will join. */
export class EdgeStore implements EdgeSink {
  readonly memory: WasmMemory = newMemory(1, PAGES_MAX, true);
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
export const blockBytes = (
  { states, weight }: OuterGraph,
  words: number,
  edgeBytes: number,
  threads = 1,
): number =>
  edgeBytes +
  states * (4 * threads + 1 + 3 * 8 * words + (weight === undefined ? 0 : 4)) +
  64 * threads * PAGE_BYTES;

export const fitsOneMemory = (bytes: number): boolean => bytes < BYTES_MAX;

export class Blocks {
  readonly states: number;
  readonly words: number;
  private readonly moves: readonly Move[];
  readonly memory: WasmMemory;
  readonly layout: KernelLayout;
  private readonly code: KernelExports;
  private team: Team<Job> | undefined;
  private readonly start: number;
  private readonly labels: number;
  /** All of the memory; another view once more has been reserved. */
  halves: Uint32Array<ArrayBufferLike>;

  /** With more than one thread others help until they are dismissed. */
  constructor(moves: Moves, graph: OuterGraph, store: EdgeStore, threads = 1) {
    this.states = graph.states;
    this.words = wordsFor(moves.space.size);
    this.moves = moves.all;
    this.memory = store.memory;
    this.start = moves.space.start;
    this.labels = moves.product.labels.length;
    this.layout = this.layOut(store.bytes, this.shares(threads), graph);
    const { areas, parts, stop } = this.layout;
    this.halves = new Uint32Array(this.memory.buffer);
    if (parts > 1) this.team = new Team(parts - 1, { memory: this.memory, jobs: JOBS, stop });
    this.writeStarts(graph);
    this.writeWeights(graph);
    this.writeAccounts();
    this.prepareAreas();
    const module = compiled(kernelModule(moves.all, this.layout, PAGES_MAX));
    this.code = instantiate<KernelExports>(module, this.memory);
    this.team?.equip(module, areas.slice(1));
    if (parts > 1) this.together('arrange');
  }

  /** Others help no more; what is asked later is done by this thread alone. */
  dismiss(): void {
    this.team?.dismiss();
    this.team = undefined;
  }

  private shares(threads: number): Pick<KernelLayout, 'parts' | 'stripe'> {
    return { parts: this.states * this.words < HELP_FROM ? 1 : threads, stripe: STRIPE };
  }

  /** All threads do the job until there is nothing left of it. */
  private together(job: Job, argument = 0): void {
    const { code, layout, team } = this;
    this.halves[layout.claim / 4] = 0;
    const own = () => {
      for (let why = AGAIN; why === AGAIN; ) why = code[job](layout.areas[0] as number, argument);
    };
    try {
      if (team === undefined) own();
      else team.round(job, argument, own);
    } catch (error) {
      this.dismiss();
      throw error;
    }
  }

  /** What all threads have counted of this since it was asked last. */
  private taken(offset: number): number {
    const its = this.layout.areas.map((area) => new BigInt64Array(this.memory.buffer, area + offset, 1));
    const sum = its.reduce((n, [count = 0n]) => n + count, 0n);
    for (const one of its) one.fill(0n);
    return Number(sum);
  }

  /** Room behind everything else, once: where it begins. Throws a RangeError where there is none. */
  reserve(bytes: number): number {
    const at = Math.ceil(this.layout.end / 64) * 64;
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
    this.together('layer', odd);
    return { states: this.taken(AREA.population), outers: this.taken(AREA.active) };
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
    const [visited, waits] = layout.planes;
    this.together('blank');
    const half = this.start >>> 5;
    for (const at of [visited, waits]) this.halves[at / 4 + half] = 1 << (this.start & 31);
    this.halves[layout.maps[0] / 4] = 1;
  }

  /** Transitions per label, states, and states without successor. */
  count(): Counts {
    const { labels } = this;
    this.together('count');
    return {
      fired: Float64Array.from({ length: labels }, (_, label) => this.taken(AREA.fired + 8 * label)),
      states: this.taken(AREA.population),
      whole:
        this.layout.weights === undefined
          ? undefined
          : { states: this.taken(AREA.whole), transitions: this.taken(AREA.taken) },
      dead: this.taken(AREA.dead),
      outers: this.taken(AREA.active),
    };
  }

  /** The visited block of an outer state; a view, valid until the memory grows. */
  visited(state: number): Bits {
    const at = this.layout.planes[0] / 4 + state * 2 * this.words;
    return this.halves.subarray(at, at + 2 * this.words) as Bits;
  }

  /** The edges of an outer state. */
  edges(state: number, visit: (target: number, move: number) => void): void {
    const { parts } = this.layout;
    const starts = this.layout.starts / 4 + parts * state;
    const base = this.layout.edges / 4;
    for (let e = this.halves[starts] as number; e < (this.halves[starts + parts] as number); e++)
      visit(this.halves[base + 2 * e] as number, this.halves[base + 2 * e + 1] as number);
  }

  /** In use; the memory may have grown ahead. */
  get bytes(): number {
    return this.layout.end;
  }

  private layOut(
    edgesEnd: number,
    { parts, stripe }: Pick<KernelLayout, 'parts' | 'stripe'>,
    graph: OuterGraph,
  ): KernelLayout {
    let address = edgesEnd;
    const reserve = (bytes: number): number => {
      const at = Math.ceil(address / 64) * 64;
      address = at + bytes;
      return at;
    };
    const starts = reserve(4 * (parts * this.states + 1));
    const accounts = reserve(accountBytes(this.moves, this.words));
    const [claim, stop] = [reserve(64), reserve(64)];
    const edges = mostEdges(graph);
    const areas = Array.from({ length: parts }, () => reserve(AREA.fired + 8 * this.labels + 8 * edges));
    const weights = graph.weight === undefined ? undefined : reserve(4 * this.states);
    const scratch = reserve(2 * 8 * this.words);
    const mapWords = Math.ceil(this.states / 64);
    const maps = [reserve(8 * mapWords), reserve(8 * mapWords)] as const;
    const plane = () => reserve(8 * this.words * this.states);
    const planes = [plane(), plane(), plane()] as const;
    growTo(this.memory, address, PAGES_MAX);
    return {
      words: this.words,
      states: this.states,
      parts,
      stripe,
      edges: EDGES,
      starts,
      maps,
      mapWords,
      planes,
      end: address,
      scratch,
      accounts,
      weights,
      claim,
      stop,
      areas,
    };
  }

  private writeStarts(graph: OuterGraph): void {
    const { parts } = this.layout;
    let at = this.layout.starts / 4;
    let edge = 0;
    for (let state = 0; state < this.states; state++) {
      this.halves[at] = edge;
      edge += graph.degree(state);
      at += parts;
    }
    this.halves[at] = edge;
  }

  /** No thread has a part in hand. */
  private prepareAreas(): void {
    for (const area of this.layout.areas) {
      this.halves[(area + AREA.at) / 4] = this.layout.mapWords;
      this.halves[(area + AREA.room) / 4] = area + AREA.fired + 8 * this.labels;
    }
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

function mostEdges({ degree, states }: OuterGraph): number {
  let most = 0;
  for (let state = 0; state < states; state++) most = Math.max(most, degree(state));
  return most;
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

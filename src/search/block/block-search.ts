/**
 * The block engine: charts cut into an outer and an inner part, blocks of inner states moved as bits. Counts, depth, verdicts and
 * shortest runs are those of the plain engine.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Limit } from '../../core/verdict.ts';
import type { Exploration, Refusal, SearchOptions, Violation } from '../exploration.ts';
import type { Lasso } from '../fair/judge-temporal.ts';
import { type Beyond, blockLoops, type FairStates, loopBytes } from '../loops/block-loops.ts';
import { PlainSearch } from '../plain/plain-search.ts';
import { rulesOf } from '../plain/watches.ts';
import { concreteRun } from '../symmetry/orbits.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import { backwardBytes } from './backwards.ts';
import { addBit, indicesOf, noBits } from './bits.ts';
import { Blocks, blockBytes, EdgeStore, fitsOneMemory } from './blocks.ts';
import { innerSpace } from './inner.ts';
import { Judge } from './judge.ts';
import { Moves } from './moves.ts';
import { type OuterFailure, type OuterGraph, outerGraph } from './outer-graph.ts';
import { type OuterSymmetry, outerSymmetry } from './outer-symmetry.ts';
import { Places } from './places.ts';
import { type Run, shortestRuns } from './shortest.ts';
import { cut, type Split, variablesOf } from './split.ts';

export interface BlockExploration extends Exploration {
  /** States of the whole graph without successor. */
  readonly deadlocks: number;
  /** Of the whole graph: states first reached by 0, 1, 2 … labels; empty where the order was not kept. */
  readonly layers: readonly number[];
  readonly outers: number;
  /** Bits of a block. */
  readonly bits: number;
  /** Part of the bits of reached outer states that are set. */
  readonly density: number;
}

/** States of a plain search that show what inner values there are; then, how many entries of a chart alone are filled. */
const SAMPLE = 20_000;
const ENTRIES = 8_000;
/** Joint inner values that charts may have alone: blocks of so many bits are no burden. */
const ALONE_MAX = 1024;
const ROUNDS_MAX = 100;

/** Why blocks cannot be used here. */
export interface Unfit {
  readonly unfit: string;
}

export interface BlockOptions extends Omit<SearchOptions, 'symmetry'> {
  /** Reachability only, with depth 0 and no shortest runs. */
  readonly chain?: boolean;
  /** Tables are filled already, by a search of many states. */
  readonly isFilled?: boolean;
  /** How often the cuts may be made again because a chart showed a local state that was not known. */
  readonly rounds?: number;
  /** One state of each orbit is kept. */
  readonly symmetry?: Symmetry | undefined;
}

export function exploreBlocks(
  product: Product,
  watches: readonly Watch[],
  split: Split,
  { isFilled = false, rounds = ROUNDS_MAX, symmetry, ...options }: BlockOptions = {},
): BlockExploration | Unfit {
  if (options.statesMax !== undefined || options.depthMax !== undefined)
    return { unfit: 'blocks are searched to the end or not at all' };
  if (options.checkpoint !== undefined || options.resume !== undefined)
    return { unfit: 'blocks keep no checkpoints' };
  if (!isFilled) fillTables(product, split);
  const store = new EdgeStore();
  for (let round = 0; round < rounds; round++) {
    const cuts = cut(product, split);
    const orbits = symmetry && outerSymmetry(product, symmetry, cuts);
    if (orbits !== undefined && 'off' in orbits) return { unfit: orbits.off };
    const space = innerSpace(product, cuts);
    if (space === undefined) return { unfit: 'the inner variables have too many joint values' };
    const moves = new Moves(product, space);
    const graph = outerGraph(product, moves, store, {
      stop: () => options.stop?.() !== undefined,
      onProgress: (found, bytes) =>
        options.onProgress?.({ states: 0, expanded: 0, depth: 0, bytes, outers: { found, active: 0 } }),
      ...(options.memory === undefined ? {} : { memory: options.memory }),
      ...(orbits === undefined ? {} : { symmetry: orbits.outer }),
    });
    if (graph === 'stale') continue;
    if (typeof graph === 'string') return { unfit: UNFIT[graph] };
    const back = watches.some(({ kind }) => kind === 'possible')
      ? backwardBytes(graph.states, store.bytes, moves.all.length)
      : 0;
    const loops = watches.some(({ kind }) => kind === 'temporal')
      ? loopBytes(graph.states, moves.words, store.bytes)
      : 0;
    const needed = back + blockBytes(graph, moves.words, store.bytes, options.threads);
    if (!fitsOneMemory(needed)) return { unfit: 'the blocks do not fit one memory' };
    if (needed + loops + graph.bytes > (options.memory ?? Number.POSITIVE_INFINITY))
      return { unfit: 'the blocks do not fit the memory allowed' };
    const search = new BlockSearch(product, moves, graph, store, orbits, options.threads);
    try {
      return search.run(watches, options);
    } finally {
      search.blocks.dismiss();
    }
  }
  return { unfit: 'the local states of the charts that are cut do not settle' };
}

const UNFIT: Readonly<Record<Exclude<OuterFailure, 'stale'>, string>> = {
  irregular: 'labels move the inner variables in too many ways',
  states: 'there are too many outer states',
  memory: 'the outer states do not fit the memory allowed',
  stopped: 'stopped while outer states were being found',
};

/**
 * Cuts are made best when all is known of the charts they go through; but those alone may have far more joint inner values than the
 * product shows. Then a sample fills the tables.
 */
function fillTables(product: Product, split: Split): void {
  const isCut = product.tables.map((table) =>
    variablesOf(table).some((variable) => split.includes(variable)),
  );
  product.tables.forEach((table, chart) => {
    if (!isCut[chart]) table.enumerate(ENTRIES);
  });
  const tables = product.tables.map((table, chart) => (isCut[chart] ? table.copy() : table));
  const isKnown = tables.every((table, chart) => !isCut[chart] || table.enumerate(ENTRIES));
  const ahead = { ...product, tables };
  const alone = isKnown ? innerSpace(ahead, cut(ahead, split))?.tuples : undefined;
  if (alone === undefined || alone > ALONE_MAX) {
    product.tables.forEach((table, chart) => {
      if (isCut[chart]) table.learnFrom(tables[chart] as LtsTable);
    });
    new PlainSearch(product, [], { statesMax: SAMPLE }).run();
    return;
  }
  product.tables.forEach((table, chart) => {
    if (isCut[chart]) table.takeOver(tables[chart] as LtsTable);
  });
}

class BlockSearch {
  readonly product: Product;
  readonly moves: Moves;
  readonly graph: OuterGraph;
  readonly blocks: Blocks;
  private readonly places: Places;
  private readonly runs = new Map<number, Run>();
  private readonly orbits: OuterSymmetry | undefined;

  constructor(
    product: Product,
    moves: Moves,
    graph: OuterGraph,
    store: EdgeStore,
    orbits: OuterSymmetry | undefined,
    threads: number | undefined,
  ) {
    this.product = product;
    this.moves = moves;
    this.graph = graph;
    this.blocks = new Blocks(moves, graph, store, threads);
    this.orbits = orbits;
    this.places = new Places(product, moves.space, graph, orbits?.outer);
  }

  run(watches: readonly Watch[], options: Omit<BlockOptions, 'symmetry'>): BlockExploration | Unfit {
    const { blocks, orbits, places, product } = this;
    const layers: number[] = [];
    blocks.seed();
    let limit: Limit | undefined;
    if (options.chain) blocks.chain();
    else limit = this.search(layers, options);
    const { dead, fired, states, outers, whole } = blocks.count();
    const broken = new Judge(product, this.moves, this.graph, blocks).broken(
      rulesOf(product, watches),
      fired,
      limit === undefined,
    );
    const refusals = this.refusals();
    const violations: (Violation | undefined)[] = watches.map(() => undefined);
    const loops = limit === undefined && !options.chain ? this.loops(watches) : [];
    if ('beyond' in loops) return { unfit: loops.beyond };
    // Runs are sought last: they search again, and leave only part of the blocks filled.
    const into = loops
      .flatMap((its) => its ?? [])
      .map(({ mask }) => ({ mask, steps: false, byLabel: () => true }));
    const runs = options.chain ? [] : shortestRuns(blocks, this.moves, places, [...broken, ...into]);
    broken.forEach(({ count, watch }, at) => {
      const run = runs[at];
      violations[watch] = { state: run?.state ?? -1, label: run?.label, count };
      if (run !== undefined) this.runs.set(run.state, run);
    });
    return {
      states,
      transitions: fired.reduce((sum, count) => sum + count, 0),
      ...(whole === undefined ? {} : { whole }),
      depth: Math.max(0, layers.length - 1),
      complete: limit === undefined,
      limit,
      violations,
      fired,
      refusals,
      path: (state) => [...this.runInto(state).path],
      locals: (state) => places.locals(state),
      successors: (state, visit) => places.successors(state, visit),
      ...(orbits === undefined ? {} : { concrete: (run) => concreteRun(product, orbits.whole, run) }),
      ...(limit === undefined ? { lassos: this.lassos(loops, runs.slice(broken.length)) } : {}),
      engine: this.described(states, outers),
      deadlocks: dead,
      layers,
      outers,
      bits: this.moves.space.size,
      density: states / (outers * this.moves.space.tuples),
    };
  }

  /** Per watch. */
  private loops(watches: readonly Watch[]): readonly (FairStates | undefined)[] | Beyond {
    const temporal = watches.flatMap((watch, at) => (watch.kind === 'temporal' ? [{ at, watch }] : []));
    const found = blockLoops(
      this,
      temporal.map(({ watch }) => watch),
    );
    if ('beyond' in found) return found;
    return watches.map((_, at) => found[temporal.findIndex((its) => its.at === at)]);
  }

  /** A loop for each run into fair states, in order. */
  private lassos(loops: readonly (FairStates | undefined)[], runs: readonly Run[]): (Lasso | undefined)[] {
    const left = [...runs];
    return loops.map((its) => {
      const run = its === undefined ? undefined : left.shift();
      if (its === undefined || run === undefined) return undefined;
      const { answers, labels } = its.through(this.places.outer(run.state), this.places.inner(run.state));
      return { prefix: run.path, loop: labels, answers, count: its.count };
    });
  }

  private described(states: number, outers: number): string {
    const { counted, size, tuples } = this.moves.space;
    const density = (states / (outers * tuples)).toFixed(3);
    const each = (states / outers).toFixed(1);
    return `blocks of ${size} bits (${counted.join(' × ')}), ${outers} outer states with ${each} states each, density ${density}`;
  }

  private search(layers: number[], options: Pick<SearchOptions, 'onProgress' | 'stop'>): Limit | undefined {
    let states = 0;
    for (const layer of this.blocks.layers()) {
      layers.push(layer.states);
      const expanded = states;
      states += layer.states;
      options.onProgress?.({
        states,
        expanded,
        depth: layers.length - 1,
        bytes: this.blocks.bytes + this.graph.bytes,
        outers: { found: this.graph.states, active: layer.outers },
      });
      const limit = options.stop?.();
      if (limit !== undefined) return limit;
    }
    return undefined;
  }

  private runInto(state: number): Run {
    let run = this.runs.get(state);
    if (run === undefined) {
      const bit = noBits(this.blocks.words);
      addBit(bit, this.places.inner(state));
      const none = noBits(0);
      const mask = (outer: number) => (outer === this.places.outer(state) ? bit : none);
      [run] = shortestRuns(this.blocks, this.moves, this.places, [
        { mask, steps: false, byLabel: () => true },
      ]);
      if (run === undefined) throw new Error(`no run into state ${state}`);
      this.runs.set(state, run);
    }
    return run;
  }

  /** States that were marked because an observer may refuse there are asked one by one. */
  private refusals(): Refusal[] {
    const found = new Map<string, Refusal>();
    if (!this.moves.all.some(({ refusal }) => refusal)) return [];
    for (let outer = 0; outer < this.graph.states; outer++)
      this.blocks.edges(outer, (_, move) => {
        const its = this.moves.all[move];
        if (!its?.refusal) return;
        for (const { label } of its.labels)
          for (const j of indicesOf(this.blocks.visited(outer))) {
            const refusal = this.refusalOf(label, this.places.locals(this.places.id(outer, j)));
            if (refusal !== undefined) found.set(`${refusal.chart}|${refusal.local}|${label}`, refusal);
          }
      });
    return [...found.values()];
  }

  private refusalOf(label: number, locals: Int32Array): Refusal | undefined {
    for (const { chart, own, role } of this.product.owners[label] ?? []) {
      const local = locals[chart] as number;
      if (this.product.tables[chart]?.successor(local, own) !== REFUSED) continue;
      return role === 'observes' ? { chart, local, label } : undefined;
    }
    return undefined;
  }
}

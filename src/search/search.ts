/**
 * Breadth-first search of a product. Integers in, integers out; names are the caller's business.
 * One run evaluates every watch and never stops at a violation. States are expanded in the order found and labels in alphabet
 * order, so the path to a state is the first in alphabet order among the shortest.
 */

import { REFUSED } from '../compile/table.ts';
import type { Watch } from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';
import type { Limit } from '../core/verdict.ts';
import { cannotReach } from './reach.ts';
import { type Hash, StateStore } from './state-store.ts';
import { Watching } from './watching.ts';

export interface SearchOptions {
  readonly statesMax?: number;
  readonly depthMax?: number;
  /** Asked now and then; ends the search as bounded by what it returns. */
  readonly stop?: () => Limit | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** For tests: another hash must not change any count. */
  readonly hash?: Hash;
}

export interface Progress {
  readonly states: number;
  readonly expanded: number;
  readonly transitions: number;
  readonly depth: number;
  readonly bytes: number;
}

/** Where a watch was first violated: in a state, or by a label taken from it. */
export interface Violation {
  readonly state: number;
  readonly label: number | undefined;
  /** States (or, for a step, transitions) that violate it. */
  readonly count: number;
}

/** An observer that would not observe: the model breaks its own rules. */
export interface Refusal {
  readonly chart: number;
  readonly local: number;
  readonly label: number;
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** Least number of labels to the farthest state. */
  readonly depth: number;
  /** Nothing was left to expand. */
  readonly complete: boolean;
  readonly limit: Limit | undefined;
  /** Per watch. */
  readonly violations: readonly (Violation | undefined)[];
  /** Per label: how many transitions it made. */
  readonly fired: Float64Array;
  readonly refusals: readonly Refusal[];
  /** Labels on the shortest way to a state. */
  readonly path: (state: number) => number[];
  /** Local states of a state. */
  readonly locals: (state: number) => Int32Array;
  /**
   * Walks the explored graph: calls back for each transition out of an expanded state, in alphabet order.
   * Successors are computed again, not stored. Throws a RangeError for a state that was never expanded.
   */
  readonly successors: (state: number, visit: (label: number, to: number) => void) => void;
}

const ASK_EVERY = 4096;

export function explore(
  product: Product,
  watches: readonly Watch[],
  options: SearchOptions = {},
): Exploration {
  return new Search(product, watches, options).run();
}

class Search {
  private readonly product: Product;
  private readonly watching: Watching;
  private readonly options: SearchOptions;
  private readonly store: StateStore;
  private readonly violations: (Violation | undefined)[];
  private readonly fired: Float64Array;
  private readonly refusals = new Map<string, Refusal>();
  private parents = new Int32Array(1024);
  private via = new Int32Array(1024);
  private readonly current: Int32Array;
  /** The charts that the label being taken moves, and where to. */
  private readonly movers: Int32Array;
  private readonly moved: Int32Array;
  private expanded = 0;
  private taking = 0;
  private transitions = 0;
  /** Per goal: the transitions that may lead to it. */
  private readonly edges: readonly Edges[];
  private readonly reached: Uint8Array[];
  /** Per run of the alphabet and local state of its first owner: the labels it accepts. */
  private readonly candidates: Int32Array[][];

  constructor(product: Product, watches: readonly Watch[], options: SearchOptions) {
    this.product = product;
    this.options = options;
    this.watching = new Watching(product, watches);
    this.store = new StateStore(product.tables.length, options.hash);
    this.violations = watches.map(() => undefined);
    this.fired = new Float64Array(product.labels.length);
    this.current = new Int32Array(product.tables.length);
    this.movers = new Int32Array(product.tables.length);
    this.moved = new Int32Array(product.tables.length);
    this.edges = this.watching.goals.map(() => new Edges());
    this.reached = this.watching.goals.map(() => new Uint8Array(1024));
    this.candidates = product.runs.map(() => []);
  }

  run(): Exploration {
    this.parents[0] = -1;
    this.store.intern(this.current);
    let depth = 0;
    let layerEnd = 1;
    let limit: Limit | undefined;
    let state = 0;
    for (; state < this.store.size; state++) {
      if (state === layerEnd) {
        depth++;
        layerEnd = this.store.size;
        if (depth >= (this.options.depthMax ?? Number.POSITIVE_INFINITY)) limit = 'depth';
      }
      if (this.store.size >= (this.options.statesMax ?? Number.POSITIVE_INFINITY)) limit = 'states';
      if (state % ASK_EVERY === 0) limit ??= this.ask(state, depth);
      if (limit !== undefined) break;
      this.expand(state);
    }
    const complete = limit === undefined;
    if (complete) this.judgeGoals();
    const expanded = complete ? this.store.size : state;
    return {
      states: this.store.size,
      transitions: this.transitions,
      depth,
      complete,
      limit,
      violations: this.violations,
      fired: this.fired,
      refusals: [...this.refusals.values()],
      path: (id) => this.path(id),
      locals: (id) => {
        const locals = new Int32Array(this.product.tables.length);
        this.store.read(id, locals);
        return locals;
      },
      successors: (id, visit) => {
        if (!(id >= 0 && id < expanded)) throw new RangeError(`state ${id} was not expanded`);
        this.successors(id, visit);
      },
    };
  }

  private ask(expanded: number, depth: number): Limit | undefined {
    this.options.onProgress?.({
      states: this.store.size,
      expanded,
      transitions: this.transitions,
      depth,
      bytes: this.store.bytes,
    });
    return this.options.stop?.();
  }

  private expand(state: number): void {
    const { current, product } = this;
    this.store.read(state, current);
    this.expanded = state;
    this.watching.state(current, this.brokenByState, this.goalMet);
    for (const edges of this.edges) edges.open(state);
    for (let r = 0; r < product.runs.length; r++) {
      const run = product.runs[r] as (typeof product.runs)[number];
      const local = current[run.chart] as number;
      const labels = (this.candidates[r] as Int32Array[])[local] ?? this.findCandidates(r, local);
      for (let n = 0; n < labels.length; n++) this.take(state, labels[n] as number);
    }
  }

  private successors(state: number, visit: (label: number, to: number) => void): void {
    const { current, movers, moved, product } = this;
    this.store.read(state, current);
    product.runs.forEach(({ chart }, r) => {
      const local = current[chart] as number;
      for (const label of (this.candidates[r] as Int32Array[])[local] ?? this.findCandidates(r, local)) {
        if (!this.accepted(label)) continue;
        const to = this.store.internFrom(state, movers, moved, (product.owners[label] ?? []).length);
        if (to >= 0) throw new Error(`state ${state} has a successor that the search did not find`);
        visit(label, ~to);
      }
    });
  }

  /** Whether every owner accepts the label; then where each goes. */
  private accepted(label: number): boolean {
    const { current, movers, moved, product } = this;
    const owners = product.owners[label] as (typeof product.owners)[number];
    const count = owners.length;
    for (let n = 0; n < count; n++) {
      const { chart, own, role } = owners[n] as (typeof owners)[number];
      const table = product.tables[chart] as (typeof product.tables)[number];
      const to = table.successor(current[chart] as number, own);
      if (to === REFUSED) {
        if (role === 'observes') this.refuse(chart, current[chart] as number, label);
        return false;
      }
      movers[n] = chart;
      moved[n] = to;
    }
    return true;
  }

  /** Takes the label if every owner accepts it. */
  private take(state: number, label: number): void {
    if (!this.accepted(label)) return;
    const { current, movers, moved, product } = this;
    const count = (product.owners[label] as (typeof product.owners)[number]).length;
    this.transitions++;
    this.fired[label] = (this.fired[label] as number) + 1;
    this.taking = label;
    this.watching.step(label, current, moved, this.brokenByStep);
    const found = this.store.internFrom(state, movers, moved, count);
    if (found >= 0) this.found(found, state, label);
    for (let goal = 0; goal < this.edges.length; goal++)
      if (this.watching.goals[goal]?.usable[label] === 1) this.edges[goal]?.add(found >= 0 ? found : ~found);
  }

  private found(id: number, parent: number, label: number): void {
    if (id >= this.parents.length) {
      this.parents = doubled(this.parents);
      this.via = doubled(this.via);
    }
    this.parents[id] = parent;
    this.via[id] = label;
  }

  private findCandidates(r: number, local: number): Int32Array {
    const run = this.product.runs[r];
    const table = this.product.tables[run?.chart ?? 0];
    if (run === undefined || table === undefined) throw new RangeError(`no run ${r}`);
    const found: number[] = [];
    table.labels.forEach((label, own) => {
      if (label >= run.from && label < run.to && table.successor(local, own) !== REFUSED) found.push(label);
    });
    const labels = Int32Array.from(found);
    (this.candidates[r] as Int32Array[])[local] = labels;
    return labels;
  }

  private readonly brokenByState = (watch: number) => this.violated(watch, this.expanded, undefined);
  private readonly brokenByStep = (watch: number) => this.violated(watch, this.expanded, this.taking);
  private readonly goalMet = (goal: number) => this.reach(goal, this.expanded);

  private violated(watch: number, state: number, label: number | undefined): void {
    const known = this.violations[watch];
    this.violations[watch] =
      known === undefined ? { state, label, count: 1 } : { ...known, count: known.count + 1 };
  }

  private reach(goal: number, state: number): void {
    const marks = this.reached[goal] as Uint8Array;
    if (state < marks.length) marks[state] = 1;
    else {
      const grown = new Uint8Array(2 * state);
      grown.set(marks);
      grown[state] = 1;
      this.reached[goal] = grown;
    }
  }

  private refuse(chart: number, local: number, label: number): void {
    this.refusals.set(`${chart}|${local}|${label}`, { chart, local, label });
  }

  /** A goal must be reachable again from everywhere: backwards from the states that meet it. */
  private judgeGoals(): void {
    this.watching.goals.forEach(({ watch }, goal) => {
      const edges = this.edges[goal];
      const marks = this.reached[goal];
      if (edges === undefined || marks === undefined) return;
      const lost = cannotReach(this.store.size, edges.starts(this.store.size), edges.targets, marks);
      if (lost.count > 0) this.violations[watch] = { state: lost.first, label: undefined, count: lost.count };
    });
  }

  private path(state: number): number[] {
    const labels: number[] = [];
    for (let id = state; (this.parents[id] as number) >= 0; id = this.parents[id] as number)
      labels.push(this.via[id] as number);
    return labels.reverse();
  }
}

/** Successor lists in the order of expansion. */
class Edges {
  targets = new Int32Array(4096);
  private begins = new Int32Array(1024);
  private count = 0;

  open(state: number): void {
    if (state + 1 >= this.begins.length) this.begins = doubled(this.begins);
    this.begins[state] = this.count;
  }

  add(target: number): void {
    if (this.count === this.targets.length) this.targets = doubled(this.targets);
    this.targets[this.count++] = target;
  }

  /** Where each state's successors begin; one more entry for the end. */
  starts(states: number): Int32Array {
    const starts = this.begins.slice(0, states + 1);
    starts[states] = this.count;
    return starts;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * array.length);
  grown.set(array);
  return grown;
}

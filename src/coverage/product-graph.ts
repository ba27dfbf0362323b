/**
 * The reachable product as a graph in flat arrays: all that coverage needs to follow charts through it.
 */
import { REFUSED } from '../compile/table.ts';
import type { Product } from '../compose/product.ts';
import { StateStore } from '../search/state-store.ts';

export interface ProductGraph {
  readonly product: Product;
  readonly states: number;
  /** All reachable states are here and expanded. */
  readonly complete: boolean;
  /** `starts[s] … starts[s + 1]` delimits the transitions of state s. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly labels: Int32Array;
  /** Local state of one chart in every state. */
  readonly column: (chart: number) => Int32Array;
}

export interface GraphLimits {
  readonly statesMax?: number;
  readonly onProgress?: (states: number, expanded: number) => void;
}

const TELL_EVERY = 4096;

/** Breadth first, labels in alphabet order: ids are those of the search. A graph cut at the limit holds whole rows only. */
export function productGraph(product: Product, limits: GraphLimits = {}): ProductGraph {
  const charts = product.tables.length;
  const store = new StateStore(charts);
  const current = new Int32Array(charts);
  const after = new Int32Array(charts);
  const successors = new Successors(product);
  const edges = new Growing();
  const via = new Growing();
  const starts = new Growing();
  store.intern(current);
  const most = limits.statesMax ?? Number.POSITIVE_INFINITY;
  let state = 0;
  for (; state < store.size && store.size <= most; state++) {
    if (state % TELL_EVERY === 0) limits.onProgress?.(store.size, state);
    store.read(state, current);
    starts.push(edges.length);
    successors.each(current, after, (label) => {
      const id = store.intern(after);
      edges.push(id < 0 ? ~id : id);
      via.push(label);
    });
  }
  const complete = state === store.size;
  starts.push(edges.length);
  const rows = wholeRows(state, starts.take(), edges.take(), via.take());
  return {
    product,
    states: state,
    complete,
    ...rows,
    column: (chart) => {
      const locals = new Int32Array(charts);
      return Int32Array.from({ length: state }, (_, id) => {
        store.read(id, locals);
        return locals[chart] as number;
      });
    },
  };
}

/** Drops transitions to states that were not expanded. */
function wholeRows(states: number, starts: Int32Array, targets: Int32Array, labels: Int32Array) {
  const isKept = (_: number, e: number): boolean => (targets[e] as number) < states;
  const fresh = new Int32Array(states + 1);
  for (let s = 0; s < states; s++) {
    let kept = 0;
    for (let e = starts[s] as number; e < (starts[s + 1] as number); e++)
      if ((targets[e] as number) < states) kept++;
    fresh[s + 1] = (fresh[s] as number) + kept;
  }
  return { starts: fresh, targets: targets.filter(isKept), labels: labels.filter(isKept) };
}

/** What a product can do in a state. */
export class Successors {
  private readonly product: Product;
  /** Per run of the alphabet and local state of its first owner: the labels it accepts. */
  private readonly candidates: number[][][];

  constructor(product: Product) {
    this.product = product;
    this.candidates = product.runs.map(() => []);
  }

  /** Calls back for each enabled label, in alphabet order, with the state after it in `after`. */
  each(from: Int32Array, after: Int32Array, take: (label: number) => void): void {
    this.product.runs.forEach(({ chart }, run) => {
      for (const label of this.offered(run, from[chart] as number))
        if (this.step(from, label, after)) take(label);
    });
  }

  /** Writes the state after a label; false where some owner refuses. */
  step(from: Int32Array, label: number, after: Int32Array): boolean {
    after.set(from);
    for (const { chart, own } of this.product.owners[label] ?? []) {
      const to = this.product.tables[chart]?.successor(from[chart] as number, own) ?? REFUSED;
      if (to === REFUSED) return false;
      after[chart] = to;
    }
    return true;
  }

  private offered(run: number, local: number): readonly number[] {
    const known = this.candidates[run]?.[local];
    if (known !== undefined) return known;
    const { chart, from, to } = this.product.runs[run] ?? { chart: 0, from: 0, to: 0 };
    const table = this.product.tables[chart];
    const found = (table?.labels ?? []).filter(
      (label, own) => label >= from && label < to && table?.successor(local, own) !== REFUSED,
    );
    const row = this.candidates[run];
    if (row !== undefined) row[local] = found;
    return found;
  }
}

/** An integer array that grows. */
class Growing {
  length = 0;
  private array = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.array.length) {
      const grown = new Int32Array(2 * this.length);
      grown.set(this.array);
      this.array = grown;
    }
    this.array[this.length++] = value;
  }

  take(): Int32Array {
    return this.array.slice(0, this.length);
  }
}

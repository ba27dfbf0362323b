/**
 * The explored graph as arrays: what can be taken in each state, and where it leads. States by id, in breadth-first order.
 */
import { REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import type { Exploration } from '../search.ts';
import { StateStore } from '../state-store.ts';

export interface Graph {
  readonly states: number;
  /** `starts[s] … starts[s + 1]` delimits what state s offers, in alphabet order. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Label ids, parallel to `targets`. */
  readonly labels: Uint16Array;
}

/** Walks a complete exploration once more and keeps its transitions: 6 bytes each. */
export function graphOf(product: Product, exploration: Exploration): Graph {
  if (product.labels.length > 0xffff) throw new RangeError('more labels than 16 bits hold');
  const { states, transitions } = exploration;
  const store = new StateStore(product.tables.length);
  for (let state = 0; state < states; state++) store.intern(exploration.locals(state));
  const starts = new Int32Array(states + 1);
  const targets = new Int32Array(transitions);
  const labels = new Uint16Array(transitions);
  const offers = new Offers(product);
  const current = new Int32Array(product.tables.length);
  let count = 0;
  for (let state = 0; state < states; state++) {
    starts[state] = count;
    store.read(state, current);
    offers.of(current, (label, movers, moved, n) => {
      labels[count] = label;
      targets[count++] = ~store.internFrom(state, movers, moved, n);
    });
  }
  starts[states] = count;
  if (count !== transitions || store.size !== states) throw new Error('the second walk differs from the first');
  return { states, starts, targets, labels };
}

type OnOffer = (label: number, movers: Int32Array, moved: Int32Array, count: number) => void;

/** The labels that all their owners accept, in alphabet order. */
class Offers {
  private readonly product: Product;
  private readonly candidates: Int32Array[][];
  private readonly movers: Int32Array;
  private readonly moved: Int32Array;

  constructor(product: Product) {
    this.product = product;
    this.candidates = product.runs.map(() => []);
    this.movers = new Int32Array(product.tables.length);
    this.moved = new Int32Array(product.tables.length);
  }

  of(locals: Int32Array, on: OnOffer): void {
    this.product.runs.forEach(({ chart }, run) => {
      const local = locals[chart] as number;
      for (const label of this.candidates[run]?.[local] ?? this.find(run, local)) {
        const count = this.move(locals, label);
        if (count > 0) on(label, this.movers, this.moved, count);
      }
    });
  }

  /** How many charts the label moves; 0 where one refuses. */
  private move(locals: Int32Array, label: number): number {
    const owners = this.product.owners[label] ?? [];
    for (let n = 0; n < owners.length; n++) {
      const { chart, own } = owners[n] as (typeof owners)[number];
      const to = this.product.tables[chart]?.successor(locals[chart] as number, own) ?? REFUSED;
      if (to === REFUSED) return 0;
      this.movers[n] = chart;
      this.moved[n] = to;
    }
    return owners.length;
  }

  private find(run: number, local: number): Int32Array {
    const { chart, from, to } = this.product.runs[run] ?? { chart: 0, from: 0, to: 0 };
    const table = this.product.tables[chart];
    const accepted = table?.labels.filter(
      (label, own) => label >= from && label < to && table.successor(local, own) !== REFUSED,
    );
    const labels = Int32Array.from(accepted ?? []);
    (this.candidates[run] as Int32Array[])[local] = labels;
    return labels;
  }
}

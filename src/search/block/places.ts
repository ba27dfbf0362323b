/**
 * From outer state and inner index to local states of charts, and back.
 */
import type { Product } from '../../compose/product.ts';
import { canonical } from '../symmetry/orbits.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import type { InnerSpace } from './inner.ts';
import type { OuterGraph } from './outer-graph.ts';
import type { Field } from './outer-layout.ts';

/** A state as one number: outer state × size of the inner space + inner index. */
export class Places {
  private readonly product: Product;
  private readonly space: InnerSpace;
  private readonly graph: OuterGraph;
  /** Of outer states. */
  private readonly symmetry: Symmetry | undefined;

  constructor(product: Product, space: InnerSpace, graph: OuterGraph, symmetry?: Symmetry) {
    this.product = product;
    this.space = space;
    this.graph = graph;
    this.symmetry = symmetry;
  }

  id(outer: number, inner: number): number {
    return outer * this.space.size + inner;
  }
  outer(id: number): number {
    return Math.floor(id / this.space.size);
  }
  inner(id: number): number {
    return id % this.space.size;
  }

  locals(id: number): Int32Array {
    const outer = this.outer(id);
    const j = this.inner(id);
    return Int32Array.from(this.graph.layout.fields, (field: Field) => {
      const value = this.graph.value(outer, field);
      const { cut } = field;
      const its = cut === undefined ? undefined : this.space.cuts[cut];
      if (cut === undefined || its === undefined) return value;
      return its.at(value, this.space.coordinate[cut]?.[j] as number);
    });
  }

  /** With symmetry, the one that stands for its orbit. Throws where the search has no such state (a bug of ours). */
  find(locals: Int32Array): number {
    const inner = this.space.indexOf(
      this.space.cuts.reduce((sum, its, cut) => {
        const at = its.innerOf[locals[its.chart] as number] as number;
        return sum + at * (this.space.weights[cut] as number);
      }, 0),
    );
    const values = locals.map((local, chart) => {
      const { cut } = this.graph.layout.fields[chart] as Field;
      return cut === undefined ? local : (this.space.cuts[cut]?.outerOf[local] as number);
    });
    const outer = this.graph.find(
      this.symmetry === undefined ? values : canonical(this.symmetry, values).locals,
    );
    if (inner < 0) throw new Error('a state outside the inner space');
    return this.id(outer, inner);
  }

  /** Enabled labels in alphabet order, and where each leads, until one will do. */
  private some(
    id: number,
    does: (label: number, to: number) => boolean,
  ): { label: number; to: number } | undefined {
    const before = this.locals(id);
    for (let label = 0; label < this.product.labels.length; label++) {
      const after = before.slice();
      const owners = this.product.owners[label] ?? [];
      const isTaken = owners.every(({ chart, own }) => {
        const to = this.product.tables[chart]?.successor(before[chart] as number, own) ?? -1;
        after[chart] = to;
        return to >= 0;
      });
      if (!isTaken) continue;
      const to = this.find(after);
      if (does(label, to)) return { label, to };
    }
    return undefined;
  }

  successors(id: number, visit: (label: number, to: number) => void): void {
    this.some(id, (label, to) => {
      visit(label, to);
      return false;
    });
  }

  /** The first enabled label that will do; throws where none does (a bug of ours). */
  first(
    id: number,
    does: (label: number, to: number) => boolean,
  ): { readonly label: number; readonly to: number } {
    const found = this.some(id, does);
    if (found === undefined) throw new Error('a step that no label makes');
    return found;
  }
}

/**
 * State watches on blocks: per outer state, the inner states that violate. A sum has a part that the outer state fixes and a part
 * that the inner index adds; outer states with the same fixed parts and the same coordinates of cut charts share a mask.
 */
import type { LtsTable } from '../../compile/table.ts';
import { type CompiledCondition, meets, type Sums } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import { addBit, type Bits, isEmpty, noBits, wordsFor } from './bits.ts';
import type { InnerSpace } from './inner.ts';
import type { OuterGraph } from './outer-graph.ts';
import type { Field } from './outer-layout.ts';
import type { Coordinates } from './split.ts';

/** What a chart that is not cut adds to a sum, by local state; from 0 up. */
interface Column {
  readonly chart: number;
  readonly parts: Int32Array;
}
/** One sum of the rule: its fixed part is `least` and what the columns add. */
interface Term {
  readonly sum: number;
  readonly least: number;
  readonly span: number;
  readonly columns: readonly Column[];
}

const DENSE_MAX = 1 << 22;
const NONE = noBits(0);

/** The mask of one rule (clauses any of which violates) for each outer state. */
export class StateMasks {
  private readonly product: Product;
  private readonly space: InnerSpace;
  private readonly sums: Sums;
  private readonly clauses: readonly (readonly CompiledCondition[])[];
  private readonly terms: readonly Term[];
  /** Cut charts that add to some sum of the rule, and what each of their local states adds to which. */
  private readonly cutFields: readonly Field[];
  private readonly cutParts: readonly ReadonlyMap<number, Int32Array>[];
  /** By signature: 0 not worked out, else 1 + index into `masks`. */
  private readonly dense: Int32Array | undefined;
  private readonly sparse = new Map<number | string, number>();
  /** More signatures than a number can tell apart: they are kept as text. */
  private readonly isWide: boolean;
  private readonly masks: Bits[] = [];

  constructor(
    product: Product,
    space: InnerSpace,
    graph: OuterGraph,
    sums: Sums,
    clauses: readonly (readonly CompiledCondition[])[],
  ) {
    this.product = product;
    this.space = space;
    this.sums = sums;
    this.clauses = clauses;
    const used = [...new Set(clauses.flat().map(({ sum }) => sum))];
    const { fields } = graph.layout;
    this.terms = used.map((sum) => this.term(sum, fields));
    const cut = fields
      .filter((field) => field.cut !== undefined)
      .map((field) => ({ field, parts: this.partsOf(used, field.chart) }))
      .filter(({ parts }) => parts.size > 0);
    this.cutFields = cut.map(({ field }) => field);
    this.cutParts = cut.map(({ parts }) => parts);
    const size =
      this.terms.reduce((n, { span }) => n * span, 1) *
      this.cutFields.reduce((n, field) => n * 2 ** field.bits, 1);
    this.isWide = size > Number.MAX_SAFE_INTEGER;
    this.dense = size <= DENSE_MAX ? new Int32Array(size) : undefined;
  }

  /** Inner states that violate; empty (no words) where there are none. */
  of(values: Int32Array): Bits {
    let signature = 0;
    let text = '';
    const { cutFields, isWide, terms } = this;
    for (let t = 0; t < terms.length; t++) {
      const { columns, span } = terms[t] as Term;
      let part = 0;
      for (let c = 0; c < columns.length; c++) {
        const { chart, parts } = columns[c] as Column;
        part += parts[values[chart] as number] as number;
      }
      if (isWide) text += `${part},`;
      else signature = signature * span + part;
    }
    for (let f = 0; f < cutFields.length; f++) {
      const { bits, chart } = cutFields[f] as Field;
      if (isWide) text += `${values[chart]},`;
      else signature = signature * 2 ** bits + (values[chart] as number);
    }
    const key = isWide ? text : signature;
    const known = this.dense === undefined ? (this.sparse.get(key) ?? 0) : (this.dense[signature] as number);
    if (known > 0) return this.masks[known - 1] as Bits;
    const mask = this.work(values);
    this.masks.push(mask);
    if (this.dense === undefined) this.sparse.set(key, this.masks.length);
    else this.dense[signature] = this.masks.length;
    return mask;
  }

  private partsOf(used: readonly number[], chart: number): ReadonlyMap<number, Int32Array> {
    const table = this.product.tables[chart] as LtsTable;
    return new Map(
      used
        .filter((sum) => this.sums.charts[sum]?.includes(chart))
        .map((sum) => [sum, this.column(sum, chart, table)] as const)
        .filter(([, parts]) => parts.some((part) => part !== 0)),
    );
  }

  private column(sum: number, chart: number, table: LtsTable): Int32Array {
    return Int32Array.from({ length: table.size }, (_, local) => this.sums.part(sum, chart, local));
  }

  private term(sum: number, fields: readonly Field[]): Term {
    let least = 0;
    let span = 1;
    const columns: Column[] = [];
    for (const chart of this.sums.charts[sum] ?? []) {
      const field = fields[chart] as Field;
      if (field.cut !== undefined) continue;
      const table = this.product.tables[chart] as LtsTable;
      const all = this.column(sum, chart, table);
      const lowest = all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
      const highest = all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      least += lowest;
      span += highest - lowest;
      if (highest > lowest) columns.push({ chart, parts: all.map((part) => part - lowest) });
    }
    return { sum, least, span, columns };
  }

  /** Judges every inner index with the sums of this outer state. */
  private work(values: Int32Array): Bits {
    const fixed = new Map(
      this.terms.map(({ sum, least, columns }) => [
        sum,
        columns.reduce(
          (total, { chart, parts }) => total + (parts[values[chart] as number] as number),
          least,
        ),
      ]),
    );
    const { size } = this.space;
    const totals = new Map([...fixed].map(([sum, value]) => [sum, new Float64Array(size).fill(value)]));
    const possible = new Uint8Array(size).fill(1);
    this.cutFields.forEach((field, at) => {
      const cut = field.cut as number;
      const its = this.space.cuts[cut] as Coordinates;
      const outer = values[field.chart] as number;
      for (let j = 0; j < size; j++) {
        const inner = this.space.coordinate[cut]?.[j] ?? -1;
        const local = its.at(outer, inner);
        if (local < 0) possible[j] = 0;
        else
          for (const [sum, parts] of this.cutParts[at] ?? []) {
            const total = totals.get(sum) as Float64Array;
            total[j] = (total[j] as number) + (parts[local] as number);
          }
      }
    });
    const mask = noBits(wordsFor(size));
    for (let j = 0; j < size; j++) {
      const value = (sum: number) => totals.get(sum)?.[j] as number;
      const isMet = (conditions: readonly CompiledCondition[]) =>
        conditions.every((condition) => meets(value(condition.sum), condition));
      if (possible[j] === 1 && this.clauses.some(isMet)) addBit(mask, j);
    }
    return isEmpty(mask) ? NONE : mask;
  }
}

/** How many indices are in both sets. */
export function countBoth(some: Bits, mask: Bits): number {
  let count = 0;
  for (let n = 0; n < mask.length; n++) count += ones((some[n] as number) & (mask[n] as number));
  return count;
}

function ones(half: number): number {
  let v = half - ((half >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

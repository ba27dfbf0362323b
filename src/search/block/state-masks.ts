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
  private readonly terms: readonly Term[];
  /** Per term, by inner index: the sum, while a mask is worked out. */
  private readonly totals: readonly Float64Array[];
  private readonly judged: readonly (readonly {
    readonly condition: CompiledCondition;
    readonly total: Float64Array;
  }[])[];
  /** Cut charts that add to some sum of the rule, and what each of their local states adds to which. */
  private readonly cutFields: readonly Field[];
  private readonly cutParts: readonly ReadonlyMap<number, Int32Array>[];
  /** Charts that outer states are told apart by, and what each adds to the signature, by the value of its field. */
  readonly charts: Int32Array;
  readonly parts: readonly Float64Array[];
  /** How many signatures there may be. */
  readonly signatures: number;
  /** All that were worked out. */
  readonly all: Bits[] = [];
  private readonly small: readonly Int32Array[];
  /** By signature, where there are few: 0 not worked out, else 1 + index into `all`. */
  private readonly dense: Int32Array | undefined;
  private readonly sparse = new Map<number | string, Bits>();
  /** More signatures than a number can tell apart: they are kept as text. */
  private readonly isWide: boolean;

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
    const used = [...new Set(clauses.flat().map(({ sum }) => sum))];
    const { fields } = graph.layout;
    this.terms = used.map((sum) => this.term(sum, fields));
    this.totals = used.map(() => new Float64Array(space.size));
    this.judged = clauses.map((conditions) =>
      conditions.map((condition) => ({
        condition,
        total: this.totals[used.indexOf(condition.sum)] as Float64Array,
      })),
    );
    const cut = fields
      .filter((field) => field.cut !== undefined)
      .map((field) => ({ field, parts: this.partsOf(used, field.chart) }))
      .filter(({ parts }) => parts.size > 0);
    this.cutFields = cut.map(({ field }) => field);
    this.cutParts = cut.map(({ parts }) => parts);
    const digits = [
      ...this.terms,
      ...this.cutFields.map(({ bits, chart }) => ({
        span: 2 ** bits,
        columns: [{ chart, parts: Int32Array.from({ length: 2 ** bits }, (_, value) => value) }],
      })),
    ];
    this.signatures = digits.reduce((n, { span }) => n * span, 1);
    this.isWide = this.signatures > Number.MAX_SAFE_INTEGER;
    const weighed = this.isWide ? asTheyAre(digits) : asOneNumber(digits);
    this.charts = Int32Array.from(weighed, ([chart]) => chart);
    this.dense = this.signatures <= DENSE_MAX ? new Int32Array(this.signatures) : undefined;
    this.parts = weighed.map(([, parts]) => parts);
    this.small = this.dense === undefined ? [] : this.parts.map((parts) => Int32Array.from(parts));
  }

  /** Inner states that violate; empty (no words) where there are none. */
  of(values: Int32Array): Bits {
    return this.dense === undefined
      ? this.sparsely(values)
      : (this.all[this.numberOf(this.signature(values), values)] as Bits);
  }

  /** Where there are few: the number that stands for all that the mask depends on. */
  signature(values: Int32Array): number {
    const { charts, small } = this;
    let signature = 0;
    for (let c = 0; c < charts.length; c++)
      signature += (small[c] as Int32Array)[values[charts[c] as number] as number] as number;
    return signature;
  }

  /** Index into `all` of the mask with this signature, which is that of these values. */
  numberOf(signature: number, values: Int32Array): number {
    const known = this.dense?.[signature] ?? 0;
    if (known > 0) return known - 1;
    const number = this.all.push(this.work(values)) - 1;
    if (this.dense !== undefined) this.dense[signature] = number + 1;
    return number;
  }

  private sparsely(values: Int32Array): Bits {
    const { charts, isWide, parts } = this;
    let signature = 0;
    let text = '';
    for (let c = 0; c < charts.length; c++) {
      const part = (parts[c] as Float64Array)[values[charts[c] as number] as number] as number;
      if (isWide) text += `${part},`;
      else signature += part;
    }
    const key = isWide ? text : signature;
    let mask = this.sparse.get(key);
    if (mask === undefined) {
      mask = this.work(values);
      this.sparse.set(key, mask);
    }
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
    const { size } = this.space;
    this.terms.forEach(({ columns, least }, term) => {
      let fixed = least;
      for (const { chart, parts } of columns) fixed += parts[values[chart] as number] as number;
      this.totals[term]?.fill(fixed);
    });
    const mask = noBits(wordsFor(size));
    const isPossible = this.addInner(values);
    for (let j = 0; j < size; j++) if (isPossible[j] === 1 && this.isBroken(j)) addBit(mask, j);
    return isEmpty(mask) ? NONE : mask;
  }

  /** What the cut charts add, to the totals; which inner indices go with these outer coordinates. */
  private addInner(values: Int32Array): Uint8Array {
    const isPossible = new Uint8Array(this.space.size).fill(1);
    this.cutFields.forEach((field, at) => {
      const cut = field.cut as number;
      const its = this.space.cuts[cut] as Coordinates;
      const coordinate = this.space.coordinate[cut] as Int32Array;
      const outer = values[field.chart] as number;
      const parts = this.terms.map(({ sum }) => this.cutParts[at]?.get(sum));
      for (let j = 0; j < isPossible.length; j++) {
        const local = its.at(outer, coordinate[j] as number);
        if (local < 0) isPossible[j] = 0;
        else
          for (let term = 0; term < parts.length; term++) {
            const total = this.totals[term] as Float64Array;
            total[j] = (total[j] as number) + (parts[term]?.[local] ?? 0);
          }
      }
    });
    return isPossible;
  }

  private isBroken(j: number): boolean {
    for (const conditions of this.judged) {
      let met = true;
      for (const { condition, total } of conditions) met &&= meets(total[j] as number, condition);
      if (met) return true;
    }
    return false;
  }
}

type Digit = Pick<Term, 'span' | 'columns'>;
/** A chart, and what it adds to a signature. */
type Weighed = readonly [chart: number, parts: Float64Array];

/**
 * Digits of a number: each chart adds its parts times the weight of their digit, so that there is one look-up a chart however many
 * sums it adds to.
 */
function asOneNumber(digits: readonly Digit[]): readonly Weighed[] {
  const all = new Map<number, Float64Array>();
  let weight = 1;
  for (const { columns, span } of digits) {
    for (const { chart, parts } of columns) {
      const before = all.get(chart);
      all.set(
        chart,
        Float64Array.from(parts, (part, value) => (before?.[value] ?? 0) + weight * part),
      );
    }
    weight *= span;
  }
  return [...all];
}

const asTheyAre = (digits: readonly Digit[]): readonly Weighed[] =>
  digits.flatMap(({ columns }) =>
    columns.map(({ chart, parts }) => [chart, Float64Array.from(parts)] as const),
  );

/** How many indices are in both sets. */
export function countBoth(some: Bits, mask: Bits): number {
  let count = 0;
  for (let n = 0; n < mask.length; n++) count += ones((some[n] as number) & (mask[n] as number));
  return count;
}

/** Bits that are set. */
function ones(half: number): number {
  let v = half - ((half >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * One chart's table as the generated code reads it: a row of fixed length for each local state.
 *
 *   masks    64 labels a word: which the chart lets happen (`asks`: as an owner that may refuse; `observes`: as one that may
 *            not), and which cells are still unknown; 1 in the first two where the chart does not own the label or nobody knows.
 *            Per step watch: which labels taken from here are broken steps.
 *   orbits   with symmetry: symmetry/orbit-columns.ts
 *   sums     32 bits each: what the local state adds to a sum
 *   next     per own label 16 bits each: the local state after it, and its square (squares.ts)
 *
 * The rows live here; those that changed are copied into the memory of the search.
 */
import { UNKNOWN } from '../../compile/answers.ts';
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { type OrbitColumns, orbitColumns, writeColumns } from '../symmetry/orbit-columns.ts';
import type { Rules, StepRule } from './watches.ts';

/** Byte offset in the row, per word of labels; undefined where the chart has nothing to say about these labels. */
export type Masks = readonly (number | undefined)[];

const WORD_BYTES = 8;
/** The nth own label has its successor here, and its square 2 bytes later. */
export const NEXT_BYTES = 4;

export class ChartRows {
  readonly asks: Masks;
  readonly observes: Masks;
  readonly unknown: Masks;
  /** Per step watch. */
  readonly broken: readonly Masks[];
  readonly orbits: OrbitColumns;
  /** Byte offset per sum that the chart adds to. */
  readonly sums: ReadonlyMap<number, number>;
  /** Byte offset of the first successor. */
  readonly next: number;
  /** Bytes a row. */
  readonly stride: number;
  /** Rows written. */
  size = 0;
  bytes = new Uint8Array(0);
  private readonly chart: number;
  private readonly table: LtsTable;
  private readonly product: Product;
  private readonly rules: Rules;
  private readonly dirty = new Set<number>();

  constructor(product: Product, chart: number, rules: Rules) {
    const table = product.tables[chart];
    if (table === undefined) throw new RangeError(`no chart ${chart}`);
    this.product = product;
    this.chart = chart;
    this.table = table;
    this.rules = rules;
    const words = Math.ceil(product.labels.length / 64);
    let end = 0;
    const masks = (concerns: (own: number) => boolean): Masks =>
      Array.from({ length: words }, (_, word) => {
        if (!table.labels.some((label, own) => label >> 6 === word && concerns(own))) return undefined;
        end += WORD_BYTES;
        return end - WORD_BYTES;
      });
    this.asks = masks((own) => table.roles[own] !== 'observes');
    this.observes = masks((own) => table.roles[own] === 'observes');
    this.unknown = masks(() => true);
    this.broken = rules.steps.map(({ judge }) =>
      masks(() => judge.holds !== undefined && judge.on === table.chart.kind),
    );
    this.orbits = orbitColumns(rules.orbits?.symmetry, chart, end);
    end = 4 * Math.ceil(this.orbits.end / 4);
    const sums = new Map<number, number>();
    rules.sums.charts.forEach((charts, sum) => {
      if (!charts.includes(chart)) return;
      sums.set(sum, end);
      end += 4;
    });
    this.sums = sums;
    this.next = end;
    end += NEXT_BYTES * table.labels.length;
    this.stride = Math.max(WORD_BYTES, Math.ceil(end / WORD_BYTES) * WORD_BYTES);
  }

  /** Whether generated code has to look at this chart at all. */
  get isEmpty(): boolean {
    return this.table.labels.length === 0 && this.sums.size === 0;
  }

  /** Makes rows for local states met since. */
  extend(): void {
    const { size } = this.table;
    if (size * this.stride > this.bytes.length) {
      const grown = new Uint8Array(2 * size * this.stride);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    for (; this.size < size; this.size++) this.begin(this.size);
  }

  isKnown(local: number, own: number): boolean {
    const label = this.table.labels[own] ?? 0;
    return (this.byte(local, this.unknown, label) & (1 << (label & 7))) === 0;
  }

  /** Writes one cell: a successor, or `REFUSED`. */
  write(local: number, own: number, to: number): void {
    const label = this.table.labels[own] ?? 0;
    this.clear(local, this.unknown, label);
    this.dirty.add(local);
    if (to === REFUSED) {
      this.clear(local, this.table.roles[own] === 'observes' ? this.observes : this.asks, label);
      return;
    }
    const view = new DataView(this.bytes.buffer);
    view.setUint16(this.nextAt(local, own), to, true);
    this.rules.steps.forEach((rule, at) => {
      if (this.breaks(rule, local, label, to)) this.set(local, this.broken[at] ?? [], label);
    });
  }

  /** The successor that was written; `REFUSED` also where none was. */
  to(local: number, own: number): number {
    const label = this.table.labels[own] ?? 0;
    const masks = this.table.roles[own] === 'observes' ? this.observes : this.asks;
    const bit = 1 << (label & 7);
    if ((this.byte(local, this.unknown, label) & bit) !== 0 || (this.byte(local, masks, label) & bit) === 0)
      return REFUSED;
    const at = this.nextAt(local, own);
    return (this.bytes[at] ?? 0) | ((this.bytes[at + 1] ?? 0) << 8);
  }

  /** Numbers the square of a cell. */
  mark(local: number, own: number, square: number): void {
    const at = this.nextAt(local, own) + 2;
    const was = (this.bytes[at] ?? 0) | ((this.bytes[at + 1] ?? 0) << 8);
    if (was === square) return;
    this.bytes[at] = square & 255;
    this.bytes[at + 1] = square >> 8;
    this.dirty.add(local);
  }

  /** Copies what changed to where the rows stand in the memory of the search. */
  flush(into: Uint8Array, base: number): void {
    for (const local of this.dirty) {
      const from = local * this.stride;
      into.set(this.bytes.subarray(from, from + this.stride), base + from);
    }
    this.dirty.clear();
  }

  /** Copies all. */
  copy(into: Uint8Array, base: number): void {
    into.set(this.bytes.subarray(0, this.size * this.stride), base);
    this.dirty.clear();
  }

  private nextAt(local: number, own: number): number {
    return local * this.stride + this.next + NEXT_BYTES * own;
  }

  private breaks({ judge }: StepRule, local: number, label: number, to: number): boolean {
    const event = this.product.labels[label];
    if (judge.holds === undefined || judge.on !== this.table.chart.kind || event === undefined) return false;
    return !judge.holds(this.table.quantities(local), event, this.table.quantities(to));
  }

  private begin(local: number): void {
    const at = local * this.stride;
    for (const masks of [this.asks, this.observes])
      for (const offset of masks)
        if (offset !== undefined) this.bytes.fill(255, at + offset, at + offset + WORD_BYTES);
    for (const label of this.table.labels) this.set(local, this.unknown, label);
    const view = new DataView(this.bytes.buffer);
    for (const [sum, offset] of this.sums)
      view.setInt32(at + offset, this.rules.sums.part(sum, this.chart, local), true);
    const symmetry = this.rules.orbits?.symmetry;
    if (symmetry !== undefined) writeColumns(view, at, this.orbits, symmetry, this.chart, local);
    this.dirty.add(local);
    const { labels, next } = this.table;
    for (const own of labels.keys()) {
      const to = next[local * labels.length + own] ?? UNKNOWN;
      if (to !== UNKNOWN) this.write(local, own, to);
    }
  }

  private place(local: number, masks: Masks, label: number): number {
    const offset = masks[label >> 6];
    if (offset === undefined) throw new RangeError(`${this.table.chart.id} has no mask for label ${label}`);
    return local * this.stride + offset + ((label & 63) >> 3);
  }

  private byte(local: number, masks: Masks, label: number): number {
    return this.bytes[this.place(local, masks, label)] ?? 0;
  }

  private set(local: number, masks: Masks, label: number): void {
    const at = this.place(local, masks, label);
    this.bytes[at] = (this.bytes[at] ?? 0) | (1 << (label & 7));
  }

  private clear(local: number, masks: Masks, label: number): void {
    const at = this.place(local, masks, label);
    this.bytes[at] = (this.bytes[at] ?? 0) & ~(1 << (label & 7));
  }
}

/**
 * Which labels commute in a chart. In local state l the labels a and b close a square if both are taken there, each is taken after
 * the other, and both orders end in the same local state. A label that the chart does not own closes one with any. Per cell (l, a)
 * there is a number, and per number a mask over the alphabet: the b's.
 *
 * Squares are found from the rows that the program has, so a cell that nobody asked for yet closes none; what was found stays true.
 */
import { REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { labelWords } from './memory.ts';
import type { ChartRows } from './rows.ts';

/** Numbers have 16 bits. */
const MOST = 1 << 16;
const FIRST_ROOM = 64;

export class Squares {
  private readonly product: Product;
  private readonly rows: readonly ChartRows[];
  /** 32-bit words a mask. */
  private readonly length: number;
  /** Per chart: every label that it does not own. */
  private readonly foreign: readonly Uint32Array[];
  /** By number; 0 is the empty one, which is right for any cell. */
  private readonly masks: Uint32Array[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly changed = new Set<number>();
  /** Masks that there is memory for. */
  private room = FIRST_ROOM;

  constructor(product: Product, rows: readonly ChartRows[]) {
    this.product = product;
    this.rows = rows;
    this.length = 2 * labelWords(product.labels.length);
    this.foreign = product.tables.map(({ labels }) => {
      const mask = new Uint32Array(this.length).fill(-1);
      for (const label of labels) flip(mask, label);
      return mask;
    });
    this.number(new Uint32Array(this.length));
  }

  /** Memory for the masks, twice what they need now. */
  get bytes(): number {
    return 4 * this.length * this.room;
  }

  makeRoom(): void {
    this.room = Math.min(MOST, Math.max(FIRST_ROOM, 2 * this.masks.length));
  }

  /** Some cells of the chart were written. */
  note(chart: number): void {
    this.changed.add(chart);
  }

  /** Numbers the cells of the charts that changed. */
  find(): void {
    const changed = [...this.changed];
    this.changed.clear();
    for (const chart of changed) this.findIn(chart);
  }

  /** Copies the masks to where they stand in the memory of the search. */
  copy(memory: ArrayBuffer | SharedArrayBuffer, at: number): void {
    const into = new Uint32Array(memory, at, this.length * this.room);
    for (const [n, mask] of this.masks.slice(0, this.room).entries()) into.set(mask, n * this.length);
  }

  private findIn(chart: number): void {
    const rows = this.rows[chart] as ChartRows;
    const { labels } = this.product.tables[chart] as Product['tables'][number];
    for (let local = 0; local < rows.size; local++) {
      const taken = labels.flatMap((label, own) => {
        const to = rows.to(local, own);
        return to === REFUSED ? [] : [{ label, own, to }];
      });
      for (const a of taken) {
        const mask = (this.foreign[chart] as Uint32Array).slice();
        for (const b of taken) {
          const end = rows.to(a.to, b.own);
          if (end !== REFUSED && end === rows.to(b.to, a.own)) flip(mask, b.label);
        }
        const number = this.number(mask);
        if (number < this.room) rows.mark(local, a.own, number);
        else this.changed.add(chart);
      }
    }
  }

  private number(mask: Uint32Array): number {
    const key = mask.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.masks.length === MOST) return 0;
    this.numbers.set(key, this.masks.length);
    return this.masks.push(mask) - 1;
  }
}

function flip(mask: Uint32Array, label: number): void {
  mask[label >> 5] = (mask[label >> 5] as number) ^ (1 << (label & 31));
}

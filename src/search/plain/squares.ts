/**
 * What b does after a in one chart, from local state l in which a is taken: a b against b a, b and nothing.
 *
 *   commutes  b is taken in l too, and b a ends where a b does: they close a square
 *   undoes    a b ends in l
 *   covers    b is taken in l too, and ends where a b does
 *
 * A chart that does not own b lets it commute with anything; the other two are true there if a stays in l. Per cell (l, a) there is a
 * number, and per number three masks over the alphabet: the b's.
 *
 * All this is found from the rows that the program has, so of a cell that nobody asked for yet nothing is said; what was found stays
 * true.
 */
import { REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { labelWords } from './memory.ts';
import type { ChartRows } from './rows.ts';

/** Masks a number, in the order above. */
export const SQUARE_MASKS = 3;
/** Numbers have 16 bits. */
const MOST = 1 << 16;
const FIRST_ROOM = 64;
/** What b does after a in one chart, as bits beside the own number of b. */
const COMMUTES = 1;
const UNDOES = 2;
const COVERS = 4;
const SIDES = 8;

export class Squares {
  private readonly product: Product;
  private readonly rows: readonly ChartRows[];
  /** 32-bit words a mask, and a number. */
  private readonly words: number;
  private readonly length: number;
  /** Per chart: every label that it does not own. */
  private readonly foreign: readonly Uint32Array[];
  /** By number; those of 0 are empty, which is right for any cell. */
  private readonly masks: Uint32Array[] = [];
  private readonly numbers = new Map<string, number>();
  /** Per chart: by what follows a cell. */
  private readonly numbersOf: readonly Map<string, number>[];
  private readonly changed = new Set<number>();
  /** Masks that there is memory for. */
  private room = MOST;

  constructor(product: Product, rows: readonly ChartRows[]) {
    this.product = product;
    this.rows = rows;
    this.words = 2 * labelWords(product.labels.length);
    this.length = SQUARE_MASKS * this.words;
    this.foreign = product.tables.map(({ labels }) => {
      const mask = new Uint32Array(this.words).fill(-1);
      for (const label of labels) flip(mask, label);
      return mask;
    });
    this.number(new Uint32Array(this.length));
    this.numbersOf = product.tables.map(() => new Map());
    // Some tables may be filled already, by an earlier search.
    for (const chart of rows.keys()) this.note(chart);
    this.find();
    this.makeRoom();
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
    for (const [n, masks] of this.masks.slice(0, this.room).entries()) into.set(masks, n * this.length);
  }

  private findIn(chart: number): void {
    const rows = this.rows[chart] as ChartRows;
    const { length: width } = (this.product.tables[chart] as Product['tables'][number]).labels;
    const to = new Int32Array(rows.size * width);
    const taken: number[][] = [];
    for (let local = 0; local < rows.size; local++) {
      const owns: number[] = [];
      for (let own = 0; own < width; own++) {
        const end = rows.to(local, own);
        to[local * width + own] = end;
        if (end !== REFUSED) owns.push(own);
      }
      taken.push(owns);
    }
    const numbers = this.numbersOf[chart] as Map<string, number>;
    taken.forEach((owns, local) => {
      for (const a of owns) {
        const middle = to[local * width + a] as number;
        const after = (taken[middle] ?? []).map((b) => {
          const [end, alone] = [to[middle * width + b], to[local * width + b] as number];
          const undoes = end === local ? UNDOES : 0;
          if (alone === REFUSED) return SIDES * b + undoes;
          const covers = end === alone ? COVERS : 0;
          return SIDES * b + undoes + covers + (end === to[alone * width + a] ? COMMUTES : 0);
        });
        const stays = middle === local;
        // Cells are many, and few differ in this.
        const key = String.fromCharCode(stays ? 1 : 0, ...after);
        const number = numbers.get(key) ?? this.number(this.masksOf(chart, stays, after));
        numbers.set(key, number);
        if (number < this.room) rows.mark(local, a, number);
        else this.changed.add(chart);
      }
    });
  }

  /** `stays`: a leads back to where it was taken. `after`: what is taken then, with the sides of its square. */
  private masksOf(chart: number, stays: boolean, after: readonly number[]): Uint32Array {
    const { words } = this;
    const { labels } = this.product.tables[chart] as Product['tables'][number];
    const foreign = this.foreign[chart] as Uint32Array;
    const masks = new Uint32Array(this.length);
    const [commutes, undoes, covers] = [0, 1, 2].map((n) => masks.subarray(n * words, (n + 1) * words)) as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    commutes.set(foreign);
    if (stays) for (const mask of [undoes, covers]) mask.set(foreign);
    for (const one of after) {
      const label = labels[Math.floor(one / SIDES)] as number;
      if ((one & UNDOES) !== 0) flip(undoes, label);
      if ((one & COVERS) !== 0) flip(covers, label);
      if ((one & COMMUTES) !== 0) flip(commutes, label);
    }
    return masks;
  }

  private number(masks: Uint32Array): number {
    const key = masks.join();
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.masks.length === MOST) return 0;
    this.numbers.set(key, this.masks.length);
    return this.masks.push(masks) - 1;
  }
}

function flip(mask: Uint32Array, label: number): void {
  mask[label >> 5] = (mask[label >> 5] as number) ^ (1 << (label & 31));
}

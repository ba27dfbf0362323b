/**
 * What a label does to the inner index, given the outer coordinates of the charts it moves: a partial function, taken apart
 * into classes of one displacement each. Every class is a mask of sources and a shift.
 * A move is what a label does towards one outer successor; a bundle is several moves of one state onto itself, as one.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { addBit, addBits, type Bits, copyOf, hashOf, isEqual, noBits, wordsFor } from './bits.ts';
import type { InnerSpace } from './inner.ts';
import type { Coordinates } from './split.ts';

export interface Class {
  /** How far a bit moves; negative towards lower indices. */
  readonly shift: number;
  readonly sources: Bits;
}

export interface Move {
  /** The labels that make it; several in a bundle, each with its own sources. */
  readonly labels: readonly { readonly label: number; readonly sources: Bits }[];
  /** Without the steps that leave everything where it is, for a move of an outer state onto itself. */
  readonly classes: readonly Class[];
  /** Whether an observer may refuse it here: looked into after the search. */
  readonly refusal: boolean;
  /** Of a bundle: the moves in it. */
  readonly parts?: readonly number[];
}

/** What one label does from one combination of outer coordinates of its cut owners. */
export interface Outcome {
  /** New outer coordinate per cut owner, and the move. */
  readonly ways: readonly { readonly outers: readonly number[]; readonly move: number }[];
  /** The move that stands for a refusal by an observer, where one is possible. */
  readonly refusal: number | undefined;
}

interface Worked extends Outcome {
  readonly label: number;
  readonly outers: readonly number[];
  readonly stamp: number;
}

interface CutOwner {
  /** Which of the cut charts. */
  readonly cut: number;
  readonly own: number;
  readonly observes: boolean;
}

/** Entries of a row beside local states and `REFUSED`: no local state has these coordinates, or nobody has asked. */
const IMPOSSIBLE = -3;
const UNASKED = -4;

/** What one owner of a label does from one outer coordinate, by inner coordinate. */
interface Row {
  readonly cut: number;
  readonly outer: number;
  readonly own: number;
  readonly observes: boolean;
  /** Local states that the outer coordinate had. */
  readonly size: number;
  readonly next: Int32Array;
  /** The outer coordinate it goes to, and what it adds to the number of the tuple. */
  readonly outers: Int32Array;
  readonly by: Float64Array;
}

/** Where the owners go, and from which inner indices, by displacement. */
interface Way {
  readonly outers: readonly number[];
  readonly shifts: Map<number, Bits>;
}

export class Moves {
  readonly product: Product;
  readonly space: InnerSpace;
  readonly words: number;
  /** By id; 0 stands for none. */
  readonly all: Move[] = [{ labels: [], classes: [], refusal: false }];
  /** Per label: its cut owners in the order in which they are asked. */
  readonly cutOwners: readonly (readonly CutOwner[])[];
  /** Something was met that has no place in the cuts or the inner space: they must be made again. */
  isStale = false;
  /** A chart showed a local state that an outcome worked out before should have counted: outcomes must be asked again. */
  hasGrown = false;
  private readonly outcomes = new Map<string, Worked>();
  /** Per cut: outer coordinates that some outcome was asked for. */
  private readonly asked: readonly Set<number>[];
  /** Per cut, by outer coordinate and label. */
  private readonly rows: readonly Map<number, Row>[];
  private readonly refusals = new Map<number, number>();
  private readonly known = new Map<string, number>();
  private readonly masks = new Map<number, { readonly bits: Bits; readonly id: number }[]>();
  private readonly ids = new Map<Bits, number>();
  private readonly everything: Bits;

  constructor(product: Product, space: InnerSpace) {
    this.product = product;
    this.space = space;
    this.words = wordsFor(space.size);
    this.asked = space.cuts.map(() => new Set());
    this.rows = space.cuts.map(() => new Map());
    this.everything = noBits(this.words);
    for (let j = 0; j < space.size; j++) if (isTuple(space, j)) addBit(this.everything, j);
    this.cutOwners = product.owners.map((owners) =>
      owners.flatMap(({ chart, own, role }) => {
        const at = space.cuts.findIndex((its) => its.chart === chart);
        return at < 0 ? [] : [{ cut: at, own, observes: role === 'observes' }];
      }),
    );
  }

  /** `outers`: the outer coordinate per cut owner of the label. */
  outcome(label: number, outers: readonly number[]): Outcome {
    const key = `${label}:${outers.join()}`;
    const owners = this.cutOwners[label] as readonly CutOwner[];
    const stamp = this.stampOf(owners, outers);
    let known = this.outcomes.get(key);
    if (known?.stamp !== stamp) {
      owners.forEach(({ cut }, n) => {
        this.asked[cut]?.add(outers[n] as number);
      });
      known = { ...this.work(label, outers), label, outers, stamp };
      this.outcomes.set(key, known);
    }
    return known as Outcome;
  }

  /** Works out again what was asked before a chart grew, until that makes no chart grow. */
  settle(): void {
    while (this.hasGrown && !this.isStale) {
      this.hasGrown = false;
      for (const { label, outers, stamp } of [...this.outcomes.values()])
        if (this.stampOf(this.cutOwners[label] ?? [], outers) !== stamp) this.outcome(label, outers);
    }
  }

  /** Changes whenever one of these outer coordinates gets another local state. */
  private stampOf(owners: readonly CutOwner[], outers: readonly number[]): number {
    let sum = 0;
    for (let n = 0; n < owners.length; n++)
      sum += this.space.cuts[owners[n]?.cut ?? -1]?.sizeOf(outers[n] as number) ?? 0;
    return sum;
  }

  /** The move that marks a state in which an observer may refuse the label. */
  refusal(label: number): number {
    let known = this.refusals.get(label);
    if (known === undefined) {
      known = this.add({ labels: [{ label, sources: noBits(this.words) }], classes: [], refusal: true });
      this.refusals.set(label, known);
    }
    return known;
  }

  /** Both moves as one; they must leave the outer state where it is. */
  bundle(one: number, other: number): number {
    const [a, b] = [this.all[one] as Move, this.all[other] as Move];
    return this.add({
      labels: [...a.labels, ...b.labels],
      classes: merged([...still(a.classes), ...still(b.classes)]),
      refusal: false,
      parts: [...(a.parts ?? [one]), ...(b.parts ?? [other])],
    });
  }

  /** The moves of single labels that a move is made of. */
  partsOf(move: number): readonly Move[] {
    const its = this.all[move] as Move;
    return its.parts === undefined ? [its] : its.parts.map((part) => this.all[part] as Move);
  }

  /** Moves of the same content are one: what a label does is mostly the same whatever the outer coordinates. */
  private add({ labels, classes, refusal, parts }: Move): number {
    const move: Move = {
      labels: labels.map(({ label, sources }) => ({ label, sources: this.shared(sources).bits })),
      classes: classes.map(({ shift, sources }) => ({ shift, sources: this.shared(sources).bits })),
      refusal,
      ...(parts === undefined ? {} : { parts }),
    };
    const key = [
      refusal,
      ...(parts ?? []),
      '',
      ...labels.map(({ label, sources }) => `${label}:${this.shared(sources).id}`),
      '',
      ...classes.map(({ shift, sources }) => `${shift}:${this.shared(sources).id}`),
    ].join();
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.all.push(move) - 1;
      this.known.set(key, known);
    }
    return known;
  }

  /** One set for all of the same content, and its number. */
  private shared(bits: Bits): { readonly bits: Bits; readonly id: number } {
    const mine = this.ids.get(bits);
    if (mine !== undefined) return { bits, id: mine };
    const hash = hashOf(bits);
    const alike = this.masks.get(hash) ?? [];
    let known = alike.find((its) => isEqual(its.bits, bits));
    if (known === undefined) {
      known = { bits, id: this.ids.size };
      this.masks.set(hash, [...alike, known]);
      this.ids.set(bits, known.id);
    }
    return known;
  }

  private work(label: number, outers: readonly number[]): Outcome {
    const owners = this.cutOwners[label] as readonly CutOwner[];
    if (owners.length === 0) {
      const sources = this.everything;
      const move = this.add({
        labels: [{ label, sources }],
        classes: [{ shift: 0, sources }],
        refusal: false,
      });
      return { ways: [{ outers: [], move }], refusal: undefined };
    }
    const { coordinate, indexOf, numberOf, size } = this.space;
    const rows = owners.map((owner, n) => this.row(owner, outers[n] as number));
    const ways: Way[] = [];
    let refused = false;
    const after = new Int32Array(owners.length);
    for (let j = 0; j < size; j++) {
      let number = numberOf[j] as number;
      let next = 0;
      for (let n = 0; n < rows.length && next >= 0; n++) {
        const row = rows[n] as Row;
        const inner = (coordinate[row.cut] as Int32Array)[j] as number;
        next = inner < 0 ? IMPOSSIBLE : (row.next[inner] as number);
        if (next === UNASKED) next = this.look(row, inner);
        if (next === REFUSED && row.observes) refused = true;
        if (next < 0) break;
        number += row.by[inner] as number;
        after[n] = row.outers[inner] as number;
      }
      if (next < 0) continue;
      const target = indexOf(number);
      if (target < 0) {
        this.isStale = true;
        continue;
      }
      const { shifts } = wayTo(after, ways);
      let bits = shifts.get(target - j);
      if (bits === undefined) {
        bits = noBits(this.words);
        shifts.set(target - j, bits);
      }
      addBit(bits, j);
    }
    return {
      ways: ways.map((way) => {
        const classes = inOrder(way.shifts);
        const [first] = classes;
        const sources = first !== undefined && classes.length === 1 ? first.sources : noBits(this.words);
        if (classes.length > 1) for (const one of classes) addBits(sources, one.sources);
        return {
          outers: way.outers,
          move: this.add({ labels: [{ label, sources }], classes, refusal: false }),
        };
      }),
      refusal: refused ? this.refusal(label) : undefined,
    };
  }

  /** What is known of a label's owner in one outer coordinate; begun again where that has got another local state. */
  private row({ cut, observes, own }: CutOwner, outer: number): Row {
    const rows = this.rows[cut] as Map<number, Row>;
    const its = this.space.cuts[cut] as Coordinates;
    const key = outer * (this.product.tables[its.chart]?.labels.length ?? 0) + own;
    const known = rows.get(key);
    const size = its.sizeOf(outer);
    if (known?.size === size) return known;
    const fresh: Row = {
      cut,
      outer,
      own,
      observes,
      size,
      next: new Int32Array(its.inners).fill(UNASKED),
      outers: new Int32Array(its.inners),
      by: new Float64Array(its.inners),
    };
    rows.set(key, fresh);
    return fresh;
  }

  /** Asks the owner at one inner coordinate: the local state it goes to, `REFUSED` or `IMPOSSIBLE`. */
  private look(row: Row, inner: number): number {
    const { cut, outer, own } = row;
    const its = this.space.cuts[cut] as Coordinates;
    const local = its.at(outer, inner);
    let next = IMPOSSIBLE;
    if (local >= 0) {
      const table = this.product.tables[its.chart] as LtsTable;
      next = table.successor(local, own);
      if (table.size > its.outerOf.length && !its.learn((grown) => this.grow(cut, grown)))
        this.isStale = true;
    }
    row.next[inner] = next;
    if (next < 0) return next;
    row.outers[inner] = its.outerOf[next] ?? -1;
    // What has no place in the cut leads out of the inner space.
    row.by[inner] = ((its.innerOf[next] ?? Number.NaN) - inner) * (this.space.weights[cut] as number);
    return next;
  }

  private grow(cut: number, outer: number): void {
    if (this.asked[cut]?.has(outer)) this.hasGrown = true;
  }
}

function wayTo(after: Int32Array, ways: Way[]): Way {
  const known = ways.find(({ outers }) => outers.every((outer, n) => outer === after[n]));
  if (known !== undefined) return known;
  const fresh: Way = { outers: [...after], shifts: new Map() };
  ways.push(fresh);
  return fresh;
}

const isTuple = (space: InnerSpace, j: number): boolean =>
  space.coordinate.every((coordinate) => (coordinate[j] as number) >= 0);

const still = (classes: readonly Class[]) => classes.filter(({ shift }) => shift !== 0);

/** One class per shift, in order. */
export function merged(classes: readonly Class[]): Class[] {
  const byShift = new Map<number, Bits>();
  for (const { shift, sources } of classes) {
    const known = byShift.get(shift);
    if (known === undefined) byShift.set(shift, copyOf(sources));
    else addBits(known, sources);
  }
  return inOrder(byShift);
}

const inOrder = (byShift: ReadonlyMap<number, Bits>): Class[] =>
  [...byShift].map(([shift, sources]) => ({ shift, sources })).sort((a, b) => a.shift - b.shift);

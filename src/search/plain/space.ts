/**
 * The memory of one search and the program that works in it: layout, growth, rows. Knows nothing of breadth-first order.
 */
import type { Product } from '../../compose/product.ts';
import { newMemory, PAGE_BYTES, type WasmMemory, type WasmModule } from '../../wasm/host.ts';
import type { Snapshot } from '../exploration.ts';
import { type Broken, Counters } from './counters.ts';
import type { Hash } from './design.ts';
import { bitsFor, type Layout, layOut, roomy, spared, unpack } from './fields.ts';
import {
  type Area,
  areaOf,
  CHUNK,
  capacityWithin,
  HEADER,
  HEADER_BYTES,
  labelWords,
  PARENT_EVERY,
  queueOf,
  type Regions,
  regionsFor,
} from './memory.ts';
import { type Program, programFor, spread } from './program.ts';
import { Ring } from './ring.ts';
import { ChartRows } from './rows.ts';
import { orderBytes, writeOrders } from './sleep.ts';
import { Squares } from './squares.ts';
import { GOALS_A_PLANE, type Goal, type Rules, usableMasks } from './watches.ts';

const FIRST_CAPACITY = 1024;
/**
 * Most products have no more states than this; where memory allows it, nothing has to be moved for them. Three quarters of a power of
 * two, and so is what it grows to: just beyond a power ids would take one more bit from the hash in their slots.
 */
const ROOM = 3 << 14;
/** Squares are looked for again when so many times as many cells are known. */
const SQUARES_AGAIN = 2;
/** With room for so many states or fewer fields have bits to spare, so that the program is rarely generated anew. */
const YOUNG = 1 << 20;
/** Up to so many states capacity grows by fours, then by twos. */
const SMALL = 1 << 20;
/** 32-bit addresses; the last page stays free, so that no region's end wraps. */
const PAGES_MAX = 65_535;

export interface SpaceOptions {
  /** Bytes. */
  readonly budget: number;
  readonly hash?: Hash | undefined;
  readonly resume?: Snapshot | undefined;
  /** Each has an area of its own. */
  readonly threads?: number | undefined;
  /** Enters the states below `until` into slots, which may hold anything unless they are fresh. */
  readonly enter: (until: number, areFresh: boolean) => void;
}

/** What depends on the widths of the fields. */
interface Built {
  readonly layout: Layout;
  /** Rows that each chart has room for. */
  readonly locals: readonly number[];
  readonly area: Area;
  readonly program: Program;
  readonly module: WasmModule;
}

export class Space {
  private readonly product: Product;
  private readonly rules: Rules;
  private readonly watches: number;
  private readonly options: SpaceOptions;
  private readonly memory: WasmMemory = newMemory(1, PAGES_MAX, true);
  /** The memory is shared, so a view stays good when it grows. */
  private readonly header = new Uint32Array(this.memory.buffer, 0, HEADER_BYTES / 4);
  /** As `header`, of all memory that there was when it was last too short. */
  private halves = this.header;
  private readonly rows: readonly ChartRows[];
  private readonly squares: Squares;
  private readonly ring: Ring;
  /** Cells written, and how many there were when squares were looked for last. */
  private cells = 0;
  private cellsThen = 0;
  private built: Built;
  private regions: Regions;

  constructor(product: Product, rules: Rules, options: SpaceOptions) {
    this.product = product;
    this.rules = rules;
    this.watches = rules.counters;
    this.options = options;
    this.rows = product.tables.map((_, chart) => new ChartRows(product, chart, rules));
    for (const rows of this.rows) rows.extend();
    this.squares = new Squares(product, this.rows);
    this.ring = new Ring(8 * labelWords(product.labels.length), 2 * this.chunkRoom);
    // Of an orbit another state is kept than the one that was met.
    if (rules.orbits !== undefined) this.ring.close();
    const { resume } = options;
    const least = Math.max(FIRST_CAPACITY, 2 * (resume?.facts.size ?? 0));
    const roomy = Math.max(this.roomy, least);
    const bits = resume?.facts.bits ?? this.widths(roomy);
    const isRoomy = regionsFor(this.shape(bits), roomy).end <= this.budget;
    const within = this.capacityFor(bits, isRoomy ? roomy : least);
    // What was stored before is taken back even if the budget is smaller now.
    this.regions = regionsFor(this.shape(bits), Math.max(within, resume?.facts.size ?? FIRST_CAPACITY));
    this.built = this.build(bits, undefined);
    if (!this.occupy(this.regions.end)) throw new Error('no memory for the first states');
    this.settle();
    this.put('judging', 1);
    this.put('told', -1);
    this.counters(0).reset();
  }

  get program(): Program {
    return this.built.program;
  }

  /** Of the first thread. */
  get area(): number {
    return this.regions.area;
  }

  /** The module, and where each thread has its area: what helpers need. */
  get equipment(): {
    readonly memory: WasmMemory;
    readonly module: WasmModule;
    readonly areas: readonly number[];
  } {
    const areas = Array.from({ length: this.threads }, (_, thread) => this.areaOf(thread));
    return { memory: this.memory, module: this.built.module, areas };
  }

  /** Adds to the first thread's counters what the others have counted, which begin anew. */
  foldCounters(): void {
    for (let thread = 1; thread < this.threads; thread++) {
      this.counters(0).add(this.counters(thread));
      this.counters(thread).reset();
    }
  }

  get bytes(): number {
    return this.regions.end;
  }

  get(name: keyof typeof HEADER): number {
    return this.header[HEADER[name] >> 2] ?? 0;
  }

  put(name: keyof typeof HEADER, value: number): void {
    this.header[HEADER[name] >> 2] = value;
  }

  /** Writes the local states of a stored state into `into`. */
  read(state: number, into: Int32Array): void {
    const { layout } = this.built;
    const from = this.regions.states / 4 + 2 * layout.words * state;
    if (from + 2 * layout.words > this.halves.length) this.halves = new Uint32Array(this.memory.buffer);
    unpack(layout, this.halves, from, into);
  }

  /** Enters the first state, in which every chart is in its initial local state; or all states of a snapshot. */
  begin(): void {
    const { resume } = this.options;
    const { size, next } = resume?.facts ?? { size: 1, next: 0 };
    if (resume !== undefined)
      for (const [n, view] of this.kept(size).entries()) view.set(resume.parts[n] ?? []);
    this.put('size', size);
    this.put('next', next);
    this.put('maskedFrom', size);
    this.options.enter(size, true);
  }

  private get threads(): number {
    return this.options.threads ?? 1;
  }

  /** Bytes of all areas of one thread. */
  private queueBytes(area: Area): number {
    return area.bytes * (this.threads === 1 ? 1 : queueOf(area));
  }

  /** Tests take less, so that small products grow too. */
  private get roomy(): number {
    return ROOM;
  }

  private counters(thread: number): Counters {
    const { labels } = this.product;
    return new Counters(
      this.memory.buffer,
      this.areaOf(thread),
      this.built.area,
      labels.length,
      this.watches,
    );
  }

  /** The first one of the thread, which has its counters. */
  private areaOf(thread: number): number {
    return this.regions.area + thread * this.queueBytes(this.built.area);
  }

  /** Width of each chart's field. */
  get bits(): readonly number[] {
    return this.built.layout.fields.map(({ bits }) => bits);
  }

  /** What outlives a process, in the order of a snapshot; views, good until the program runs again. */
  kept(size = this.get('size')): Uint8Array[] {
    const { regions, built, area } = this;
    const view = (at: number, bytes: number) => new Uint8Array(this.memory.buffer, at, bytes);
    const planes = Math.ceil(this.rules.goals.length / GOALS_A_PLANE);
    return [
      view(regions.states, 8 * built.layout.words * size),
      view(regions.parents, 4 * Math.ceil(size / PARENT_EVERY)),
      view(area + built.area.fired, 8 * this.product.labels.length),
      view(area + built.area.watches, 16 * this.watches),
      ...Array.from({ length: planes }, (_, plane) => view(regions.marks + plane * regions.capacity, size)),
    ];
  }

  /** Parent of state `n` times PARENT_EVERY; parents in between lie in between. */
  parent(n: number): number {
    return new Uint32Array(this.memory.buffer, this.regions.parents + 4 * n, 1)[0] ?? 0;
  }

  /** Goal bits of all states, one plane. */
  marks(plane: number): Uint8Array {
    const { marks, capacity } = this.regions;
    return new Uint8Array(this.memory.buffer, marks + plane * capacity, this.get('size'));
  }

  fired(): Float64Array {
    return Float64Array.from(this.counters(0).fired, Number);
  }

  /** How often a watch was violated, and by which state and label first (−1: none, or no label). */
  broken(watch: number): Broken {
    return this.counters(0).broken(watch);
  }

  /** Successors of a chunk that the program has walked: for each state where they end, their ids and labels. */
  walked(states: number): {
    readonly ends: Uint32Array;
    readonly ids: Uint32Array;
    readonly labels: Uint16Array;
  } {
    const { buffer } = this.memory;
    const { area } = this.built;
    const ends = new Uint32Array(buffer, this.area + area.ends, states);
    const count = ends[states - 1] ?? 0;
    return {
      ends,
      ids: new Uint32Array(buffer, this.area + area.ids, count),
      labels: new Uint16Array(buffer, this.area + area.labels, count),
    };
  }

  /** From now on the program asks for these goals, whose bits stand in this plane. */
  askFor(goals: readonly Goal[], plane: number): void {
    const { marks, capacity } = this.regions;
    const { labels } = this.product;
    const usable = usableMasks(goals, labels.length);
    for (let thread = 0; thread < this.threads; thread++) {
      const { area } = this.built;
      const base = this.areaOf(thread);
      new Uint8Array(this.memory.buffer).set(usable, base + area.usable);
      const barred = new BigUint64Array(this.memory.buffer, base + area.barred, labelWords(labels.length));
      barred.fill(0n);
      usable.forEach((goals, label) => {
        if (goals === 0) barred[label >> 6] = (barred[label >> 6] ?? 0n) | (1n << BigInt(label & 63));
      });
    }
    this.put('judging', 0);
    // Who has gone on with a snapshot has not asked for all cells again.
    this.put('sure', this.options.resume === undefined ? 1 : 0);
    this.put('asking', marks + plane * capacity);
    this.put('closed', 2 ** goals.length - 1);
  }

  askNoMore(): void {
    this.put('asking', 0);
    this.put('sure', 0);
    this.put('judging', 1);
  }

  isKnown(chart: number, local: number, own: number): boolean {
    return this.rows[chart]?.isKnown(local, own) ?? false;
  }

  /** Writes a cell of a chart's table. Call `flush` before the program runs again. */
  write(chart: number, local: number, own: number, to: number): void {
    this.rows[chart]?.write(local, own, to);
    this.squares.note(chart);
    this.cells++;
  }

  /** Takes over what was written, and local states met since; false where memory does not allow it. */
  flush(): boolean {
    let fits = true;
    this.rows.forEach((rows, chart) => {
      rows.extend();
      if (rows.size > (this.built.locals[chart] ?? 0)) fits = false;
    });
    if (!fits) return this.rebuild(this.widths(this.regions.capacity), this.regions.capacity);
    if (this.cells > SQUARES_AGAIN * this.cellsThen) this.findSquares();
    const bytes = new Uint8Array(this.memory.buffer);
    for (const [chart, rows] of this.rows.entries()) rows.flush(bytes, this.regions.rows[chart] ?? 0);
    return true;
  }

  /** Makes room for at least `more` states beyond those stored; false where the budget does not allow it. */
  makeRoom(more: number): boolean {
    if (this.regions.capacity - this.get('size') < more && !this.grow(more)) return false;
    if (this.ring.places > 0 && this.waiting + more >= this.ring.places)
      this.widenRing(this.waiting + more + 1);
    return true;
  }

  private grow(more: number): boolean {
    const size = this.get('size');
    const wanted = Math.max(this.regions.capacity * (this.regions.capacity < SMALL ? 4 : 2), size + more);
    const bits = this.widths(wanted);
    const narrower = layOut(bits).words < this.built.layout.words;
    this.squares.find();
    this.squares.makeRoom();
    const capacity = this.capacityFor(narrower ? bits : this.bits, wanted);
    if (capacity < size + more) return false;
    if (narrower) return this.rebuild(bits, capacity);
    return this.move(regionsFor(this.shape(this.bits), capacity), () => {});
  }

  /** Up to what is wanted; masks of states that wait give way to states. */
  private capacityFor(bits: readonly number[], wanted: number): number {
    const { ring, budget } = this;
    const capacity = capacityWithin(this.shape(bits), wanted, budget);
    if (capacity === wanted || ring.places === 0) return capacity;
    this.put('pruning', 0);
    ring.close();
    return capacityWithin(this.shape(bits), wanted, budget);
  }

  /** Successors of one chunk, at most. */
  private get chunkRoom(): number {
    return CHUNK * (this.product.labels.length + 1);
  }

  /** States that have a mask and are not expanded yet begin here. */
  private get waitingFrom(): number {
    return Math.max(this.get('next'), this.get('maskedFrom'));
  }

  private get waiting(): number {
    return this.get('size') - this.get('next');
  }

  /** The ring is the last region: nothing else moves. */
  private widenRing(least: number): void {
    const { ring, regions } = this;
    const [from, size] = [this.waitingFrom, this.get('size')];
    const masks = ring.take(this.memory.buffer, regions.ring, from, size);
    ring.widen(least);
    const wider = regionsFor(this.shape(this.bits), regions.capacity);
    if (wider.end > this.budget || !this.occupy(wider.end)) {
      ring.close();
      this.put('pruning', 0);
      this.regions = regionsFor(this.shape(this.bits), regions.capacity);
      return;
    }
    this.regions = wider;
    ring.put(this.memory.buffer, wider.ring, from, masks);
    this.put('ringMask', ring.places - 1);
  }

  private findSquares(): void {
    this.squares.find();
    this.squares.copy(this.memory.buffer, this.regions.squares);
    this.cellsThen = this.cells;
  }

  private get budget(): number {
    return Math.min(this.options.budget, PAGES_MAX * PAGE_BYTES);
  }

  /** Field widths with room for so many states: as narrow as they can be, or with room to grow. */
  private widths(capacity: number): readonly number[] {
    const sizes = this.rows.map(({ size }) => size);
    return capacity > YOUNG ? spared(sizes.map(bitsFor), sizes) : roomy(this.product.tables);
  }

  private shape(bits: readonly number[]) {
    const { words } = layOut(bits);
    return {
      areaBytes: this.threads * this.queueBytes(areaOf(this.product.labels.length, this.watches, words)),
      rows: this.rows,
      locals: bits.map((width) => 2 ** width),
      words,
      planes: Math.ceil(this.rules.goals.length / GOALS_A_PLANE),
      squareBytes: this.squares.bytes,
      orderBytes: orderBytes(this.product),
      ringBytes: this.ring.bytes,
    };
  }

  /** The program needs to know where rows stand, so `regions` must be the new ones. */
  private build(bits: readonly number[], old: Layout | undefined): Built {
    const layout = layOut(bits);
    const { product, rules, rows } = this;
    const area = areaOf(product.labels.length, this.watches, layout.words);
    const hash = this.options.hash ?? spread;
    const { program, module } = programFor(
      { product, rows, rules, layout, area, regions: this.regions, hash },
      old,
      this.memory,
      { pages: PAGES_MAX, threads: this.threads },
    );
    return { layout, area, program, module, locals: bits.map((width) => 2 ** width) };
  }

  /** Other field widths: another program, and all states packed anew. */
  private rebuild(bits: readonly number[], capacity: number): boolean {
    this.squares.find();
    this.squares.makeRoom();
    const within = this.capacityFor(bits, capacity);
    const regions = regionsFor(this.shape(bits), within);
    if (regions.capacity < this.get('size')) return false;
    return this.move(regions, () => {
      this.built = this.build(bits, this.built.layout);
      this.program.repack();
    });
  }

  /** Rows come from the host's copy, slots from the states; the rest is moved. `repack` may change the length of states. */
  private move(regions: Regions, repack: () => void): boolean {
    const size = this.get('size');
    const old = this.regions;
    const wordsBefore = this.built.layout.words;
    // Repacking may write beyond the old region before the states are moved to the new one.
    const packing = old.states + 8 * size * (wordsBefore + 2);
    if (!this.occupy(Math.max(regions.end, packing))) return false;
    const before = new Uint8Array(this.memory.buffer);
    const waitingFrom = this.waitingFrom;
    const masks =
      this.ring.places === 0
        ? new Uint8Array(0)
        : this.ring.take(this.memory.buffer, old.ring, waitingFrom, size);
    const parents = before.slice(old.parents, old.parents + 4 * Math.ceil(size / PARENT_EVERY));
    const planes = Array.from({ length: Math.ceil(this.rules.goals.length / GOALS_A_PLANE) }, (_, plane) =>
      before.slice(old.marks + plane * old.capacity, old.marks + plane * old.capacity + size),
    );
    this.regions = regions;
    repack();
    const bytes = new Uint8Array(this.memory.buffer);
    bytes.copyWithin(regions.states, old.states, old.states + 8 * this.built.layout.words * size);
    bytes.set(parents, regions.parents);
    for (const [at, plane] of planes.entries()) bytes.set(plane, regions.marks + at * regions.capacity);
    this.ring.put(this.memory.buffer, regions.ring, waitingFrom, masks);
    this.settle();
    this.options.enter(size, false);
    return true;
  }

  /** Tells the program where things stand now, and copies the rows there. */
  private settle(): void {
    const { capacity, states, parents, marks, slots, slotCount, squares, orders, ring } = this.regions;
    const places = { capacity, states, parents, marks, slots, slotCount, squares, orders, ring };
    for (const [name, value] of Object.entries(places)) this.put(name as keyof typeof HEADER, value);
    this.prune(true);
    this.put('ringMask', this.ring.places - 1);
    const { product, rows, regions } = this;
    writeOrders(this.memory.buffer, { product, rows, regions, layout: this.built.layout });
    this.findSquares();
    this.put('idMask', 2 ** bitsFor(capacity + 2) - 1);
    const bytes = new Uint8Array(this.memory.buffer);
    for (let thread = 1; thread < this.threads; thread++) {
      const at = this.areaOf(thread);
      bytes.fill(0, at, at + this.built.area.bytes);
      this.counters(thread).reset();
    }
    for (const [chart, rows] of this.rows.entries()) rows.copy(bytes, this.regions.rows[chart] ?? 0);
  }

  /** Whether successors are left out that have a sooner way, as far as there is memory to know them. */
  prune(wanted: boolean): void {
    this.put('pruning', wanted && this.ring.places > 0 ? 1 : 0);
  }

  private occupy(end: number): boolean {
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing <= 0) return true;
    try {
      this.memory.grow(missing);
      return true;
    } catch {
      return false;
    }
  }
}

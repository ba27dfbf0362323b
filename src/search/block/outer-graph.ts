/**
 * The outer graph: every outer state that the charts allow when guards that read inner variables are met by some inner value,
 * and its edges. Unreachable ones stay empty in the search, so this is exact in the end.
 * Tables and outcomes are filled when the code meets a gap; then it goes on where it was.
 */
import { UNKNOWN } from '../../compile/answers.ts';
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { compiled, growTo, instantiate, newMemory, PAGE_BYTES, type WasmMemory } from '../../wasm/host.ts';
import { writeColumns } from '../symmetry/orbit-columns.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import type { Moves } from './moves.ts';
import { outerModule, STOP, UNKNOWN_OUTCOME } from './outer-code.ts';
import {
  bitsOf,
  type Field,
  HEADROOM,
  layOut,
  type OuterLayout,
  type OuterOrbits,
  PAGES_MAX,
  ROOMS,
  type Room,
} from './outer-layout.ts';

const BYTES_MAX = PAGES_MAX * PAGE_BYTES;
const FIRST_SLOTS = 1 << 16;
/** Of a chart that may show more local states: wider from the start is cheaper than to begin again. */
const FIRST_BITS = 6;
/** After a chart has grown, so many more outer states are expanded to see whether it grows further. */
const GO_ON = 2000;
/** More moves than this and the split is too irregular to pay. */
const MOVES_MAX = 200_000;

/** A number that code and host share. */
interface Cell {
  value: number;
}

interface Exports {
  readonly expand: () => number;
  readonly rehash: () => void;
  readonly intern: (...words: readonly bigint[]) => number;
  readonly bundled: (bundle: number, move: number, made: number) => number;
  readonly at: Cell;
  readonly count: Cell;
  readonly edge: Cell;
  readonly slots: Cell;
  readonly mask: Cell;
  readonly missing0: Cell;
  readonly missing1: Cell;
  readonly missing2: Cell;
}

/** Takes edges as they are found: target and move, alternately. A search that starts again resets it. */
export interface EdgeSink {
  /** False where there is no room. */
  readonly take: (edges: Uint32Array) => boolean;
  readonly reset: () => void;
  /** In use. */
  readonly bytes: number;
}

export interface OuterLimits {
  /** Asked now and then. */
  readonly stop?: () => boolean;
  /** Bytes for the graph and its edges. */
  readonly memory?: number;
  /** Of outer states that are the same but for names one is kept; by the values of their fields. */
  readonly symmetry?: Symmetry;
  /** Told now and then: outer states found, and bytes in use. */
  readonly onProgress?: (states: number, bytes: number) => void;
}

export interface OuterGraph {
  readonly states: number;
  readonly layout: OuterLayout;
  /** Number of edges of a state. */
  readonly degree: (state: number) => number;
  /** With symmetry: how many outer states it stands for. */
  readonly weight: ((state: number) => number) | undefined;
  /** The values of all fields in one state. */
  readonly read: (state: number, into: Int32Array) => void;
  /** The value of one field in one state. */
  readonly value: (state: number, field: Field) => number;
  /** The state with these values, one a field. Throws where there is none (a bug of ours). */
  readonly find: (values: Int32Array) => number;
  /** Bytes in use. */
  readonly bytes: number;
  readonly memory: WasmMemory;
  /** Room behind everything else: where it begins. Throws a RangeError where there is none. */
  readonly reserve: (bytes: number) => number;
}

/** Why no graph was made. */
export type OuterFailure = 'states' | 'irregular' | 'memory' | 'stopped' | 'stale';

export function outerGraph(
  product: Product,
  moves: Moves,
  sink: EdgeSink,
  {
    stop = () => false,
    memory = Number.POSITIVE_INFINITY,
    onProgress = () => {},
    symmetry,
  }: OuterLimits = {},
): OuterGraph | OuterFailure {
  const widths = product.tables.map((table, chart) => {
    const its = moves.space.cuts.find((cut) => cut.chart === chart);
    const values = its === undefined ? table.size : its.outers;
    return table.enumerate(0) ? Math.max(1, widthOf(values)) : Math.max(FIRST_BITS, widthOf(2 * values));
  });
  for (let room = 0; ; ) {
    const layout = layOut(product, moves, widths, ROOMS[room] as Room, symmetry);
    if (layout === undefined) return 'irregular';
    if (endWith(layout, FIRST_SLOTS) > memory) return 'memory';
    sink.reset();
    const result = new Build(product, moves, layout).run(sink, { stop, memory, onProgress });
    // A chart showed a local state that does not fit: wider, from the start. What the tables know stays known.
    if (typeof result === 'number') widths[result] = (widths[result] as number) + 2;
    else if (result === 'irregular' && room < ROOMS.length - 1) room++;
    else return result;
  }
}

/** Where slots begin: behind room for half as many states. */
const slotsAt = ({ keys, stride }: OuterLayout, slots: number): number => keys + (slots / 2) * stride;
const endWith = (layout: OuterLayout, slots: number): number => slotsAt(layout, slots) + 4 * slots;

const widthOf = (values: number): number => Math.ceil(Math.log2(values));

class Build {
  private readonly product: Product;
  private readonly moves: Moves;
  private readonly layout: OuterLayout;
  private readonly memory: WasmMemory;
  private readonly code: Exports;
  private ways: number;
  private bundles = 0;
  /** Outcomes that are known, as indices of `view`: few of those that there is room for. */
  private outcomes: number[] = [];
  /** So many ways of one label always fit into the room that is kept for states and edges. */
  private readonly waysMax: number;
  private view: Int32Array = new Int32Array(0);

  constructor(product: Product, moves: Moves, layout: OuterLayout) {
    this.product = product;
    this.moves = moves;
    this.layout = layout;
    this.memory = newMemory(1, PAGES_MAX);
    this.ways = layout.waysFrom;
    this.waysMax = Math.floor(HEADROOM / product.labels.length);
    this.reach(endWith(layout, FIRST_SLOTS));
    const module = compiled(outerModule(product, moves, layout, PAGES_MAX));
    this.code = instantiate<Exports>(module, this.memory);
    this.code.mask.value = FIRST_SLOTS - 1;
    this.code.slots.value = slotsAt(layout, FIRST_SLOTS);
    this.view.fill(UNKNOWN, 0, layout.tablesEnd / 4);
    this.writeKnown();
    this.view.fill(UNKNOWN_OUTCOME, layout.outcomesFrom / 4, layout.outcomesEnd / 4);
    this.writeOrbits();
    this.code.edge.value = layout.edges;
    this.code.intern(...this.packed(product.tables.map((_, chart) => this.first(chart))));
  }

  private writeOrbits(): void {
    const { orbits } = this.layout;
    const view = new DataView(this.memory.buffer);
    orbits?.symmetry.moved.forEach((chart) => {
      const { orbits: columns, stride } = orbits.rows[chart] as OuterOrbits['rows'][number];
      const values = orbits.symmetry.motions[0]?.locals[chart]?.length ?? 0;
      for (let value = 0; value < values; value++) {
        const at = (orbits.rowsAt[chart] as number) + value * stride;
        writeColumns(view, at, columns, orbits.symmetry, chart, value);
      }
    });
  }

  /** A chart that needs a wider field, a failure, or the graph. */
  run(
    sink: EdgeSink,
    { stop, memory, onProgress }: Required<Omit<OuterLimits, 'symmetry'>>,
  ): OuterGraph | OuterFailure | number {
    const { code } = this;
    const [a, b, c] = [code.missing0, code.missing1, code.missing2];
    // States expanded before a chart grew are expanded again. Growth comes early: to begin again soon is cheaper than late.
    let enough = Number.POSITIVE_INFINITY;
    for (;;) {
      const why = code.expand();
      if (this.moves.hasGrown) {
        this.moves.settle();
        this.forgetOutcomes();
        enough = Math.min(enough, GO_ON + 1.5 * code.at.value);
      }
      if (this.moves.isStale) return 'stale';
      if (code.at.value > enough || (why === STOP.done && enough !== Number.POSITIVE_INFINITY)) {
        code.at.value = 0;
        code.edge.value = this.layout.edges;
        sink.reset();
        enough = Number.POSITIVE_INFINITY;
        continue;
      }
      if (why === STOP.done) break;
      if (why === STOP.turn) continue;
      if (why === STOP.local) {
        if (!this.fillLocal(a.value, b.value, c.value)) return a.value;
      } else if (why === STOP.outcome) {
        const filled = this.fillOutcome(a.value, b.value);
        if (filled === false) return 'irregular';
        if (filled !== true) return filled;
      } else if (why === STOP.bundle) {
        if (!this.fillBundle(a.value, b.value)) return 'irregular';
      } else if (why === STOP.edges) {
        if (!this.drain(sink) || sink.bytes + this.bytes > memory) return 'memory';
        if (stop()) return 'stopped';
        onProgress(code.count.value, sink.bytes + this.bytes);
      } else {
        const end = endWith(this.layout, 2 * this.slots);
        if (end > BYTES_MAX) return 'states';
        if (sink.bytes + end > memory || !this.moreSlots()) return 'memory';
      }
    }
    return this.drain(sink) ? this.graph() : 'memory';
  }

  /** What the tables know, as far as it fits their fields, so that the code does not come back for it. */
  private writeKnown(): void {
    for (const { bits, chart, cut, labels, table } of this.layout.fields) {
      const { next, size } = this.product.tables[chart] as LtsTable;
      if (cut === undefined && size <= 2 ** bits) this.view.set(next.subarray(0, size * labels), table / 4);
    }
  }

  /** Outcomes are asked anew, since a chart has grown. */
  private forgetOutcomes(): void {
    for (const at of this.outcomes) this.view[at] = UNKNOWN_OUTCOME;
    this.outcomes = [];
  }

  /** What the field of a chart holds at the start. */
  private first(chart: number): number {
    return this.moves.space.cuts.find((its) => its.chart === chart)?.outerOf[0] ?? 0;
  }

  private packed(values: ArrayLike<number>): bigint[] {
    const words = Array.from({ length: this.layout.words }, () => 0n);
    for (const { chart, word, shift } of this.layout.fields)
      words[word] = (words[word] as bigint) | (BigInt(values[chart] as number) << BigInt(shift));
    return words.map((word) => BigInt.asIntN(64, word));
  }

  private find(values: Int32Array): number {
    const states = this.code.count.value;
    const found = this.code.intern(...this.packed(values));
    if (found >= states) throw new Error('an outer state that the search did not find');
    return found;
  }

  /** Grows the memory so that this many bytes can be touched. */
  private reach(bytes: number): void {
    growTo(this.memory, bytes, PAGES_MAX);
    this.view = new Int32Array(this.memory.buffer);
  }

  /** False where the successor does not fit its field. */
  private fillLocal(chart: number, own: number, local: number): boolean {
    const field = this.layout.fields[chart] as Field;
    const to = (this.product.tables[chart] as LtsTable).successor(local, own);
    if (to !== REFUSED && to >= 2 ** field.bits) return false;
    this.view[field.table / 4 + local * field.labels + own] = to;
    return true;
  }

  /** False where there is no room; the chart where its field is too narrow. */
  private fillOutcome(label: number, combination: number): boolean | number {
    const { layout, moves } = this;
    const cuts = (moves.cutOwners[label] ?? []).map(({ cut }) => cut);
    const outers = cuts.map(() => 0);
    let rest = combination;
    for (let n = cuts.length - 1; n >= 0; n--) {
      const radix = 2 ** bitsOf(moves, layout.fields, cuts[n] as number);
      outers[n] = rest % radix;
      rest = Math.floor(rest / radix);
    }
    const { refusal, ways } = moves.outcome(label, outers);
    for (const way of ways)
      for (let n = 0; n < cuts.length; n++)
        if ((way.outers[n] as number) >= 2 ** bitsOf(moves, layout.fields, cuts[n] as number))
          return moves.space.cuts[cuts[n] as number]?.chart ?? false;
    let address = 0;
    if (ways.length > 0 || refusal !== undefined) {
      address = this.ways;
      const size = 8 + ways.length * (8 * layout.words + 8);
      if (address + size > layout.waysEnd || ways.length > this.waysMax || moves.all.length > MOVES_MAX)
        return false;
      this.ways += size;
      const record = new DataView(this.memory.buffer, address, size);
      record.setUint32(0, ways.length, true);
      record.setUint32(4, refusal ?? 0, true);
      let at = 8;
      for (const way of ways) {
        const words = Array.from({ length: layout.words }, () => 0n);
        cuts.forEach((cut, n) => {
          const field = layout.fields[moves.space.cuts[cut]?.chart ?? 0] as Field;
          const by = BigInt((way.outers[n] as number) - (outers[n] as number));
          words[field.word] = (words[field.word] as bigint) + (by << BigInt(field.shift));
        });
        for (const word of words) {
          record.setBigInt64(at, BigInt.asIntN(64, word), true);
          at += 8;
        }
        record.setUint32(at, way.move, true);
        at += 8;
      }
    }
    const at = (layout.outcomes[label] as number) / 4 + combination;
    this.view[at] = address;
    this.outcomes.push(at);
    return true;
  }

  private fillBundle(bundle: number, move: number): boolean {
    if (++this.bundles > this.layout.bundleSlots / 2 || this.moves.all.length > MOVES_MAX) return false;
    this.code.bundled(bundle, move, this.moves.bundle(bundle, move));
    return true;
  }

  private drain(sink: EdgeSink): boolean {
    const { layout } = this;
    const edges = new Uint32Array(
      this.memory.buffer,
      layout.edges,
      (this.code.edge.value - layout.edges) / 4,
    );
    this.code.edge.value = layout.edges;
    return sink.take(edges);
  }

  /** In use; the memory may have grown ahead. */
  private get bytes(): number {
    return endWith(this.layout, this.slots);
  }

  private get slots(): number {
    return this.code.mask.value + 1;
  }

  /** False where the system has no memory for it. */
  private moreSlots(): boolean {
    const { code, layout } = this;
    const slots = 2 * this.slots;
    const at = slotsAt(layout, slots);
    try {
      this.reach(endWith(layout, slots));
    } catch {
      return false;
    }
    this.view.fill(0, at / 4, at / 4 + slots);
    code.mask.value = slots - 1;
    code.slots.value = at;
    code.rehash();
    return true;
  }

  private graph(): OuterGraph {
    const { layout } = this;
    let buffer = new Uint32Array(this.memory.buffer);
    let end = Math.ceil(this.bytes / 64) * 64;
    const stride = layout.stride / 4;
    const keys = layout.keys / 4;
    const fields = layout.fields.length;
    const halfOf = Int32Array.from(layout.fields, ({ word, shift }) => 2 * word + (shift >> 5));
    const shiftOf = Int32Array.from(layout.fields, ({ shift }) => shift & 31);
    const maskOf = Int32Array.from(layout.fields, ({ bits }) => 2 ** bits - 1);
    return {
      states: this.code.count.value,
      layout,
      degree: (state) => buffer[keys + state * stride + 2 * layout.words] as number,
      weight: layout.orbits && ((state) => buffer[keys + state * stride + 2 * layout.words + 1] as number),
      read: (state, into) => {
        const at = keys + state * stride;
        for (let n = 0; n < fields; n++) {
          const half = at + (halfOf[n] as number);
          const shift = shiftOf[n] as number;
          const low = (buffer[half] as number) >>> shift;
          const high = shift === 0 ? 0 : (buffer[half + 1] as number) << (32 - shift);
          into[n] = (low | high) & (maskOf[n] as number);
        }
      },
      value: (state, { word, shift, bits }) => {
        const at = keys + state * stride + 2 * word;
        const low = buffer[at] as number;
        const high = buffer[at + 1] as number;
        const raw =
          shift >= 32 ? high >>> (shift - 32) : shift === 0 ? low : (low >>> shift) | (high << (32 - shift));
        return raw & (2 ** bits - 1);
      },
      find: (values) => this.find(values),
      bytes: this.bytes,
      memory: this.memory,
      reserve: (bytes) => {
        const at = end;
        end += Math.ceil(bytes / 64) * 64;
        this.reach(end);
        buffer = new Uint32Array(this.memory.buffer);
        return at;
      },
    };
  }
}

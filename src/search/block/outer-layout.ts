/**
 * How an outer state is packed, and where everything of the outer search lies in its memory.
 * Regions are reserved far apart: pages that nobody touches cost nothing.
 */
import type { LtsTable } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { PAGE_BYTES } from '../../wasm/host.ts';
import { type OrbitColumns, orbitColumns } from '../symmetry/orbit-columns.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import type { Moves } from './moves.ts';

/** One chart in the packed key. */
export interface Field {
  readonly chart: number;
  /** Which of the cut charts, where it is one; its field holds the outer coordinate, any other's the local state. */
  readonly cut: number | undefined;
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  /** Address of its table: `[value × own labels]`, i32. Cut charts have none. */
  readonly table: number;
  readonly labels: number;
}

export interface OuterLayout {
  readonly fields: readonly Field[];
  /** 64-bit words of a key. */
  readonly words: number;
  /** Bytes of a state: its key, how many edges it has, and with symmetry how many states its orbit has. */
  readonly stride: number;
  readonly tablesEnd: number;
  /** Per label with cut owners: address of its outcomes, i32 by combination of outer coordinates. */
  readonly outcomes: readonly number[];
  readonly outcomesFrom: number;
  readonly outcomesEnd: number;
  readonly orbits: OuterOrbits | undefined;
  readonly waysFrom: number;
  readonly waysEnd: number;
  readonly bundles: number;
  readonly bundleSlots: number;
  readonly edges: number;
  readonly edgesEnd: number;
  /** Edges of the state in hand whose target is not known yet. */
  readonly arrivals: number;
  /** States from here on; slots lie behind as many as half of them can name. */
  readonly keys: number;
}

/** Where one outer state of each orbit is kept: per chart its rows, one for each value of its field. */
export interface OuterOrbits {
  readonly symmetry: Symmetry;
  readonly rows: readonly { readonly orbits: OrbitColumns; readonly stride: number }[];
  readonly rowsAt: readonly number[];
}

/** Pages of the memory at most: what the code addresses with an i32 and an offset stays within 4 GiB. */
export const PAGES_MAX = 57_344;
const MIB = 1 << 20;
const FIRST = 1024;
/** States that one expansion may add at most; so much room is kept. */
export const HEADROOM = 1 << 14;

/** How much room there is; small products should not pay for large ones. */
export interface Room {
  readonly wayBytes: number;
  readonly bundleSlots: number;
}
export const ROOMS: readonly Room[] = [
  { wayBytes: MIB / 2, bundleSlots: 1 << 13 },
  { wayBytes: 8 * MIB, bundleSlots: 1 << 15 },
  { wayBytes: 64 * MIB, bundleSlots: 1 << 17 },
  { wayBytes: 256 * MIB, bundleSlots: 1 << 19 },
];
/** Edges that are handed on together; one expansion finds no more than this. */
const EDGES_AT_ONCE = 1 << 16;
/** Combinations of outer coordinates per label: more than this and the split is too fine. */
const COMBINATIONS_MAX = 1 << 22;

/** Address of an edge, and the key it leads to. */
export const arrivalBytes = (words: number): number => 8 + 8 * words;

/** Bits of the field that holds the outer coordinate of a cut chart. */
export const bitsOf = (moves: Moves, fields: readonly Field[], cut: number): number =>
  fields[moves.space.cuts[cut]?.chart ?? -1]?.bits ?? 0;

/** `widths`: bits per chart. `undefined` where the split leaves too many combinations, for a label or in all. */
export function layOut(
  product: Product,
  moves: Moves,
  widths: readonly number[],
  room: Room,
  symmetry?: Symmetry,
): OuterLayout | undefined {
  let address = FIRST;
  const reserve = (bytes: number): number => {
    const at = address;
    address += Math.ceil(bytes / 64) * 64;
    return at;
  };
  let word = 0;
  let used = 0;
  const fields = product.tables.map((table: LtsTable, chart): Field => {
    const cut = moves.space.cuts.findIndex((its) => its.chart === chart);
    const bits = widths[chart] as number;
    if (used + bits > 64) {
      word++;
      used = 0;
    }
    const shift = used;
    used += bits;
    const labels = table.labels.length;
    return {
      chart,
      cut: cut < 0 ? undefined : cut,
      word,
      shift,
      bits,
      table: cut < 0 ? reserve(2 ** bits * labels * 4) : 0,
      labels,
    };
  });
  const tablesEnd = address;
  const outcomesFrom = address;
  const outcomes: number[] = [];
  for (const owners of moves.cutOwners) {
    const combinations = owners.reduce((n, { cut }) => n * 2 ** bitsOf(moves, fields, cut), 1);
    if (combinations > COMBINATIONS_MAX) return undefined;
    outcomes.push(owners.length === 0 ? 0 : reserve(combinations * 4));
  }
  const outcomesEnd = address;
  const orbits = symmetry && orbitsOf(symmetry, fields, reserve);
  const waysFrom = reserve(room.wayBytes);
  const waysEnd = address;
  const bundles = reserve(room.bundleSlots * 16);
  const edges = reserve(2 * 8 * EDGES_AT_ONCE);
  const arrivals = reserve(HEADROOM * arrivalBytes(word + 1));
  const keys = address;
  if (keys > (PAGES_MAX * PAGE_BYTES) / 2) return undefined;
  const stride = 8 * (word + 1) + 8;
  return {
    fields,
    words: word + 1,
    stride,
    tablesEnd,
    outcomes,
    outcomesFrom,
    outcomesEnd,
    orbits,
    waysFrom,
    waysEnd,
    bundles,
    bundleSlots: room.bundleSlots,
    edges,
    edgesEnd: edges + 8 * EDGES_AT_ONCE,
    arrivals,
    keys,
  };
}

function orbitsOf(
  symmetry: Symmetry,
  fields: readonly Field[],
  reserve: (bytes: number) => number,
): OuterOrbits {
  const rows = fields.map(({ chart }) => {
    const orbits = orbitColumns(symmetry, chart, 0);
    return { orbits, stride: 8 * Math.ceil(orbits.end / 8) };
  });
  const rowsAt = rows.map(({ stride }, at) => reserve(2 ** (fields[at]?.bits ?? 0) * stride));
  return { symmetry, rows, rowsAt };
}

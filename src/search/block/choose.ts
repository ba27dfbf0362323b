/**
 * The split chosen by measuring: of the first states of a plain search, how many outer states would there be if these variables
 * were inner. Variables that follow from each other go in together, so that copies of one variable cost nothing.
 */
import type { LtsTable } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { PlainSearch } from '../plain/plain-search.ts';
import { INNER_MAX } from './inner.ts';
import { type Split, variableIn, variablesOf } from './split.ts';

const SAMPLE = 20_000;
/** What an outer state costs besides its blocks, in words that labels move. */
const OUTER_COST = 2;
/** The sample shows fewer joint values than there are. */
const TUPLES_MAX = INNER_MAX / 4;
/** A variable is worth it if it saves this part. */
const WORTH = 0.93;
/** Fewer states than this in a block on average, and plain packed states are as good. */
export const LEAST_GAIN = 3;

export interface Choice {
  readonly split: Split;
  /** States per outer state in the sample. */
  readonly gain: number;
}

interface Group {
  readonly names: readonly string[];
  /** Per sampled state, a number that tells the joint values apart. */
  readonly code: Float64Array;
}

/** What the charts themselves say is dense. */
export const declaredSplit = (product: Product): Split => [
  ...new Set(
    product.tables.flatMap(({ chart: { dense = [], kind } }) =>
      dense.map((key) => (key === 'value' ? kind : `${kind}.${key}`)),
    ),
  ),
];

export function chooseSplit(product: Product): Choice {
  const search = new PlainSearch(product, [], { statesMax: SAMPLE }).run();
  const size = Math.min(search.states, SAMPLE);
  const samples = Array.from({ length: size }, (_, state) => search.locals(state));
  const groups = grouped(columnsOf(product, samples), size);
  const outer = new Float64Array(size);
  const indexed = samples.map((locals) => fingerprint(product, locals));
  for (let s = 0; s < size; s++)
    outer[s] = groups.reduce((sum, { code }) => sum + (code[s] as number), indexed[s] as number);
  const inner = new Float64Array(size);
  const left = [...groups];
  const split: string[] = [];
  let outers = size;
  let cost = costOf(size, 1);
  for (;;) {
    let best: { group: Group; cost: number; outers: number } | undefined;
    for (const group of left) {
      const tuples = distinct(inner, group.code, 1);
      if (tuples > TUPLES_MAX) continue;
      const rest = distinct(outer, group.code, -1);
      const its = costOf(rest, tuples);
      if (its < WORTH * cost && (best === undefined || its < best.cost))
        best = { group, cost: its, outers: rest };
    }
    if (best === undefined) break;
    const { group } = best;
    ({ cost, outers } = best);
    for (let s = 0; s < size; s++) {
      outer[s] = (outer[s] as number) - (group.code[s] as number);
      inner[s] = (inner[s] as number) + (group.code[s] as number);
    }
    split.push(...group.names);
    left.splice(left.indexOf(group), 1);
  }
  return { split, gain: size / outers };
}

const costOf = (outers: number, tuples: number): number => outers * (OUTER_COST + Math.ceil(tuples / 64));

/** How many values there are of one code plus (or minus) another. */
function distinct(some: Float64Array, other: Float64Array, sign: number): number {
  const seen = new Set<number>();
  for (let s = 0; s < some.length; s++) seen.add((some[s] as number) + sign * (other[s] as number));
  return seen.size;
}

interface Column {
  readonly name: string;
  /** Rank of the value per sampled state. */
  readonly ranks: Int32Array;
}

function columnsOf(product: Product, samples: readonly Int32Array[]): Column[] {
  // What has an index is permuted, not packed: sections, blocks and slots stay outside.
  return product.tables.flatMap((table: LtsTable, chart) =>
    (table.chart.index === undefined ? variablesOf(table) : []).map((name): Column => {
      const ranks = new Map<number | string, number>();
      const byLocal = Array.from({ length: table.size }, (_, local) => {
        const value = variableIn(table.local(local), name);
        if (!ranks.has(value)) ranks.set(value, ranks.size);
        return ranks.get(value) as number;
      });
      return {
        name,
        ranks: Int32Array.from(samples, (locals) => byLocal[locals[chart] as number] as number),
      };
    }),
  );
}

/** A number for the local states of the charts that have an index. */
const fingerprint = (product: Product, locals: Int32Array): number =>
  product.tables.reduce(
    (hash, { chart }, at) =>
      chart.index === undefined ? hash : (hash * 69_069 + (locals[at] as number) * 7_919 + 1) % 2 ** 36,
    1,
  ) * 8191;

/** Columns that follow from each other, as one. */
function grouped(columns: readonly Column[], size: number): Group[] {
  const byName = new Map<string, Column[]>();
  for (const column of columns) byName.set(column.name, [...(byName.get(column.name) ?? []), column]);
  const groups = new Map<string, { names: string[]; columns: Column[] }>();
  for (const [name, its] of byName) {
    if (its.every(({ ranks }) => ranks.every((rank) => rank === ranks[0]))) continue;
    const key = its.length === 1 ? firstSeen(its[0]?.ranks ?? new Int32Array(0)) : name;
    const group = groups.get(key) ?? { names: [], columns: [] };
    group.names.push(name);
    group.columns.push(...its);
    groups.set(key, group);
  }
  let factor = 1;
  const random = () => {
    // A fixed sequence of large odd steps: sums of such codes hardly ever meet, and a meeting only makes the choice a bit worse.
    factor = (factor * 48_271) % 2_147_483_647;
    return factor * 16_381;
  };
  return [...groups.values()].map(({ names, columns: its }) => {
    const code = new Float64Array(size);
    for (const { ranks } of its) {
      const values = new Map<number, number>();
      for (let s = 0; s < size; s++) {
        const rank = ranks[s] as number;
        let value = values.get(rank);
        if (value === undefined) {
          value = random();
          values.set(rank, value);
        }
        code[s] = (code[s] as number) + value;
      }
    }
    return { names, code };
  });
}

/** The column with its values numbered as they come: equal for columns that follow from each other. */
function firstSeen(ranks: Int32Array): string {
  const order = new Map<number, number>();
  return ranks
    .map((rank) => {
      const known = order.get(rank);
      if (known !== undefined) return known;
      order.set(rank, order.size);
      return order.size - 1;
    })
    .join();
}

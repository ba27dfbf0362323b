/**
 * The inner space: every joint value of the inner variables that the charts allow, whatever the outer part does, as one index.
 * Copies of one variable move together, so joint values are few. The index counts in a mixed radix over the variables that do
 * not follow from others, so that one step of a variable is one displacement wherever it happens.
 */
import type { LtsTable } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { type Coordinates, innerMoves } from './split.ts';

/** Bits of a block at most. */
export const INNER_MAX = 4096;
/** A mixed radix may waste this many times the tuples there are. */
const WASTE_MAX = 2;

export interface InnerSpace {
  /** Bits of a block; some may stand for no tuple. */
  readonly size: number;
  readonly tuples: number;
  /** Index of the initial state. */
  readonly start: number;
  readonly cuts: readonly Coordinates[];
  /** Per cut chart and index: its inner coordinate, −1 where the index stands for no tuple. */
  readonly coordinate: readonly Int32Array[];
  /** The number of the tuple of an index, a sum over cut charts of inner coordinate × weight; and the index of a number, or −1. */
  readonly numberOf: Float64Array;
  readonly weights: readonly number[];
  readonly indexOf: (number: number) => number;
  /** The variables that the index counts, the slowest first. */
  readonly counted: readonly string[];
}

/** `undefined` where there are too many joint values. */
export function innerSpace(product: Product, cuts: readonly Coordinates[]): InnerSpace | undefined {
  // Numbers of tuples must be told apart exactly.
  if (cuts.reduce((n, { inners }) => n * inners, 1) > Number.MAX_SAFE_INTEGER) return undefined;
  const tuples = jointTuples(product, cuts);
  if (tuples === undefined) return undefined;
  const columns = cuts.flatMap((its, c) =>
    its.variables.map((variable, v) => ({
      name: variable,
      values: tuples.map((tuple) => its.values[tuple[c] as number]?.[v] as number | string),
    })),
  );
  const { counted, index, size } = numbered(columns, tuples.length);
  const coordinate = cuts.map(() => new Int32Array(size).fill(-1));
  tuples.forEach((tuple, t) => {
    tuple.forEach((inner, c) => {
      (coordinate[c] as Int32Array)[index[t] as number] = inner;
    });
  });
  const weights: number[] = [];
  let weight = 1;
  for (const { inners } of cuts) {
    weights.push(weight);
    weight *= inners;
  }
  const numberOf = new Float64Array(size).fill(-1);
  const indexOf = new Map<number, number>();
  tuples.forEach((tuple, t) => {
    const its = tuple.reduce((sum, inner, c) => sum + inner * (weights[c] as number), 0);
    numberOf[index[t] as number] = its;
    indexOf.set(its, index[t] as number);
  });
  return {
    size,
    tuples: tuples.length,
    start: index[0] as number,
    cuts,
    coordinate,
    counted,
    numberOf,
    weights,
    indexOf: (its) => indexOf.get(its) ?? -1,
  };
}

interface Part {
  readonly cut: number;
  /** Per inner coordinate of that chart: where the label may lead. */
  readonly to: readonly (readonly number[])[];
}

/** What each label may do to the inner coordinates; labels that do the same stand once. */
function partsOf(product: Product, cuts: readonly Coordinates[]): readonly (readonly Part[])[] {
  const distinct = new Map<string, readonly Part[]>();
  for (const owners of product.owners) {
    const parts = owners.flatMap(({ chart, own }): Part[] => {
      const cut = cuts.findIndex((its) => its.chart === chart);
      const its = cuts[cut];
      return its === undefined ? [] : [{ cut, to: innerMoves(product.tables[chart] as LtsTable, its, own) }];
    });
    if (parts.length > 0) distinct.set(JSON.stringify(parts), parts);
  }
  return [...distinct.values()];
}

/** Inner coordinates per cut chart; the initial one first. */
function jointTuples(product: Product, cuts: readonly Coordinates[]): number[][] | undefined {
  const labels = partsOf(product, cuts);
  const weights: number[] = [];
  let weight = 1;
  for (const { inners } of cuts) {
    weights.push(weight);
    weight *= inners;
  }
  const start = cuts.map(({ innerOf }) => innerOf[0] as number);
  const numbers = [start.reduce((sum, inner, c) => sum + inner * (weights[c] as number), 0)];
  const seen = new Set(numbers);
  const tuples = [start];
  const take = (tuple: number[], number: number, parts: readonly Part[], at: number): void => {
    const part = parts[at];
    if (part === undefined) {
      if (seen.has(number)) return;
      seen.add(number);
      numbers.push(number);
      tuples.push(tuple.slice());
      return;
    }
    const before = tuple[part.cut] as number;
    for (const inner of part.to[before] ?? []) {
      tuple[part.cut] = inner;
      take(tuple, number + (inner - before) * (weights[part.cut] as number), parts, at + 1);
    }
    tuple[part.cut] = before;
  };
  for (let at = 0; at < tuples.length; at++) {
    if (tuples.length > INNER_MAX) return undefined;
    for (const parts of labels) take((tuples[at] as number[]).slice(), numbers[at] as number, parts, 0);
  }
  return tuples;
}

interface Column {
  readonly name: string;
  readonly values: readonly (number | string)[];
}

function numbered(columns: readonly Column[], tuples: number) {
  const digits = columns.map(({ name, values }) => {
    const distinct = [...new Set(values)].sort((a, b) =>
      typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
    );
    const rank = new Map(distinct.map((value, at) => [value, at]));
    return { name, radix: distinct.length, rank: values.map((value) => rank.get(value) as number) };
  });
  let kept = digits.filter(({ radix }) => radix > 1);
  const tellsApart = (some: typeof kept) =>
    new Set(Array.from({ length: tuples }, (_, t) => some.map(({ rank }) => rank[t]).join())).size === tuples;
  for (const digit of [...kept].sort((a, b) => b.radix - a.radix)) {
    const rest = kept.filter((other) => other !== digit);
    if (tellsApart(rest)) kept = rest;
  }
  const padded = kept.reduce((size, { radix }) => size * radix, 1);
  const isLoose = padded > INNER_MAX || padded > WASTE_MAX * tuples;
  const place = (t: number) => kept.reduce((sum, { radix, rank }) => sum * radix + (rank[t] as number), 0);
  return {
    counted: kept.map(({ name }) => name),
    index: isLoose ? ordered(kept, tuples) : Array.from({ length: tuples }, (_, t) => place(t)),
    size: isLoose ? tuples : padded,
  };
}

/** Without gaps, in the order of the digits. */
function ordered(digits: readonly { readonly rank: readonly number[] }[], tuples: number): number[] {
  const compare = (a: number, b: number): number => {
    for (const { rank } of digits) {
      const difference = (rank[a] as number) - (rank[b] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const index: number[] = [];
  Array.from({ length: tuples }, (_, t) => t)
    .sort(compare)
    .forEach((t, at) => {
      index[t] = at;
    });
  return index;
}

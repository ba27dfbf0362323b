/**
 * The split by variable: a chart's local state comes apart into an outer and an inner coordinate.
 * A split names what is inner: `kind.key` for a context key of every chart of that kind, `kind` alone for the name of its state.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import type { LocalState } from '../../core/chart.ts';

export type Split = readonly string[];

/**
 * How the known local states of one chart come apart. Which inner coordinates there are is settled when it is made; local states
 * that the table meets later are learnt as far as they fit.
 */
export class Coordinates {
  readonly chart: number;
  /** What is inner of this chart, and per inner coordinate the values. */
  readonly variables: readonly string[];
  readonly values: (readonly (number | string)[])[] = [];
  /** By local state. */
  readonly outerOf: number[] = [];
  readonly innerOf: number[] = [];
  readonly inners: number;
  private readonly table: LtsTable;
  private readonly rest: readonly string[];
  private readonly outerKeys = new Map<string, number>();
  private readonly innerKeys = new Map<string, number>();
  /** Per outer coordinate: the local state by inner one, or −1, and how many there are. */
  private readonly rows: Int32Array[] = [];
  private readonly sizes: number[] = [];

  constructor(table: LtsTable, chart: number, variables: readonly string[]) {
    this.table = table;
    this.chart = chart;
    this.variables = variables;
    const others = variablesOf(table).filter((variable) => !variables.includes(variable));
    this.rest = needed(table, variables, others);
    for (let state = 0; state < table.size; state++) {
      const tuple = this.innerTuple(state);
      const key = JSON.stringify(tuple);
      if (this.innerKeys.has(key)) continue;
      this.innerKeys.set(key, this.innerKeys.size);
      this.values.push(tuple);
    }
    this.inners = this.innerKeys.size;
    this.learn();
  }

  get outers(): number {
    return this.outerKeys.size;
  }

  /** Local states of an outer coordinate; grows as the chart shows more. */
  sizeOf(outer: number): number {
    return this.sizes[outer] ?? 0;
  }

  /** The local state of these coordinates, or −1. */
  at(outer: number, inner: number): number {
    return inner < 0 ? -1 : (this.rows[outer]?.[inner] ?? -1);
  }

  /** Takes up the local states that the table has met since; false where one does not fit, and the cut must be made again. */
  learn(grown: (outer: number) => void = () => {}): boolean {
    for (let state = this.outerOf.length; state < this.table.size; state++) {
      const local = this.table.local(state);
      const outer = ranked(
        this.outerKeys,
        JSON.stringify(this.rest.map((variable) => variableIn(local, variable))),
      );
      const inner = this.innerKeys.get(JSON.stringify(this.innerTuple(state)));
      if (inner === undefined || this.at(outer, inner) >= 0) return false;
      this.outerOf.push(outer);
      this.innerOf.push(inner);
      this.rows[outer] ??= new Int32Array(this.inners).fill(-1);
      (this.rows[outer] as Int32Array)[inner] = state;
      this.sizes[outer] = this.sizeOf(outer) + 1;
      grown(outer);
    }
    return true;
  }

  private innerTuple(state: number): readonly (number | string)[] {
    const local = this.table.local(state);
    return this.variables.map((variable) => variableIn(local, variable));
  }
}

/** The variables of a chart: its state's name and its context keys, as a split names them. */
export function variablesOf(table: LtsTable): readonly string[] {
  const { kind } = table.chart;
  return [kind, ...Object.keys(table.local(0).context).map((key) => `${kind}.${key}`)];
}

export const variableIn = (local: LocalState, variable: string): number | string => {
  const dot = variable.indexOf('.');
  return dot < 0 ? local.value : (local.context[variable.slice(dot + 1)] as number | string);
};

/** The charts that a split cuts, by the local states that their tables know so far. */
export const cut = (product: Product, split: Split): readonly Coordinates[] =>
  product.tables.flatMap((table, chart) => {
    const inner = variablesOf(table).filter((variable) => split.includes(variable));
    return inner.length === 0 ? [] : [new Coordinates(table, chart, inner)];
  });

/**
 * The outer variables that the inner ones and each other do not fix already. What changes most often is left out first: free
 * frames follow from the total and those of others, and move with both.
 */
function needed(table: LtsTable, inner: readonly string[], outer: readonly string[]): readonly string[] {
  const locals = Array.from({ length: table.size }, (_, state) => table.local(state));
  const changes = (variable: string) => {
    let count = 0;
    locals.forEach((local, state) => {
      const row = table.next.subarray(state * table.labels.length, (state + 1) * table.labels.length);
      for (const to of row) {
        const after = locals[to];
        if (after !== undefined && variableIn(after, variable) !== variableIn(local, variable)) count++;
      }
    });
    return count;
  };
  const tellsApart = (variables: readonly string[]) =>
    new Set(locals.map((local) => JSON.stringify(variables.map((variable) => variableIn(local, variable)))))
      .size === locals.length;
  const often = outer.map((variable) => ({ variable, count: changes(variable) }));
  let kept = outer;
  for (const { variable } of often.sort((a, b) => b.count - a.count)) {
    const fewer = kept.filter((other) => other !== variable);
    if (tellsApart([...fewer, ...inner])) kept = fewer;
  }
  return kept;
}

function ranked(ranks: Map<string, number>, key: string): number {
  const known = ranks.get(key);
  if (known !== undefined) return known;
  ranks.set(key, ranks.size);
  return ranks.size - 1;
}

/** Per inner coordinate: the inner coordinates that the nth own label is known to lead to, whatever the outer one. */
export function innerMoves(table: LtsTable, its: Coordinates, own: number): readonly (readonly number[])[] {
  const moves = Array.from({ length: its.inners }, () => new Set<number>());
  for (let state = 0; state < its.innerOf.length; state++) {
    const to = table.next[state * table.labels.length + own] ?? REFUSED;
    if (to >= 0 && to < its.innerOf.length)
      moves[its.innerOf[state] as number]?.add(its.innerOf[to] as number);
  }
  return moves.map((set) => [...set]);
}

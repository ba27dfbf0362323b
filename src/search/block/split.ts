/**
 * The split by variable: a chart's local state comes apart into an outer and an inner coordinate.
 * A split names what is inner: `kind.key` for a context key of every chart of that kind, `kind` alone for the name of its state.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import type { LocalState } from '../../core/chart.ts';

export type Split = readonly string[];

/** How the known local states of one chart come apart; there may be pairs that are no local state. */
export interface Coordinates {
  readonly chart: number;
  readonly outers: number;
  readonly inners: number;
  /** By local state. */
  readonly outerOf: Int32Array;
  readonly innerOf: Int32Array;
  /** `[outer × inners + inner]`: the local state, or −1. */
  readonly local: Int32Array;
  /** Per inner coordinate: the values of its inner variables, in the order of `variables`. */
  readonly values: readonly (readonly (number | string)[])[];
  readonly variables: readonly string[];
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
    return inner.length === 0 ? [] : [coordinates(table, chart, inner)];
  });

function coordinates(table: LtsTable, chart: number, variables: readonly string[]): Coordinates {
  const rest = needed(
    table,
    variables,
    variablesOf(table).filter((variable) => !variables.includes(variable)),
  );
  const outer = new Map<string, number>();
  const inner = new Map<string, number>();
  const values: (readonly (number | string)[])[] = [];
  const outerOf = new Int32Array(table.size);
  const innerOf = new Int32Array(table.size);
  for (let state = 0; state < table.size; state++) {
    const local = table.local(state);
    const tuple = variables.map((variable) => variableIn(local, variable));
    outerOf[state] = ranked(outer, JSON.stringify(rest.map((variable) => variableIn(local, variable))));
    innerOf[state] = ranked(inner, JSON.stringify(tuple));
    if (innerOf[state] === values.length) values.push(tuple);
  }
  const locals = new Int32Array(outer.size * inner.size).fill(-1);
  for (let state = 0; state < table.size; state++)
    locals[(outerOf[state] as number) * inner.size + (innerOf[state] as number)] = state;
  return {
    chart,
    outers: outer.size,
    inners: inner.size,
    outerOf,
    innerOf,
    local: locals,
    values,
    variables,
  };
}

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

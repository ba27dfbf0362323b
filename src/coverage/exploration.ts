/**
 * What the product of a scope reaches: the exact coverage of an exhaustive exploration.
 */
import { type LtsTable, REFUSED } from '../compile/table.ts';
import type { Product } from '../compose/product.ts';
import { type Label, labelText } from '../core/label.ts';
import type { Stepped } from '../step/stepper.ts';
import { choiceOf, guardText } from './guards.ts';
import type { ProductGraph } from './product-graph.ts';
import { localState, localTransition } from './recorder.ts';
import { count, type Measure, noElements, noLocal, type Recording } from './recording.ts';
import { type Alone, initiatorsBut, RULES, ruleOf, type Structure } from './universe.ts';
import { type ChartView, possible } from './windows.ts';

export interface Explored {
  readonly recording: Recording;
  /** Measures that were not computed, because the product is too large for them. */
  readonly bounded: ReadonlySet<Measure>;
  readonly product: {
    readonly states: number;
    readonly transitions: number;
    /** Two transitions in a row. */
    readonly pairs: number;
  };
}

export interface ExploreOptions {
  readonly source: string;
  readonly variant: string;
  readonly k: number;
  /** Follow pairs, paths and round trips only up to so many product states. */
  readonly followMax?: number;
}

/** About half a gigabyte and a minute for the longest rule. */
const FOLLOW_MAX = 200_000;

export function recordExploration(graph: ProductGraph, alone: Alone, options: ExploreOptions): Explored {
  const by = noElements();
  const local = noLocal();
  const bounded = new Set(alone.bounded);
  const follows = graph.states <= (options.followMax ?? FOLLOW_MAX);
  alone.structures.forEach((structure, chart) => {
    sameStates(graph.product, structure, chart);
    const column = graph.column(chart);
    const view = viewOf(graph, structure, chart, column);
    const rows = new Rows(structure);
    rows.follow(graph, chart, column);
    const { kind, table } = structure;
    for (const state of rows.states) {
      count(by.states, kind.stateText(kind.state(table.local(state).value)));
      count(local.states, localState(table.chart, table.local(state)));
    }
    rows.taken.forEach((times, row) => {
      if (times === 0) return;
      const [from, label] = rows.place(row);
      count(by.transitions, kind.pathText([structure.transitions[row] as number]), times);
      count(local.transitions, localTransition(table.chart, from, label), times);
      const choice = choiceOf(from, label);
      if (choice !== undefined)
        count(by.guards, guardText(kind.name, from.value, label.type, choice.taken), times);
    });
    for (const [at, label] of refusals(graph, chart, structure, column))
      count(by.guards, guardText(kind.name, at, label, undefined));
    for (const measure of RULES) {
      const windows = alone.windows[chart]?.[measure] ?? 0;
      const found =
        follows && windows > 0 ? possible(view, ruleOf(measure, kind, options.k), { windows }) : undefined;
      if (found === undefined) bounded.add(measure);
      else for (const path of found.paths) count(by[measure], kind.pathText(path));
    }
    localPairs(graph, chart, rows, column, local.pairs, follows);
  });
  const { source, variant, k } = options;
  return {
    recording: { source, variant, k, by, local, families: familiesOf(graph) },
    bounded,
    product: { states: graph.states, transitions: graph.targets.length, pairs: pairsOf(graph) },
  };
}

/** Throws where a chart that was followed in part numbers its local states otherwise than the product does. */
function sameStates({ tables }: Product, { table }: Structure, chart: number): void {
  const own = tables[chart];
  if (own === undefined || own === table) return;
  for (let state = 0; state < own.size; state++)
    if (state >= table.size || own.local(state).key !== table.local(state).key)
      throw new Error(`${table.chart.id} was followed alone before its product was explored`);
}

/** The product as one chart sees it. */
function viewOf(graph: ProductGraph, structure: Structure, chart: number, column: Int32Array): ChartView {
  const own = ownOf(graph.product, chart);
  const width = structure.table.labels.length;
  const transitions = new Int32Array(graph.targets.length).fill(-1);
  for (let state = 0; state < graph.states; state++)
    for (let e = graph.starts[state] as number; e < (graph.starts[state + 1] as number); e++) {
      const n = own[graph.labels[e] as number] as number;
      if (n >= 0) transitions[e] = structure.transitions[(column[state] as number) * width + n] as number;
    }
  return { states: graph.states, starts: graph.starts, targets: graph.targets, transitions };
}

/** Per label of the alphabet: its number among a chart's own, −1 where it is not. */
export function ownOf(product: Product, chart: number): Int32Array {
  const own = new Int32Array(product.labels.length).fill(-1);
  product.tables[chart]?.labels.forEach((label, n) => {
    own[label] = n;
  });
  return own;
}

/** Rows of one chart's table, and how often the product took each. */
class Rows {
  readonly states = new Set<number>();
  readonly taken: Float64Array;
  private readonly table: LtsTable;
  private readonly labels: readonly Label[];

  constructor({ table, labels }: Structure) {
    this.table = table;
    this.labels = labels;
    this.taken = new Float64Array(table.size * table.labels.length);
  }

  follow(graph: ProductGraph, chart: number, column: Int32Array): void {
    const own = ownOf(graph.product, chart);
    for (let state = 0; state < graph.states; state++) {
      const local = column[state] as number;
      this.states.add(local);
      for (let e = graph.starts[state] as number; e < (graph.starts[state + 1] as number); e++) {
        const n = own[graph.labels[e] as number] as number;
        if (n < 0) continue;
        const row = local * this.table.labels.length + n;
        this.taken[row] = (this.taken[row] as number) + 1;
      }
    }
  }

  /** The local state and the label of a row. */
  place(row: number): readonly [Stepped, Label] {
    const width = this.table.labels.length;
    const label = this.labels[row % width];
    if (label === undefined) throw new RangeError(`${this.table.chart.id} has no row ${row}`);
    return [this.table.local(Math.floor(row / width)), label];
  }
}

/** (control state, family) that guards refused while every initiating chart other than this one offered the label. */
function* refusals(graph: ProductGraph, chart: number, structure: Structure, column: Int32Array) {
  const { table } = structure;
  const offering = offeringOf(graph, chart, column);
  for (const [own, label] of table.labels.entries()) {
    const offers = offering(label);
    if (offers === undefined) continue;
    for (const state of offers) {
      if (table.successor(state, own) !== REFUSED) continue;
      const from = table.local(state);
      const refused = structure.labels[own];
      if (refused !== undefined && choiceOf(from, refused) !== undefined)
        yield [from.value, refused.type] as const;
    }
  }
}

/** Per label: the local states of a chart in which the others that initiate it all accept it; undefined without such others. */
function offeringOf(graph: ProductGraph, chart: number, column: Int32Array) {
  const { product } = graph;
  const columns = new Map<number, Int32Array>();
  const columnOf = (other: number): Int32Array => {
    const known = columns.get(other) ?? graph.column(other);
    columns.set(other, known);
    return known;
  };
  return (label: number): ReadonlySet<number> | undefined => {
    const others = initiatorsBut(product, label, chart);
    if (others.length === 0) return undefined;
    const sides = others.map((other) => ({
      own: other.own,
      at: columnOf(other.chart),
      table: product.tables[other.chart],
    }));
    const found = new Set<number>();
    for (let state = 0; state < graph.states; state++) {
      const local = column[state] as number;
      if (found.has(local)) continue;
      if (sides.every(({ own, at, table }) => table?.successor(at[state] as number, own) !== REFUSED))
        found.add(local);
    }
    return found;
  };
}

/** Pairs of local transitions: what a chart can take next after each row, other charts moving in between. */
function localPairs(
  graph: ProductGraph,
  chart: number,
  rows: Rows,
  column: Int32Array,
  into: Map<string, number>,
  follows: boolean,
): void {
  if (!follows) return;
  const { product } = graph;
  const own = ownOf(product, chart);
  const table = product.tables[chart];
  if (table === undefined) return;
  const width = table.labels.length;
  const taken = [...rows.taken.keys()].filter((row) => (rows.taken[row] as number) > 0);
  const id = new Map(taken.map((row, at) => [row, at]));
  const transitions = new Int32Array(graph.targets.length).fill(-1);
  for (let state = 0; state < graph.states; state++)
    for (let e = graph.starts[state] as number; e < (graph.starts[state + 1] as number); e++) {
      const n = own[graph.labels[e] as number] as number;
      if (n >= 0) transitions[e] = id.get((column[state] as number) * width + n) ?? -1;
    }
  const view = { states: graph.states, starts: graph.starts, targets: graph.targets, transitions };
  const rule = (window: readonly number[], transition: number, found: (path: readonly number[]) => void) => {
    if (window.length > 0) found([...window, transition]);
    return [[transition]];
  };
  for (const [first, second] of possible(view, rule, { windows: taken.length + 1 })?.paths ?? []) {
    const [from, label] = rows.place(taken[first ?? 0] ?? 0);
    const [, next] = rows.place(taken[second ?? 0] ?? 0);
    count(into, `${localTransition(table.chart, from, label)} ; ${labelText(next)}`);
  }
}

function familiesOf(graph: ProductGraph): Map<string, number> {
  const families = new Map<string, number>();
  const times = new Float64Array(graph.product.labels.length);
  for (const label of graph.labels) times[label] = (times[label] as number) + 1;
  graph.product.labels.forEach(({ type }, label) => {
    if ((times[label] as number) > 0) count(families, type, times[label]);
  });
  return families;
}

/** Into a state and out of it again, over all states. */
function pairsOf(graph: ProductGraph): number {
  let pairs = 0;
  for (const target of graph.targets)
    pairs += (graph.starts[target + 1] as number) - (graph.starts[target] as number);
  return pairs;
}

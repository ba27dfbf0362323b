/**
 * What there is to cover: everything that each chart could do alone over the labels of a scope, whatever the others allow.
 * The tables are filled to the end for this, so the scope must be small. A chart too large alone is followed for a table full of
 * local states, those first that were met before; the product goes on without those that it does not meet itself.
 */
import type { LtsTable } from '../compile/table.ts';
import type { Product } from '../compose/product.ts';
import type { Label } from '../core/label.ts';
import { choiceOf, guardText } from './guards.ts';
import { type Kind, Kinds } from './kinds.ts';
import { count, type Measure, noElements } from './recording.ts';
import { type ChartView, pathsOf, possible, roundTripsOf } from './windows.ts';

/** Per (local state, own label) of one chart: the structural transition, −1 where the chart refuses. */
export interface Structure {
  readonly table: LtsTable;
  /** The chart's own labels, as the columns of its table. */
  readonly labels: readonly Label[];
  readonly kind: Kind;
  readonly transitions: Int32Array;
}

/** Sets of element texts. */
export type Universe = Readonly<Record<Measure, ReadonlySet<string>>>;

export interface Alone {
  readonly kinds: Kinds;
  readonly structures: readonly Structure[];
  readonly universe: Universe;
  /** Local states and transitions of all charts, added up. */
  readonly localStates: number;
  readonly localTransitions: number;
  /** Per chart and measure: how many windows occur, so that a product can be followed in flat memory. */
  readonly windows: readonly Readonly<Record<'pairs' | 'kpaths' | 'roundtrips', number>>[];
  /** Measures that some chart is too large for; their universe is not complete. */
  readonly bounded: ReadonlySet<Measure>;
  /** Kinds of charts that go further alone than they were followed. */
  readonly partly: ReadonlySet<string>;
}

export const RULES = ['pairs', 'kpaths', 'roundtrips'] as const;

export function aloneIn(product: Product, k: number): Alone {
  const kinds = new Kinds();
  const by = noElements();
  const bounded = new Set<Measure>();
  const structures = product.tables.map((table) => structureOf(product, table, kinds));
  let localStates = 0;
  let localTransitions = 0;
  const windows = structures.map((structure, chart) => {
    const { kind, table } = structure;
    const view = aloneView(structure);
    localStates += table.size;
    localTransitions += view.targets.length;
    for (let state = 0; state < table.size; state++)
      count(by.states, kind.stateText(kind.state(table.local(state).value)));
    for (const id of view.transitions) count(by.transitions, kind.pathText([id]));
    addGuards(product, chart, structure, by.guards);
    const sizes = { pairs: 0, kpaths: 0, roundtrips: 0 };
    for (const measure of RULES) {
      const found = possible(view, ruleOf(measure, kind, k));
      if (found === undefined) bounded.add(measure);
      else for (const path of found.paths) count(by[measure], kind.pathText(path));
      sizes[measure] = found?.windows ?? 0;
    }
    return sizes;
  });
  const universe = setsOf(by);
  const partly = new Set(structures.flatMap(({ kind, table }) => (table.isClosed ? [kind.name] : [])));
  return { kinds, structures, universe, localStates, localTransitions, windows, bounded, partly };
}

const setsOf = (by: Readonly<Record<Measure, ReadonlyMap<string, number>>>): Universe => ({
  states: new Set(by.states.keys()),
  transitions: new Set(by.transitions.keys()),
  pairs: new Set(by.pairs.keys()),
  kpaths: new Set(by.kpaths.keys()),
  roundtrips: new Set(by.roundtrips.keys()),
  guards: new Set(by.guards.keys()),
});

export const ruleOf = (measure: (typeof RULES)[number], kind: Kind, k: number) =>
  measure === 'roundtrips' ? roundTripsOf(kind) : pathsOf(measure === 'pairs' ? 2 : k);

/** The table itself, filled to the end; or a copy that is closed, where the chart alone is too large. */
export function followedAlone(table: LtsTable): LtsTable {
  const copy = table.copy();
  if (!copy.enumerate()) return copy.closed();
  table.takeOver(copy);
  return table;
}

function structureOf(product: Product, own: LtsTable, kinds: Kinds): Structure {
  const table = followedAlone(own);
  const labels = table.labels.flatMap((id) => product.labels[id] ?? []);
  const kind = kinds.of(table.chart);
  const width = table.labels.length;
  const transitions = new Int32Array(table.size * width).fill(-1);
  for (let state = 0; state < table.size; state++)
    for (let n = 0; n < width; n++) {
      const to = table.successor(state, n);
      if (to < 0) continue;
      const family = labels[n]?.type ?? '';
      transitions[state * width + n] = kind.transition(
        table.local(state).value,
        family,
        table.local(to).value,
      );
    }
  return { table, labels, kind, transitions };
}

/** A chart's own table as a graph: it moves on every edge. */
export function aloneView({ table, transitions }: Structure): ChartView & { readonly own: Int32Array } {
  const starts = new Int32Array(table.size + 1);
  const targets: number[] = [];
  const taken: number[] = [];
  const own: number[] = [];
  for (let state = 0; state < table.size; state++) {
    for (let n = 0; n < table.labels.length; n++) {
      const transition = transitions[state * table.labels.length + n] as number;
      if (transition < 0) continue;
      targets.push(table.successor(state, n));
      taken.push(transition);
      own.push(n);
    }
    starts[state + 1] = targets.length;
  }
  return {
    states: table.size,
    starts,
    targets: Int32Array.from(targets),
    transitions: Int32Array.from(taken),
    own: Int32Array.from(own),
  };
}

/**
 * Each move that some local state takes, and for each family with guards that somebody else initiates (so that it can be
 * offered and refused) the refusal.
 */
function addGuards(
  product: Product,
  chart: number,
  { table, labels, kind }: Structure,
  guards: Map<string, number>,
): void {
  table.labels.forEach((label, own) => {
    const isOffered = initiatorsBut(product, label, chart).length > 0;
    for (let state = 0; state < table.size; state++) {
      const from = table.local(state);
      const family = labels[own];
      if (family === undefined) continue;
      const choice = choiceOf(from, family);
      if (choice === undefined || (choice.taken === undefined && !isOffered)) continue;
      count(guards, guardText(kind.name, from.value, family.type, choice.taken));
    }
  });
}

/** Owners that initiate a label, without one chart. */
export const initiatorsBut = (product: Product, label: number, chart: number) =>
  (product.owners[label] ?? []).filter((owner) => owner.role === 'initiates' && owner.chart !== chart);

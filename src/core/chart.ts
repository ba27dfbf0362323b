/**
 * What the rest of Ballast knows of a statechart. XState's generics stop at this interface.
 */
import type { AnyStateMachine } from 'xstate';
import type { Label } from './label.ts';

/**
 * What a chart may do about a label it owns (design §2).
 *  initiates  a chart of the actor that takes the step: may refuse
 *  grants     a lock: refuses while someone else holds it
 *  decides    chooses among outcomes: may refuse one
 *  observes   physics and copies of a shared variable: accepts in every local state
 */
export type Role = 'initiates' | 'grants' | 'decides' | 'observes';

/** One local state as the tables and properties see it. */
export interface LocalState {
  readonly value: string;
  readonly context: Readonly<Record<string, number | string>>;
}

/** Named integers of one local state; a property sums them over charts of one kind. */
export type Quantities = Readonly<Record<string, number>>;

export interface ModelChart {
  /** Unique in a product, for example `section[0]`. */
  readonly id: string;
  /** Shared by the charts that differ in their index only. */
  readonly kind: string;
  /** Which section, block or slot; absent for charts there is one of. */
  readonly index?: number;
  /** Who moves when this chart initiates a label. */
  readonly actor: string;
  /** Label families of its alphabet and its role in each. */
  readonly families: Readonly<Record<string, Role>>;
  /** Whether this instance of one of its families concerns it (for example, its own section). */
  readonly owns: (label: Label) => boolean;
  /** What hardly depends on other charts, for block search: keys of the context, and `value` for the name of the state. */
  readonly dense?: readonly string[];
  readonly machine: AnyStateMachine;
  readonly observe: (local: LocalState) => Quantities;
  /** How to show a local state in a trace, short. */
  readonly show?: (local: LocalState) => string;
}

/** The role of a chart in a label, or `undefined` where it does not own it. */
export function roleIn(chart: ModelChart, label: Label): Role | undefined {
  const role = chart.families[label.type];
  return role !== undefined && chart.owns(label) ? role : undefined;
}

/** A product's ingredients: its charts and its alphabet, in order. The order of labels breaks ties between traces. */
export interface Model {
  readonly charts: readonly ModelChart[];
  readonly alphabet: readonly Label[];
}

/**
 * Watches as the generated code needs them: conditions over numbered sums, and masks of labels for steps.
 */
import { type CompiledCondition, instancesOf, Sums, type Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';

/** Violated where all conditions of one clause hold. */
export interface StateRule {
  readonly watch: number;
  readonly clauses: readonly (readonly CompiledCondition[])[];
}
/** Where a goal is met; `usable[label]`: the way to it may take that label. */
export interface Goal {
  readonly watch: number;
  readonly conditions: readonly CompiledCondition[];
  readonly usable: readonly boolean[];
}
export interface StepRule {
  readonly watch: number;
  /** Labels that violate it whenever they are taken. */
  readonly never: readonly number[];
  readonly judge: Extract<Watch, { kind: 'step' }>;
}

export interface Rules {
  readonly sums: Sums;
  readonly states: readonly StateRule[];
  readonly steps: readonly StepRule[];
  readonly goals: readonly Goal[];
  /** Counters: one a watch, and for orbits two more. */
  readonly counters: number;
  readonly orbits: Orbits | undefined;
}

/** Only one state of each orbit is kept; these counters say how many states and transitions there are. */
export interface Orbits {
  readonly symmetry: Symmetry;
  readonly states: number;
  readonly transitions: number;
}

/** Goals that one byte a state can tell apart. */
export const GOALS_A_PLANE = 8;

/** Per label: a bit for each of these goals whose way may use it. */
export const usableMasks = (goals: readonly Goal[], labels: number): Uint8Array =>
  Uint8Array.from({ length: labels }, (_, label) =>
    goals.reduce((mask, { usable }, bit) => mask | (usable[label] === true ? 1 << bit : 0), 0),
  );

/** Temporal watches have no rule: they are judged afterwards, on the explored graph (`fair/`). */
export function rulesOf(product: Product, watches: readonly Watch[], symmetry?: Symmetry): Rules {
  const sums = new Sums(product);
  const states: StateRule[] = [];
  const steps: StepRule[] = [];
  const goals: Goal[] = [];
  watches.forEach((one, watch) => {
    if (one.kind === 'state') {
      const clauses = instancesOf(product, one).flatMap((index) =>
        one.clauses.map((conditions) => sums.compile(conditions, index)),
      );
      states.push({ watch, clauses });
    } else if (one.kind === 'step') {
      const never = product.labels.flatMap(({ type }, label) => (one.never.includes(type) ? [label] : []));
      steps.push({ watch, never, judge: one });
    } else if (one.kind === 'possible') {
      const usable = product.labels.map(({ type }) => !one.without.includes(type));
      goals.push({ watch, conditions: sums.compile(one.goal), usable });
    }
  });
  const { length } = watches;
  const orbits = symmetry && { symmetry, states: length, transitions: length + 1 };
  return { sums, states, steps, goals, counters: orbits === undefined ? length : length + 2, orbits };
}

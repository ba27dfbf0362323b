/**
 * Watches as the generated code needs them: conditions over numbered sums, and masks of labels for steps.
 */
import { type CompiledCondition, instancesOf, Sums, type Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';

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
}

/** Goals that one byte a state can tell apart. */
export const GOALS_A_PLANE = 8;

/** Per label: a bit for each of these goals whose way may use it. */
export const usableMasks = (goals: readonly Goal[], labels: number): Uint8Array =>
  Uint8Array.from({ length: labels }, (_, label) =>
    goals.reduce((mask, { usable }, bit) => mask | (usable[label] === true ? 1 << bit : 0), 0),
  );

/** Temporal watches have no rule: they are judged afterwards, on the explored graph (`fair/`). */
export function rulesOf(product: Product, watches: readonly Watch[]): Rules {
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
  return { sums, states, steps, goals };
}

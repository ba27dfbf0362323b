/**
 * One chart, stepped through its XState machine: the only place that asks XState what a label does.
 * Tables are filled from it, and real-size runs step it directly.
 */
import { type AnyMachineSnapshot, type AnyStateMachine, createActor } from 'xstate';
import type { LocalState, ModelChart } from '../core/chart.ts';
import type { Label } from '../core/label.ts';

/** A local state with the XState snapshot behind it. Plain data: contexts are frozen. */
export interface Stepped extends LocalState {
  readonly snapshot: AnyMachineSnapshot;
  /** Identity: the state's name and its context, keys in order. */
  readonly key: string;
}

export class Stepper {
  readonly chart: ModelChart;
  readonly initial: Stepped;
  private readonly machine: AnyStateMachine;
  private readonly scope: object;

  constructor(chart: ModelChart) {
    this.chart = chart;
    this.machine = chart.machine;
    this.scope = inertScope(chart.machine);
    this.initial = stepped(this.machine.getInitialSnapshot(this.scope as never));
  }

  accepts(from: Stepped, label: Label): boolean {
    return from.snapshot.status === 'active' && from.snapshot.can(label as never);
  }

  /** The local state after a label; undefined where it is refused. */
  step(from: Stepped, label: Label): Stepped | undefined {
    if (!this.accepts(from, label)) return undefined;
    return stepped(this.machine.transition(from.snapshot, label as never, this.scope as never));
  }

  /** The local state after an accepted label; throws on a refused one (a bug of ours). */
  next(from: Stepped, label: Label): Stepped {
    const after = this.step(from, label);
    if (after === undefined) throw new Error(`${this.chart.id} refuses ${label.type} in ${from.key}`);
    return after;
  }
}

/** A scope in which nothing is ever executed; the public `transition` builds one a call, which is slow. */
function inertScope(machine: AnyStateMachine): object {
  const self = createActor(machine);
  const nothing = () => {};
  return {
    self,
    defer: nothing,
    id: '',
    logger: nothing,
    sessionId: '',
    stopChild: nothing,
    system: self.system,
    emit: nothing,
    actionExecutor: nothing,
  };
}

function stepped(snapshot: AnyMachineSnapshot): Stepped {
  const context = Object.freeze(snapshot.context) as Readonly<Record<string, number | string>>;
  const value = typeof snapshot.value === 'string' ? snapshot.value : JSON.stringify(snapshot.value);
  return { snapshot, value, context, key: stateKey(value, context) };
}

export function stateKey(value: string, context: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(context).sort();
  return JSON.stringify([value, ...keys.map((key) => [key, context[key]])]);
}

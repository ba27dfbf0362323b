/**
 * A run taken again, at any size: who moved, the page ledger after each step, and what each property says of it.
 * Every chart that moves is an XState actor beside the stepped one; they must agree, or it is a bug of ours.
 */
import { type Actor, type AnyStateMachine, createActor } from 'xstate';
import type { Watch } from '../compose/observation.ts';
import type { ModelChart } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { stateKey } from '../step/stepper.ts';
import { Judge, type Judged, type JudgeOptions, ledgerSum } from './judge.ts';
import { initiatorOf } from './states.ts';
import type { LedgerLine, Move, TraceStep } from './trace.ts';
import type { Change, Refused, StepWorld, Walk } from './world.ts';

export interface Retraced {
  readonly start: Readonly<Record<string, number>>;
  readonly steps: readonly TraceStep[];
  /** Per watch: what it said at the start and after each step. */
  readonly judged: readonly (readonly Judged[])[];
  /** Per watch: the balances that do not come out in the end. */
  readonly broken: readonly (readonly string[])[];
  /** The first label that was not taken. */
  readonly stopped: Stopped | undefined;
}

export interface Stopped {
  /** From 0. */
  readonly step: number;
  /** Empty where no chart owns the label. */
  readonly refused: readonly Refused[];
}

export function retrace(
  world: StepWorld,
  labels: readonly Label[],
  lines: readonly LedgerLine[],
  watches: readonly Watch[],
  options: JudgeOptions = {},
): Retraced {
  const walk = world.walk();
  const actors = new Actors();
  const judges = watches.map((watch) => new Judge(watch, options));
  const judged = judges.map((judge) => [judge.ofState(walk)]);
  const start = ledger(walk, lines);
  const steps: TraceStep[] = [];
  let stopped: Stopped | undefined;
  for (const [step, label] of labels.entries()) {
    const refused = walk.refusals(label);
    const changes = walk.take(label);
    if (changes === undefined) {
      stopped = { step, refused };
      break;
    }
    actors.confirm(label, changes, step);
    steps.push({
      label: labelText(label),
      actor: initiatorOf(label, changes)?.chart.actor ?? '?',
      moved: changes.flatMap(moveOf),
      ledger: ledger(walk, lines),
    });
    judges.forEach((judge, at) => {
      judged[at]?.push(judge.ofStep(walk, label, changes));
    });
  }
  actors.stop();
  return { start, steps, judged, broken: judges.map((judge) => judge.lines(walk)), stopped };
}

/** One actor for each chart that has moved. */
class Actors {
  private readonly of = new Map<ModelChart, Actor<AnyStateMachine>>();

  confirm(label: Label, changes: readonly Change[], step: number): void {
    for (const { chart, after } of changes) {
      let actor = this.of.get(chart);
      if (actor === undefined) {
        actor = createActor(chart.machine).start();
        this.of.set(chart, actor);
      }
      actor.send(label);
      const { value, context } = actor.getSnapshot();
      const key = stateKey(typeof value === 'string' ? value : JSON.stringify(value), context);
      if (key !== after.key)
        throw new Error(
          `after step ${step + 1} XState's ${chart.id} is in ${key}, stepped it is in ${after.key}`,
        );
    }
  }

  stop(): void {
    for (const actor of this.of.values()) actor.stop();
  }
}

function ledger(walk: Walk, lines: readonly LedgerLine[]): Record<string, number> {
  return Object.fromEntries(lines.map(({ name, sum }) => [name, ledgerSum(walk, sum)]));
}

function moveOf({ chart, before, after }: Change): Move[] {
  if (before.key === after.key) return [];
  const show = (local: Change['after']) => chart.show?.(local) ?? local.key;
  return [{ chart: chart.id, from: show(before), to: show(after) }];
}

/**
 * Every chart's local state along a run, and who takes each step from where: for formats that want states rather than labels.
 */
import { type ModelChart, type Role, roleIn } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import type { Stepped } from '../step/stepper.ts';
import type { Change, StepWorld } from './world.ts';

const ORDER: Readonly<Record<Role, number>> = { initiates: 0, grants: 1, decides: 2, observes: 3 };

/** Who acts in a step: the first of those who may refuse it. Undefined for no changes. */
export function initiatorOf(label: Label, changes: readonly Change[]): Change | undefined {
  const rank = ({ chart }: Change) => ORDER[roleIn(chart, label) ?? 'observes'];
  return changes.reduce<Change | undefined>(
    (least, change) => (least === undefined || rank(change) < rank(least) ? change : least),
    undefined,
  );
}

/** What each label changed; throws on one that is refused (a bug of ours). */
export function changesAlong(world: StepWorld, labels: readonly Label[]): readonly (readonly Change[])[] {
  const walk = world.walk();
  return labels.map((label, step) => {
    const changes = walk.take(label);
    if (changes === undefined) throw new Error(`step ${step + 1}, ${label.type}, is refused`);
    return changes;
  });
}

/** By chart id, before the first label and after each; only for worlds whose charts all exist. */
export function statesAlong(
  world: StepWorld,
  labels: readonly Label[],
): readonly Readonly<Record<string, Stepped>>[] {
  if (world.charts.indices > 0) throw new Error('states of a world of real size are not listed');
  const start = Object.fromEntries(
    world.charts.fixed.map((chart: ModelChart, place) => [chart.id, world.initialAt(place)]),
  );
  const states = [start];
  for (const changes of changesAlong(world, labels))
    states.push({
      ...states.at(-1),
      ...Object.fromEntries(changes.map(({ chart, after }) => [chart.id, after])),
    });
  return states;
}

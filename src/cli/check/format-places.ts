/**
 * A case on the models' source lines: where the chart behind the broken property takes the last label.
 */
import { sourceOf } from '../../../models/source.ts';
import { everyProperty } from '../../../properties/all.ts';
import type { CasePlaces, Locate, SourcePlace } from '../../../reports/places.ts';
import type { ReportedCase, RunReport } from '../../../reports/run-report.ts';
import { isOfRuns } from '../../compose/observation.ts';
import { BOOT } from '../../core/label.ts';
import { changesAlong, initiatorOf } from '../../trace/states.ts';
import type { Change } from '../../trace/world.ts';
import { worldOfCase } from './format-world.ts';

/** Remembers what it found: several formats ask for the same case. */
export function locateIn(report: RunReport): Locate {
  const known = new Map<ReportedCase, CasePlaces>();
  return (found) => {
    const places = known.get(found) ?? placesOf(report, found);
    known.set(found, places);
    return places;
  };
}

function placesOf(report: RunReport, found: ReportedCase): CasePlaces {
  const world = worldOfCase(report, found);
  const labels = found.trace?.labels ?? [];
  if (world === undefined || labels.length === 0) return { last: undefined, steps: [] };
  const along = changesAlong(world, labels);
  const steps = labels.map((label, at) =>
    placeOf(initiatorOf(label, along[at] ?? []), label.type, found.variant),
  );
  const [label, changes] = [labels.at(-1), along.at(-1)];
  if (label === undefined || changes === undefined) return { last: undefined, steps };
  return {
    last:
      placeOf(culprit(found, changes) ?? initiatorOf(label, changes), label.type, found.variant) ??
      steps.at(-1),
    steps,
  };
}

/** The chart that the property counts (its balance stands last in a clause) and that the last step has moved, if any. */
function culprit(found: ReportedCase, changes: readonly Change[]): Change | undefined {
  const watch = everyProperty().find(({ id }) => id === found.property)?.watch;
  if (watch === undefined || !isOfRuns(watch)) return undefined;
  const kinds =
    watch.kind === 'step'
      ? [watch.on]
      : watch.clauses.flatMap((clause) =>
          Object.keys(clause.at(-1)?.sum ?? {}).map((term) => term.split('.')[0]),
        );
  return changes.find(({ chart, before, after }) => before !== after && kinds.includes(chart.kind));
}

function placeOf(change: Change | undefined, family: string, variant: string): SourcePlace | undefined {
  if (change === undefined) return undefined;
  const kind = change.chart.index === BOOT ? 'boot' : change.chart.kind;
  return sourceOf(kind, change.before.value, family, undefined, variant);
}

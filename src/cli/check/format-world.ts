/**
 * The charts behind a case of a report, and its run as states.
 */

import { formOf } from '../../../models/forms/all.ts';
import { type ItfRun, renderItf } from '../../../reports/itf.ts';
import { isSameSearch, type ReportedCase, type RunReport, searchName } from '../../../reports/run-report.ts';
import { statesAlong } from '../../trace/states.ts';
import type { StepWorld } from '../../trace/world.ts';
import { scopeOfTrace } from '../trace/scope.ts';
import { guestWorld } from '../trace/world.ts';
import { protocolOf } from './task.ts';

/** By search. Charts are dear to make, and a world remembers how they were stepped. */
const worlds = new WeakMap<RunReport, Map<string, StepWorld | undefined>>();

/** Undefined where the report speaks of a variant, a form or a scope that is not known here (a report made elsewhere). */
export function worldOfCase(report: RunReport, found: ReportedCase): StepWorld | undefined {
  const known = worlds.get(report) ?? new Map<string, StepWorld | undefined>();
  worlds.set(report, known);
  const name = searchName(found);
  if (!known.has(name)) known.set(name, made(report, found));
  return known.get(name);
}

function made(report: RunReport, found: ReportedCase): StepWorld | undefined {
  const protocol = protocolOf(found.variant);
  const bounds = report.searches.find((search) => isSameSearch(search, found))?.bounds ?? {};
  const scope = scopeOfTrace(bounds, () => ({ file: '', line: 0 }));
  const form = protocol === undefined ? undefined : formOf(found.form, protocol);
  return protocol === undefined || !scope.ok || form?.ok !== true
    ? undefined
    : guestWorld(protocol, form.value, scope.value);
}

/** Undefined for a case without a run. */
export function itfOf(report: RunReport, found: ReportedCase): string | undefined {
  const world = worldOfCase(report, found);
  if (world === undefined || found.trace === undefined) return undefined;
  const { labels, loopFrom } = found.trace;
  const run: ItfRun = {
    title: `${searchName(found)}: ${found.property}, ${found.statement}`,
    source: found.reproduce,
    labels,
    ...(loopFrom === undefined ? {} : { loop: Math.min(loopFrom + 1, labels.length) }),
    states: statesAlong(world, labels),
  };
  return renderItf(run);
}

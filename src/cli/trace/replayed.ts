/**
 * A run taken again through everything that can take it: charts, XState's actors and, in small scopes, the compiled tables.
 */
import { isDeepStrictEqual } from 'node:util';
import { guestCharts } from '../../../models/guest.ts';
import { ledgerLines } from '../../../properties/ledger.ts';
import type { ReplayedLoop, ReplayReport } from '../../../reports/replay.ts';
import { composeProduct } from '../../compose/product.ts';
import { type Label, labelText } from '../../core/label.ts';
import { expectOk, fail, ok, type Problem, type Result } from '../../core/result.ts';
import { lassoFaults } from '../../trace/lasso.ts';
import { type Retraced, retrace } from '../../trace/retrace.ts';
import { buildTrace, type TraceStep } from '../../trace/trace.ts';
import { boundsText } from '../check/scope-text.ts';
import { isSpelt, type OpenTrace } from './input.ts';

/** Fails with `TRACE_REFUSED` where a chart refuses a label: who, and in which local state. */
export function replayed(path: string, open: OpenTrace, labels: readonly Label[]): Result<ReplayReport> {
  const { world, properties, property, alphabet, protocol, scope } = open;
  const watches = properties.map(({ watch }) => watch);
  const found = retrace(world, labels, ledgerLines, watches, alphabet === undefined ? {} : { alphabet });
  if (found.stopped !== undefined) return fail(refusal(open, labels, found.stopped));
  const loop = loopOf(open, labels);
  const inTables = confirmByTables(open, labels, found);
  const last = labels.length;
  const breaches = properties.flatMap(({ id, statement, at }, nth) => {
    const judged = found.judged[nth] ?? [];
    const step = judged.indexOf('broken');
    if (step < 0) return [];
    const inTheEnd = judged[last] === 'broken';
    return [
      { property: id, statement, at, step, inTheEnd, lines: inTheEnd ? (found.broken[nth] ?? []) : [] },
    ];
  });
  const unjudged = properties.flatMap(({ id }, nth) =>
    found.judged[nth]?.includes('unknown') === true && !breaches.some((one) => one.property === id)
      ? [id]
      : [],
  );
  return ok({
    path,
    variant: protocol.id,
    scope: scope.name,
    bounds: boundsText(scope),
    property: property.id,
    confirmed:
      loop === undefined
        ? breaches.some((one) => one.property === property.id && one.inTheEnd)
        : loop.faults.length === 0,
    ...(loop === undefined ? {} : { loop }),
    trace: { labels, start: found.start, steps: found.steps },
    breaches,
    kept: properties.length - breaches.length - unjudged.length,
    unjudged,
    inTables,
  });
}

/** Where the file is a lasso of a temporal property: what is wrong with it. */
function loopOf(
  { world, alphabet, property, file }: OpenTrace,
  labels: readonly Label[],
): ReplayedLoop | undefined {
  const { watch } = property;
  if (watch.kind !== 'temporal') return undefined;
  const { loopFrom: from } = file;
  if (from === undefined || from > labels.length)
    return { from: labels.length, faults: ['no loop is marked'] };
  if (alphabet === undefined) return { from, faults: ['too large a scope to see what fairness demands'] };
  return { from, faults: lassoFaults(world, alphabet, watch, labels, from) };
}

function refusal(
  { file, world }: OpenTrace,
  labels: readonly Label[],
  { step, refused }: NonNullable<Retraced['stopped']>,
): Problem {
  const label = labels[step];
  const text = label === undefined ? '' : labelText(label);
  const nobody = label === undefined || world.ownersOf(label).length === 0;
  return {
    code: 'TRACE_REFUSED',
    message: `step ${step + 1}, ${text}, is refused`,
    where: file.placeOf(['labels', step]),
    expected: nobody ? 'a label that some chart owns' : 'a label that every owner accepts',
    got: refused.map(({ chart, state }) => `${chart} in ${state}`).join('; ') || 'no owner',
  };
}

/** Whether there are tables for it; throws where they say otherwise (a bug of ours). */
function confirmByTables(
  { protocol, form, scope, alphabet }: OpenTrace,
  labels: readonly Label[],
  found: Retraced,
): boolean {
  if (alphabet === undefined || !isSpelt(labels, alphabet)) return false;
  const model = { charts: guestCharts(protocol, form, scope), alphabet };
  const product = expectOk(composeProduct(model), `${protocol.id} is within the fragment`);
  const trace = buildTrace(product, labels, ledgerLines);
  if (!isDeepStrictEqual(trace.steps, found.steps))
    throw new Error('tables and stepped charts disagree on a run');
  return true;
}

/** The first step at which the file's own words differ from what the charts do today; undefined where they agree. */
export function staleAt({ file }: OpenTrace, report: ReplayReport): number | undefined {
  if (file.steps === undefined) return undefined;
  const at = report.trace.steps.findIndex((step, nth) => !isSameStep(step, file.steps?.[nth]));
  return at < 0 ? undefined : at;
}

/** In which order charts are asked is no part of a step. */
function isSameStep(ours: TraceStep, theirs: TraceStep | undefined): boolean {
  const byChart = (step: TraceStep | undefined) => ({
    ...step,
    moved: step?.moved.toSorted((a, b) => (a.chart < b.chart ? -1 : 1)),
  });
  return isDeepStrictEqual(byChart(ours), byChart(theirs));
}

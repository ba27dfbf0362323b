/**
 * The driver's own counters, as a record shows them, against the charts.
 * Each is read at the moment of the record, so a few lag behind the charts' step (observed §2, §3):
 *   return of the populate hypercall   everything is still as before it
 *   around the decrease hypercall      low already has the pages, current still has them too
 *   return of the reserve step         total is new, st still old
 *   return of the decrease step        current is new, st still old
 * A record of another CPU may fall into the middle of the thread's book-keeping: it may show either side of its last step.
 */
import type { CallRecord, Globals } from '../logs/records.ts';
import type { Belief } from './belief.ts';

export const COUNTERS = ['cur', 'tgt', 'low', 'total', 'st'] as const;
export type Counter = (typeof COUNTERS)[number];
export type Counters = Readonly<Record<Counter, number>>;

export interface Difference {
  readonly counter: Counter;
  readonly expected: number;
  readonly got: number;
}

/** Pages that a decrease in progress has put on the list and not yet subtracted from current. */
export interface InFlight {
  readonly least: number;
  readonly most: number;
}

const ST_LAGS = ['additional_ret', 'dec_ret'];

export const countersOf = (belief: Belief): Counters => ({
  cur: belief.sum('books', 'current'),
  tgt: belief.sum('books', 'target'),
  low: belief.sum('books', 'low'),
  total: belief.sum('need', 'total'),
  st: belief.sum('balloon', 'st'),
});

/** What a record must show: most records come before the step they stand for, the returns of two calls after it. */
function expected(record: CallRecord, before: Belief, after: Belief, inFlight: InFlight): Counters {
  const late = ST_LAGS.includes(record.event);
  const counters = countersOf(late ? after : before);
  const seen = (record.globals?.low ?? 0) - counters.low;
  const extra = record.event === 'dec' ? 0 : Math.min(Math.max(seen, inFlight.least), inFlight.most);
  return { ...counters, low: counters.low + extra, ...(late ? { st: countersOf(before).st } : {}) };
}

/** Counters that differ; `earlier` are those before the thread's last step, where the record may still show them. */
export function differences(
  record: CallRecord,
  before: Belief,
  after: Belief,
  inFlight: InFlight,
  earlier: Counters | undefined,
): Difference[] {
  const { globals } = record;
  if (globals === undefined) return [];
  const now = expected(record, before, after, inFlight);
  return COUNTERS.flatMap((counter): Difference[] => {
    // A variant that keeps no total has no chart for it.
    if (counter === 'total' && before.local('need') === undefined) return [];
    const got = globals[counter];
    if (got === undefined) return [];
    const other = earlier?.[counter] ?? now[counter];
    const fits = got >= Math.min(now[counter], other) && got <= Math.max(now[counter], other);
    return fits ? [] : [{ counter, expected: now[counter], got }];
  });
}

/** Counters of parts of the driver that have no chart yet. */
export const unmodelled = (globals: Globals): readonly string[] =>
  (['high', 'unpop'] as const).filter((counter) => globals[counter] !== 0);

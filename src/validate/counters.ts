/**
 * The driver's own counters, as a record shows them, against the charts.
 * Each is read at the moment of the record, so a few lag behind the charts' step (observed §2, §3):
 *   return of the populate hypercall   everything is still as before it
 *   around the decrease hypercall      low already has the pages, current still has them too
 *   return of the reserve step         total is new, st still old
 *   return of the decrease step        current is new, st still old
 */
import type { CallRecord, Globals } from '../logs/records.ts';
import type { Belief } from './belief.ts';

export type Counter = 'cur' | 'tgt' | 'low' | 'total' | 'st';

export interface Difference {
  readonly counter: Counter | 'high' | 'unpop';
  readonly expected: number;
  readonly got: number;
}

const BEFORE_STEP = ['memop_inc_ret'];
const ST_LAGS = ['additional_ret', 'dec_ret'];

/** Which belief a record's counters speak of: the one before its labels, or after; per counter. */
function moment(record: CallRecord): Record<Counter, 'before' | 'after'> {
  const all = (when: 'before' | 'after') => ({ cur: when, tgt: when, low: when, total: when, st: when });
  if (BEFORE_STEP.includes(record.event)) return all('before');
  if (ST_LAGS.includes(record.event)) return { ...all('after'), st: 'before' };
  return all('before');
}

/** Counters that differ; so many pages are on the list and not yet subtracted from current. */
export function differences(
  record: CallRecord,
  before: Belief,
  after: Belief,
  inFlight: { readonly least: number; readonly most: number },
): Difference[] {
  const { globals } = record;
  if (globals === undefined) return [];
  const when = moment(record);
  const of = (counter: Counter) => (when[counter] === 'before' ? before : after);
  const seen = record.event === 'dec' ? 0 : globals.low - of('low').sum('books', 'low');
  const extra = Math.min(Math.max(seen, inFlight.least), record.event === 'dec' ? 0 : inFlight.most);
  const expected: Record<Counter, number> = {
    cur: of('cur').sum('books', 'current'),
    tgt: of('tgt').sum('books', 'target'),
    low: of('low').sum('books', 'low') + extra,
    total: of('total').sum('need', 'total'),
    st: of('st').sum('balloon', 'st'),
  };
  const known = (Object.keys(expected) as Counter[]).filter((counter) => counter !== 'total' || hasNeed(before));
  return [
    ...known.flatMap((counter) => different(counter, expected[counter], globals)),
    ...(['high', 'unpop'] as const).flatMap((counter) => different(counter, 0, globals)),
  ];
}

/** A variant that keeps no total has no chart for it. */
const hasNeed = (belief: Belief): boolean => belief.local('need') !== undefined;

function different(counter: Difference['counter'], expected: number, globals: Globals): Difference[] {
  const got = globals[counter];
  return got === expected ? [] : [{ counter, expected, got }];
}

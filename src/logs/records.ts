/**
 * What a trace turns into: one stream of items, in file order, told apart by `kind`.
 * Everything that could not be read is an item of the stream too, so that nothing is skipped in silence.
 */
import type { Place, Problem } from '../core/result.ts';

/** The driver's variables at the moment of an event. Units: pages of 4 KiB; `st` is the `bp_state`, 0..3. */
export interface Globals {
  readonly cur: number;
  readonly tgt: number;
  readonly unpop: number;
  readonly low: number;
  readonly high: number;
  readonly total: number;
  /** Missing where the kernel has no such variable (before 5.10.198). */
  readonly st?: number;
}

/** Where and by whom. `seconds` is the trace clock: comparable within one boot, never across guests. */
interface Stamped extends Place {
  readonly task: string;
  readonly pid: number;
  readonly cpu: number;
  readonly seconds: number;
}

/** A call of a traced function, or its return. */
export interface CallRecord extends Stamped {
  readonly kind: 'entry' | 'return';
  /** The event's name as logged: `dec`, `dec_ret`. */
  readonly event: string;
  /** The row of the probe table: `dec` for both. */
  readonly probe: string;
  /**
   * The fetched values that are exact as a number; a return has `ret`.
   * A `page=` address is given as `pfn` here, and exactly in `wide`.
   */
  readonly fields: Readonly<Record<string, number>>;
  /** The fetched values beyond 2^53, exactly: addresses, all-ones. */
  readonly wide: Readonly<Record<string, bigint>>;
  /** Fetched strings. */
  readonly words: Readonly<Record<string, string>>;
  /** For a return: the function it returned to, without offset. */
  readonly caller?: string;
  readonly globals: Globals | undefined;
}

/** Text that user space wrote to `trace_marker`. */
export interface MarkRecord extends Stamped {
  readonly kind: 'mark';
  readonly text: string;
}

/** An event that is not in the probe table, kept as it is. */
export interface UnknownRecord extends Stamped {
  readonly kind: 'unknown';
  readonly event: string;
  readonly text: string;
}

export type TraceRecord = CallRecord | MarkRecord | UnknownRecord;

/**
 * A place where records may be missing, because the log says so.
 *  start        a file or a dump begins
 *  overwritten  fewer entries in the buffer than written: the oldest are gone
 *  lost         `LOST EVENTS`
 *  dump         on a console, other text stands between two records: one dump of the buffer ended and another began,
 *               and what was recorded between reading and clearing the buffer is in neither
 */
export interface Gap extends Place {
  readonly kind: 'gap';
  readonly reason: 'start' | 'overwritten' | 'lost' | 'dump';
  /** How many records are missing, where known. */
  readonly lost?: number;
}

/** A problem makes the log untrustworthy; a warning does not by itself. */
export interface Fault {
  readonly kind: 'problem' | 'warning';
  readonly problem: Problem;
}

/** After the last line of a file. */
export interface TraceEnd extends Place {
  readonly kind: 'end';
  /** Records given: calls, returns, marks and unknown events. */
  readonly records: number;
  /** The sum of `entries-in-buffer` over the headers, if there was one. */
  readonly declared?: number;
  /** Lines of a console that are no trace text. */
  readonly foreign: number;
}

export type TraceItem = TraceRecord | Gap | Fault | TraceEnd;

/** A value that makes the log untrustworthy, as an item. */
export const problemItem = (problem: Problem): Fault => ({ kind: 'problem', problem });
/** Something odd that leaves the rest readable, as an item. */
export const warningItem = (problem: Problem): Fault => ({ kind: 'warning', problem });

/**
 * What led to a belief: the records that it matched, and what was broken on the way.
 */
import { type Label, labelText } from '../core/label.ts';
import type { CallRecord } from '../logs/records.ts';
import type { Belief, ChartStep } from './belief.ts';

/** Where a property was first broken, in a belief. */
export interface Breach {
  readonly property: string;
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly event: string;
  /** The labels that the record stood for. */
  readonly labels: readonly string[];
}

/** What one record stood for in a belief, and the belief after it. */
export interface Matched {
  readonly record: CallRecord;
  /** Records were lost before it: the charts do not go on from where they were. */
  readonly isResumed: boolean;
  /** Hidden labels included. */
  readonly labels: readonly Label[];
  readonly steps: readonly ChartStep[];
  readonly belief: Belief;
}

/** The records that led to a belief, newest first: beliefs share their past, and a belief that died is in nobody's. */
export interface Past {
  readonly matched: Matched;
  readonly earlier: Past | undefined;
}

/** Oldest first. */
export function runOf(past: Past | undefined): readonly Matched[] {
  const run: Matched[] = [];
  for (let at = past; at !== undefined; at = at.earlier) run.push(at.matched);
  return run.reverse();
}

export const matchedBy = (record: CallRecord, belief: Belief, isResumed: boolean): Matched => ({
  record,
  isResumed,
  labels: belief.trail,
  steps: belief.steps,
  belief,
});

export function breachOf(property: string, record: CallRecord, belief: Belief): Breach {
  return {
    property,
    file: record.file,
    line: record.line,
    seconds: record.seconds,
    event: record.event,
    labels: belief.trail.map(labelText),
  };
}

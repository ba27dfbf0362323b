/**
 * Why no belief survived a record, from the ways in which each of them failed.
 */
import type { Problem } from '../core/result.ts';
import type { CallRecord, TraceItem } from '../logs/records.ts';
import type { Belief, Refused } from './belief.ts';
import type { Difference } from './counters.ts';

/** Why no belief survived a record. */
export interface Rejection {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly event: string;
  /** What the record would have meant. */
  readonly tried: readonly string[];
  readonly refused: readonly Refused[];
  readonly differing: readonly Difference[];
  /** What the balloon thread could have done instead. */
  readonly enabled: readonly string[];
}

/** One way in which one belief could not take a record: charts refuse, or else counters differ. */
export interface Failure {
  readonly tried: string;
  readonly refused: readonly Refused[];
  readonly differing: readonly Difference[];
  /** The record that it was about, where that is an earlier one: its call could never end. */
  readonly at?: CallRecord;
}

const MESSAGES = {
  LOG_UNKNOWN_BLOCK: 'the record speaks of a block that the log never saw added',
  LOG_COUNTER: 'a counter of the driver is not what the charts say',
  LOG_REFUSED: 'no chart state that fits the log so far can take this step',
};

/** `speaksOfSections`: whatever was tried, the chart of a section, block or slot refused it. */
export function refusalOf(
  record: CallRecord,
  failures: readonly Failure[],
  beliefs: readonly Belief[],
): { readonly rejection: Rejection; readonly speaksOfSections: boolean } {
  const close = failures.filter(({ refused }) => refused.length === 0);
  const isClose = close.length > 0;
  const best = isClose ? close : failures;
  const { file, line, event } = best.find(({ at }) => at !== undefined)?.at ?? record;
  const code = tellsUnknownBlock(failures) ? 'LOG_UNKNOWN_BLOCK' : isClose ? 'LOG_COUNTER' : 'LOG_REFUSED';
  return {
    rejection: {
      code,
      message: MESSAGES[code],
      file,
      line,
      event,
      tried: [...new Set(best.map(({ tried }) => tried))],
      refused: unique(isClose ? [] : best.flatMap(({ refused }) => refused)),
      differing: close[0]?.differing ?? [],
      enabled: enabledIn(beliefs),
    },
    speaksOfSections: !isClose && failures.every(({ refused }) => refused.some(ofSection)),
  };
}

/** A problem of the text itself: nothing was tried. */
export function rejectionBy(problem: Problem, item: TraceItem, beliefs: readonly Belief[]): Rejection {
  const details =
    problem.expected === undefined ? '' : ` (expected ${problem.expected}, got ${problem.got ?? 'nothing'})`;
  return {
    code: problem.code,
    message: `${problem.message}${details}`,
    file: problem.where?.file ?? ('file' in item ? item.file : ''),
    line: problem.where?.line ?? ('line' in item ? item.line : 0),
    event: 'event' in item ? item.event : item.kind,
    tried: [],
    refused: [],
    differing: [],
    enabled: enabledIn(beliefs),
  };
}

/** Families that the balloon thread's chart handles where the beliefs left it. */
function enabledIn(beliefs: readonly Belief[]): string[] {
  const families = beliefs.flatMap((belief) => {
    const local = belief.local('balloon');
    const nodes = (
      local?.snapshot as unknown as
        | { _nodes?: readonly { transitions: ReadonlyMap<string, unknown> }[] }
        | undefined
    )?._nodes;
    return (nodes ?? []).flatMap((node) => [...node.transitions.keys()]);
  });
  return [...new Set(families)];
}

/** By a chart of one section, block or slot. */
const ofSection = ({ chart }: Refused): boolean => /^(?:section|block|slot)\[/.test(chart);

/** All of them speak of a block that the log never saw added. */
const tellsUnknownBlock = (failures: readonly Failure[]): boolean =>
  failures.length > 0 && failures.every(({ tried }) => tried.includes('unknown.block'));

/** Each chart and state once. */
function unique(refused: readonly Refused[]): Refused[] {
  const seen = new Map(refused.map((one) => [`${one.chart}|${one.state}`, one]));
  return [...seen.values()];
}

/**
 * A run's logs to a verdict: find the segments, take the geometry from the log, carry beliefs through, check the snapshots.
 */

import type { Protocol } from '../../models/protocol.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import type { Property } from '../../properties/property.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import { type Message, parseMessages } from '../logs/messages.ts';
import { probeOf, type TracedFunction } from '../logs/probes.ts';
import type { CallRecord, Globals, TraceItem } from '../logs/records.ts';
import { findSegments, type LogStore, openLines, readSequence, type Sequence } from '../logs/segments.ts';
import { parseSnapshots } from '../logs/snapshots.ts';
import { ProbesSeen, unsetProbe } from '../logs/unset-probes.ts';
import { shiftBetween } from './clock.ts';
import { type MessagesView, Recorded } from './messages-check.ts';
import type { Breach, Matched } from './past.ts';
import type { Rejection } from './refusals.ts';
import { type SnapshotCheck, Snapshots } from './snapshot-check.ts';
import { contradictions, type ToolstackView, toolstackView } from './toolstack.ts';
import { Validator } from './validator.ts';
import type { Geometry } from './world.ts';

export type LogVerdict = 'accepted' | 'rejected' | 'ambiguous';

export interface Validation {
  readonly variant: string;
  readonly guest: string;
  readonly files: readonly string[];
  readonly geometry: Geometry;
  readonly verdict: LogVerdict;
  readonly records: number;
  /** Records matched before the run ended or the log was rejected. */
  readonly matched: number;
  readonly polls: number;
  /** Beliefs that survived. */
  readonly beliefs: number;
  readonly rejection: Rejection | undefined;
  /**
   * Places where the log says that records are missing, how often beliefs had to be made anew from counters, and records that were
   * passed over until then.
   */
  readonly gaps: { readonly declared: number; readonly resynchronised: number; readonly unjudged: number };
  /** Why it is not clear. */
  readonly doubts: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Properties that the guest broke, in every surviving belief. */
  readonly breaches: readonly Breach[];
  /** Properties on which beliefs disagree. */
  readonly disputed: readonly string[];
  /** Snapshots compared with a belief at rest. */
  readonly snapshots: SnapshotCheck;
  /** For a guest whose toolstack was read along: what it saw. */
  readonly toolstack: ToolstackView | undefined;
  /** What the kernel and Xen printed of the same run, file by file. */
  readonly messages: readonly MessagesView[];
  /** Page ledger at the end, in pages; of the first surviving belief. */
  readonly ledger: Readonly<Record<string, number>>;
  /** Pages on the balloon list whose section the log does not tell. */
  readonly untold: number;
}

export interface ValidateOptions {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  readonly pagesPerSection?: number;
  readonly batch?: number;
  readonly retryLimit?: number;
  readonly onProgress?: (records: number) => void;
  /** Told, per guest, what each surviving belief took at each record. */
  readonly onRuns?: (runs: readonly (readonly Matched[])[], validation: Validation) => void;
}

/** Problems that mean the input is no log at all, rather than a log that is refused. */
export const BAD_INPUT: readonly string[] = [
  'LOG_UNREADABLE',
  'LOG_EMPTY',
  'LOG_BINARY',
  'LOG_TOO_LARGE',
  'LOG_NO_TRACE',
  'LOG_NOT_FTRACE',
];

/** One validation for each guest whose logs are under the paths. */
export function validate(
  paths: readonly string[],
  store: LogStore,
  options: ValidateOptions,
): Result<readonly Validation[]> {
  const { sequences, problems, warnings } = findSegments(paths, store);
  if (problems.length > 0) return fail(...problems);
  const results = sequences.map((sequence) =>
    validateSequence(sequence, store, options, warnings, toolstackOf(sequence, sequences)),
  );
  const failed = results.flatMap((result) => (result.ok ? [] : result.problems));
  return failed.length > 0
    ? fail(...failed)
    : ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** Judges items that are already parsed; for streams and for tests. */
export function validateItems(
  items: Iterable<TraceItem>,
  geometry: Geometry,
  options: ValidateOptions,
): Validator {
  const validator = new Validator(options.protocol, geometry, options.properties);
  for (const item of items) {
    validator.accept(item);
    if (validator.isDone) break;
  }
  validator.finish();
  return validator;
}

function validateSequence(
  sequence: Sequence,
  store: LogStore,
  options: ValidateOptions,
  warnings: readonly Problem[],
  toolstack: Sequence | undefined,
): Result<Validation> {
  const geometry = geometryOf(readSequence(sequence, store), options);
  if (!geometry.ok) return geometry;
  const first = carried(sequence, store, geometry.value, options);
  // What refuses a log may be a step that no probe told; the whole log says which were never set.
  const unset = first.validator.isDone ? unsetIn(sequence, store) : first.unset;
  const isAgain = first.validator.isDone && unset.length > 0;
  const { validator, snapshots, unread, seen, recorded } = isAgain
    ? carried(sequence, store, geometry.value, options, unset)
    : first;
  if (unread.length > 0) return fail(...unread);
  const harmless = unset.filter(({ tells }) => !isAgain || tells.length === 0);
  const warned = [...warnings, ...seen, ...harmless.map(unsetProbe)];
  const view =
    toolstack === undefined
      ? undefined
      : toolstackView(
          observed(toolstack, store),
          validator.course,
          shiftBetween(observed(toolstack, store), observed(sequence, store)),
        );
  const validation = outcome(
    { guest: sequence.guest, files: sequence.segments.map(({ path }) => path) },
    geometry.value,
    validator,
    snapshots.result,
    options,
    warned,
    view,
    messagesOf(sequence, toolstack, store, (file, said) =>
      view === undefined
        ? recorded.compare(file, said, DOM0, snapshots.result.witnesses.outside ?? 0)
        : recorded.compare(file, said.filter(isOfXen), view.domain, view.owned?.offset ?? 0),
    ),
  );
  options.onRuns?.(validator.runs, validation);
  return ok(validation);
}

/** The log carried through once, with its snapshots; `seen`: warnings on the way. */
function carried(
  sequence: Sequence,
  store: LogStore,
  geometry: Geometry,
  options: ValidateOptions,
  blind: readonly TracedFunction[] = [],
) {
  const validator = new Validator(options.protocol, geometry, options.properties, {
    keepsRuns: options.onRuns !== undefined,
    unset: blind,
  });
  const snapshots = new Snapshots(observationsOf(sequence, store));
  const unread: Problem[] = [];
  const warned = new Warnings();
  const probes = new ProbesSeen();
  const recorded = new Recorded();
  for (const item of readSequence(sequence, store)) {
    if (item.kind === 'problem' && BAD_INPUT.includes(item.problem.code)) unread.push(item.problem);
    if (item.kind === 'warning') warned.add(item.problem);
    if ('seconds' in item) snapshots.upTo(item.seconds, validator);
    probes.accept(item);
    recorded.accept(item);
    validator.accept(item);
    if (validator.records % 1000 === 0) options.onProgress?.(validator.records);
    if (validator.isDone) break;
  }
  validator.finish();
  if (!validator.isDone) snapshots.upTo(Number.POSITIVE_INFINITY, validator);
  return { validator, snapshots, unread, seen: warned.all, unset: probes.unset, recorded };
}

function unsetIn(sequence: Sequence, store: LogStore): readonly TracedFunction[] {
  const probes = new ProbesSeen();
  for (const item of readSequence(sequence, store)) probes.accept(item);
  return probes.unset;
}

/** dom0's readings of the same run, for another guest. */
function toolstackOf(sequence: Sequence, all: readonly Sequence[]): Sequence | undefined {
  if (sequence.guest === 'dom0') return undefined;
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
  const folder = folderOf(sequence.segments[0]?.path ?? '');
  return all.find(
    ({ guest, snapshots }) => guest === 'dom0' && snapshots.some(({ path }) => folderOf(path) === folder),
  );
}

const DOM0 = 0;
const isOfXen = ({ kind }: Message): boolean => kind === 'refused';

/** What was printed beside this guest's log; of a domU dom0 has it. Files that say nothing of it are left out. */
function messagesOf(
  sequence: Sequence,
  toolstack: Sequence | undefined,
  store: LogStore,
  compare: (file: string, said: readonly Message[]) => MessagesView,
): readonly MessagesView[] {
  return (toolstack ?? sequence).messages
    .map((path) => compare(path, [...parseMessages(path, openLines(path, store, []))]))
    .filter(({ pages, refusals }) => pages !== undefined || refusals !== undefined);
}

function* observed(sequence: Sequence, store: LogStore) {
  for (const item of observationsOf(sequence, store)) if (item.kind === 'observation') yield item.observation;
}

function* observationsOf(sequence: Sequence, store: LogStore) {
  for (const { path } of sequence.snapshots) yield* parseSnapshots(path, openLines(path, store, []));
}

/** Warnings of one log: of each kind the first few, and how many more there were. */
export class Warnings {
  private readonly kept: Problem[] = [];
  private readonly seen = new Map<string, number>();

  add(problem: Problem): void {
    const count = (this.seen.get(problem.code) ?? 0) + 1;
    this.seen.set(problem.code, count);
    if (count <= WARNINGS_MAX) this.kept.push(problem);
  }

  get all(): readonly Problem[] {
    const more = [...this.seen].filter(([, count]) => count > WARNINGS_MAX);
    return [
      ...this.kept,
      ...more.map(([code, count]) => ({
        code,
        message: `and ${count - WARNINGS_MAX} more of this kind`,
      })),
    ];
  }
}
const WARNINGS_MAX = 100;

/** What a log is called and where it lies. */
export interface Source {
  readonly guest: string;
  readonly files: readonly string[];
}

export function outcome(
  source: Source,
  geometry: Geometry,
  validator: Validator,
  snapshots: SnapshotCheck,
  options: ValidateOptions,
  warnings: readonly Problem[],
  toolstack?: ToolstackView,
  messages: readonly MessagesView[] = [],
): Validation {
  const { certain, disputed } = validator.breaches;
  // Records that nobody saw may have held the value that is missing.
  const isWhole = validator.gaps.unjudged === 0 && validator.rejection === undefined;
  const doubts: Problem[] = [
    ...validator.doubts,
    ...(isWhole && toolstack !== undefined ? contradictions(toolstack) : []),
    ...(isWhole ? messages.flatMap(({ differs }) => (differs === undefined ? [] : [differs])) : []),
    ...disputed.map((id) => ({ code: 'BELIEFS_DISAGREE', message: `surviving beliefs disagree on ${id}` })),
    ...(validator.records === 0
      ? [{ code: 'LOG_SILENT', message: 'no record of the driver in this log' }]
      : []),
  ];
  const [belief] = validator.beliefs;
  const rejection = validator.rejection ?? snapshots.rejection;
  return {
    variant: options.protocol.id,
    ...source,
    geometry,
    verdict: rejection !== undefined ? 'rejected' : doubts.length > 0 ? 'ambiguous' : 'accepted',
    records: validator.records,
    matched: validator.matched,
    polls: validator.polls,
    beliefs: validator.beliefs.length,
    rejection,
    gaps: validator.gaps,
    doubts,
    warnings,
    breaches: certain,
    disputed,
    snapshots,
    toolstack,
    messages,
    ledger: belief === undefined ? {} : ledgerOf(belief),
    untold: belief?.loose ?? 0,
  };
}

function ledgerOf(belief: { sum(kind: string, quantity: string): number }): Record<string, number> {
  return Object.fromEntries(
    ledgerLines.map(({ name, sum }) => [
      name,
      Object.entries(sum).reduce((total, [term, weight]) => {
        const [kind = '', quantity = ''] = term.split('.');
        return total + weight * belief.sum(kind, quantity);
      }, 0),
    ]),
  );
}

/** x86-64: SECTION_SIZE_BITS 27, one page of longs in frame_list, max_retry_count since XSA-300. */
const DEFAULTS = { pagesPerSection: 32_768, batch: 512, retryLimit: 4 };

/** The driver's counters at the first record that shows them, and the size of a block at the first that tells it. */
export function geometryOf(
  items: Iterable<TraceItem>,
  options: Partial<ValidateOptions> = {},
): Result<Geometry> {
  let first: Globals | undefined;
  let block: number | undefined;
  let uncounted: CallRecord | undefined;
  for (const item of items) {
    if (item.kind === 'problem' && BAD_INPUT.includes(item.problem.code)) return fail(item.problem);
    if (item.kind !== 'entry') continue;
    first ??= item.globals;
    if (item.globals === undefined && probeOf(item.event)?.of.globals === true) uncounted ??= item;
    if (item.event === 'online' || item.event === 'offline') block ??= item.fields['nr'];
    if (first !== undefined && block !== undefined) break;
  }
  if (first === undefined && uncounted !== undefined)
    return fail({
      code: 'LOG_NO_COUNTERS',
      message: 'the records carry none of the variables of the driver, so there is nothing to begin with',
      where: { file: uncounted.file, line: uncounted.line },
      expected: 'probes as ballast gen probes defines them, on a kernel with balloon_stats',
    });
  return ok({
    pagesPerSection: options.pagesPerSection ?? block ?? DEFAULTS.pagesPerSection,
    batch: options.batch ?? DEFAULTS.batch,
    retryLimit: options.retryLimit ?? DEFAULTS.retryLimit,
    target: first?.tgt ?? 0,
    current: first?.cur ?? 0,
    low: first?.low ?? 0,
    total: first?.total ?? 0,
  });
}

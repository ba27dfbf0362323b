/**
 * Finds the logs of a run and puts them in order. This room opens no file: the caller passes a `LogStore`.
 * A folder gives one sequence of `trace_*` files (dom0), one per `*console*` file that holds trace text (a domU), and
 * its snapshots. Files named one by one are taken as what they look like.
 * Nothing here throws for what the paths hold; every defect is a problem with a code:
 * LOG_UNREADABLE the store or the decompression failed · LOG_EMPTY · LOG_BINARY · LOG_TOO_LARGE · LOG_NO_TRACE no
 * trace among what was given · LOG_ORDER (a warning) names and times disagree, and times win.
 */
import { gunzipSync } from 'node:zlib';
import type { Problem } from '../core/result.ts';
import { parseTrace, type TraceOptions } from './ftrace.ts';
import { type Bytes, readLines, type TextLine } from './lines.ts';
import { problemItem, type TraceItem, type TraceRecord } from './records.ts';

/** What this room needs of a file system. Either method may throw; that becomes LOG_UNREADABLE. */
export interface LogStore {
  /** The names in a folder, in any order; undefined if the path is no folder. */
  list(path: string): readonly string[] | undefined;
  /** A file's bytes, whole or in pieces; called once per reading. */
  read(path: string): Bytes;
}

/** One log file. */
export interface Segment {
  readonly path: string;
  /** Last part of the path without `.gz`; natural order of names is the order of a run. */
  readonly name: string;
  /** The trace clock at the first record; undefined if there is none. */
  readonly firstSeconds: number | undefined;
}

/** Files whose records follow each other in time: one boot of one guest. */
export interface Sequence {
  /** `dom0`, or the name of the console file. */
  readonly guest: string;
  readonly segments: readonly Segment[];
  /** Files with snapshot lines of the same guest; a console is both. */
  readonly snapshots: readonly Segment[];
  /** Files with what the kernel and Xen printed; of dom0 only. */
  readonly messages: readonly string[];
}

export interface Findings {
  readonly sequences: readonly Sequence[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Decompressed size allowed to one file. Real traces have some hundred kB. */
const BYTES_MAX = 512 * 1024 * 1024;
const PEEK_LINES = 2000;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

type Role = 'trace' | 'console' | 'snapshots';
interface Candidate extends Segment {
  readonly role: Role;
}

/** The logs under the given paths: files, or folders of one run each. */
export function findSegments(paths: readonly string[], store: LogStore): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const sequences: Sequence[] = [];
  const loose: Candidate[] = [];
  for (const path of paths) {
    const names = attempt(path, problems, () => store.list(path));
    if (names === 'failed') continue;
    if (names === undefined) {
      loose.push(...inspect(path, undefined, store, problems));
      continue;
    }
    const found = names
      .map((name) => ({ name, role: roleOfName(name) }))
      .filter(({ role }) => role !== undefined)
      .flatMap(({ name, role }) => inspect(`${path.replace(/\/+$/, '')}/${name}`, role, store, problems));
    if (!found.some(({ role }) => role !== 'snapshots')) problems.push(noTrace(path));
    const messages = names.filter((name) => MESSAGES.test(name)).sort(compareNames);
    sequences.push(
      ...sequencesOf(
        found,
        warnings,
        messages.map((name) => `${path.replace(/\/+$/, '')}/${name}`),
      ),
    );
  }
  if (loose.length > 0 && loose.every(({ role }) => role === 'snapshots'))
    problems.push(noTrace(paths.join(' ')));
  sequences.push(...sequencesOf(loose, warnings));
  return { sequences, problems, warnings };
}

/**
 * The items of a whole sequence. Each file opens with a gap, because records between two files are not logged.
 * LOG_OVERLAP: a file begins before the one in front of it ended, so records may be there twice.
 */
export function* readSequence(
  sequence: Sequence,
  store: LogStore,
  options: TraceOptions = {},
): Generator<TraceItem> {
  let before = Number.NEGATIVE_INFINITY;
  for (const { path } of sequence.segments) {
    const problems: Problem[] = [];
    let latest = before;
    let isFirst = true;
    for (const item of parseTrace(path, openLines(path, store, problems), options)) {
      if ('seconds' in item) {
        if (isFirst && item.seconds < before) yield problemItem(overlap(item, before));
        isFirst = false;
        latest = Math.max(latest, item.seconds);
      }
      // An unreadable file is no trace either, but that goes without saying.
      if (problems.length === 0 || item.kind !== 'problem') yield item;
    }
    before = latest;
    yield* problems.map(problemItem);
  }
}

/**
 * The lines of one log, decompressed. If the store fails, at once or midway, the lines end there and a problem is
 * added to `problems`.
 */
export function openLines(path: string, store: LogStore, problems: Problem[]): Iterable<TextLine> {
  const bytes = openLog(path, store, problems);
  return bytes === undefined ? [] : readLines(bytes);
}

const overlap = ({ file, line, seconds }: TraceRecord, before: number): Problem => ({
  code: 'LOG_OVERLAP',
  message: 'the file begins before the one in front of it ended',
  where: { file, line },
  expected: `at least ${before.toFixed(6)} s`,
  got: `${seconds.toFixed(6)} s`,
});

/** dmesg of dom0, Xen's ring, and a serial line that carries both. */
const MESSAGES = /^(?:dmesg|xl_dmesg|serial).*\.(?:txt|log)(?:\.gz)?$/;

/** Which of a run folder's files are logs of their own; profiles and iomem dumps do not matter. */
function roleOfName(name: string): Role | undefined {
  if (/^trace.*\.txt(?:\.gz)?$/.test(name)) return 'trace';
  if (/^snapshots.*\.txt(?:\.gz)?$/.test(name)) return 'snapshots';
  return /^dom[uU].*console.*\.txt(?:\.gz)?$/.test(name) ? 'console' : undefined;
}

/** Reads the beginning of a file: what it is and when it starts. Empty, with a problem, if it is no log. */
function inspect(
  path: string,
  known: Role | undefined,
  store: LogStore,
  problems: Problem[],
): readonly Candidate[] {
  const bytes = openLog(path, store, problems);
  if (bytes === undefined) return [];
  const before = problems.length;
  const peeked = peek(path, bytes);
  if (problems.length > before) return [];
  if (peeked.isEmpty) problems.push(defect('LOG_EMPTY', path, 'the file is empty'));
  else if (peeked.isBinary)
    problems.push(defect('LOG_BINARY', path, 'the file holds NUL bytes or is no text'));
  else {
    const name = baseName(path).replace(/\.gz$/, '');
    return [{ path, name, firstSeconds: peeked.firstSeconds, role: known ?? peeked.role }];
  }
  return [];
}

interface Peek {
  readonly isEmpty: boolean;
  readonly isBinary: boolean;
  readonly role: Role;
  readonly firstSeconds: number | undefined;
}

function peek(path: string, bytes: Bytes): Peek {
  const lines: TextLine[] = [];
  let isBinary = false;
  let isEmpty = true;
  const watched = (function* () {
    for (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      if (chunk.length > 0) isEmpty = false;
      if (chunk.includes(0)) isBinary = true;
      yield chunk;
      if (isBinary) return;
    }
  })();
  let garbled = 0;
  let firstSeconds: number | undefined;
  for (const line of readLines(watched)) {
    if (line.faults.includes('encoding')) garbled += 1;
    lines.push(line);
    if (lines.length >= PEEK_LINES) break;
  }
  for (const item of parseTrace(path, lines)) {
    if (!('seconds' in item)) continue;
    firstSeconds = item.seconds;
    break;
  }
  return {
    isEmpty,
    isBinary: isBinary || garbled * 2 > lines.length,
    role: roleOfText(lines, firstSeconds !== undefined),
    firstSeconds,
  };
}

function roleOfText(lines: readonly TextLine[], hasRecords: boolean): Role {
  const isConsole = lines.some(({ text }) => /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\]/.test(text));
  if (isConsole) return 'console';
  const isSnapshots = lines.some(({ text }) => /^(?:=== SNAPSHOT |STAT \S+ up=)/.test(text));
  return isSnapshots && !hasRecords ? 'snapshots' : 'trace';
}

/** Bytes of a log; decompressed, and then whole, if they are gzip. */
function openLog(path: string, store: LogStore, problems: Problem[]): Bytes | undefined {
  const read = attempt(path, problems, () => store.read(path));
  if (read === 'failed') return undefined;
  const guarded = read instanceof Uint8Array ? read : guardedPieces(path, read, problems);
  const bytes =
    !(guarded instanceof Uint8Array) && path.endsWith('.gz') ? Buffer.concat([...guarded]) : guarded;
  if (!(bytes instanceof Uint8Array)) return bytes;
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: BYTES_MAX });
  } catch (error) {
    const isLarge = error instanceof RangeError;
    problems.push(
      isLarge
        ? {
            ...defect('LOG_TOO_LARGE', path, 'the file is too large'),
            expected: `at most ${BYTES_MAX} bytes`,
          }
        : defect('LOG_UNREADABLE', path, `decompression failed: ${messageOf(error)}`),
    );
    return undefined;
  }
}

/** The pieces of a file until the store fails. */
function* guardedPieces(
  path: string,
  pieces: Iterable<Uint8Array>,
  problems: Problem[],
): Generator<Uint8Array> {
  const source = attempt(path, problems, () => pieces[Symbol.iterator]());
  if (source === 'failed') return;
  while (true) {
    const step = attempt(path, problems, () => source.next());
    if (step === 'failed' || step.done === true) return;
    yield step.value;
  }
}

/** Traces of one guest in order, with their snapshots. */
function sequencesOf(
  found: readonly Candidate[],
  warnings: Problem[],
  messages: readonly string[] = [],
): readonly Sequence[] {
  const traces = found.filter(({ role }) => role === 'trace').sort(byName);
  const snapshots = found.filter(({ role }) => role === 'snapshots').sort(byName);
  const consoles = found.filter(({ role }) => role === 'console').sort(byName);
  const dom0 = traces.length + snapshots.length > 0;
  return [
    ...(dom0
      ? [
          {
            guest: 'dom0',
            segments: orderByTime(traces, warnings).map(plain),
            snapshots: snapshots.map(plain),
            messages,
          },
        ]
      : []),
    ...consoles.map((file) => ({
      guest: file.name,
      segments: [plain(file)],
      snapshots: [plain(file)],
      messages: [],
    })),
  ];
}

const plain = ({ path, name, firstSeconds }: Candidate): Segment => ({ path, name, firstSeconds });

/** Names order a run; where the clock contradicts them, the clock is right. Files without records keep their place. */
function orderByTime(traces: readonly Candidate[], warnings: Problem[]): readonly Candidate[] {
  const timed = traces.filter(({ firstSeconds }) => firstSeconds !== undefined);
  const sorted = timed.toSorted((a, b) => (a.firstSeconds ?? 0) - (b.firstSeconds ?? 0));
  const wrong = timed.find((trace, index) => trace !== sorted[index]);
  if (wrong === undefined) return traces;
  warnings.push({
    ...defect(
      'LOG_ORDER',
      wrong.path,
      'the names and the first timestamps give different orders; times are used',
    ),
    expected: sorted.map(({ name }) => name).join(', '),
    got: timed.map(({ name }) => name).join(', '),
  });
  const next = sorted.values();
  return traces.map((trace) => (trace.firstSeconds === undefined ? trace : (next.next().value ?? trace)));
}

/** Natural order: runs of digits compare as numbers, the rest by code unit. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.match(/\d+|\D+/g) ?? []);
  for (let at = 0; left?.[at] !== undefined || right?.[at] !== undefined; at += 1) {
    const [x = '', y = ''] = [left?.[at], right?.[at]];
    const isNumber = /^\d/.test(x) && /^\d/.test(y);
    if (isNumber && BigInt(x) !== BigInt(y)) return BigInt(x) < BigInt(y) ? -1 : 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

const byName = (a: Segment, b: Segment): number => compareNames(a.name, b.name);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const defect = (code: string, path: string, message: string): Problem => ({
  code,
  message,
  where: { file: path, line: 1 },
});

const noTrace = (path: string): Problem => ({
  ...defect('LOG_NO_TRACE', path, 'no trace was found here'),
  expected: 'trace_*.txt, or a domU console log with trace text',
});

/** What people know by other words. */
const PLAIN: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read',
};

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error ? PLAIN[String(error.code)] : undefined) ?? error.message;
}

/** Runs what the store does; a failure is a problem. */
function attempt<T>(path: string, problems: Problem[], act: () => T): T | 'failed' {
  try {
    return act();
  } catch (error) {
    problems.push(defect('LOG_UNREADABLE', path, messageOf(error)));
    return 'failed';
  }
}

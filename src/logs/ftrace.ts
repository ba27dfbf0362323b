/**
 * Parses ftrace text, as `trace` prints it or as a console log carries it (`[date time] ` in front, other text between).
 * Incremental: one line in, its items out; memory does not grow with the file.
 * Source: Linux kernel/trace/trace_output.c `trace_print_context`, kernel/trace/trace.c `print_event_info`.
 */
import type { Problem } from '../core/result.ts';
import { CONSOLE_PREFIX, Mender } from './interleaved.ts';
import { lineWarnings, type TextLine } from './lines.ts';
import { type Counted, countedBy, type Probe, probeOf } from './probes.ts';
import { problemItem, type TraceItem, type TraceRecord, warningItem } from './records.ts';
import { type Body, type Mismatch, parseBody, STRUCT_PAGE_BYTES, VMEMMAP_BASE } from './trace-fields.ts';

export interface TraceOptions {
  /** Address of the struct page of frame 0; set it for a guest with KASLR or five-level paging. */
  readonly vmemmapBase?: bigint;
}

const HEADER = /^#\s+entries-in-buffer\/entries-written:\s*(\d{1,15})\/(\d{1,15})/;
const LOST = /^CPU:\s?\d+ \[LOST (?:(\d{1,15}) )?EVENTS\]$/;
/** task-pid, maybe a tgid, [cpu], maybe flags, seconds, event. Each part is bounded, so no input makes it slow. */
const RECORD =
  /^(.{1,32}?)-(\d{1,10}) {1,40}(?:\( *[-\d]{1,10}\) {1,20})?\[(\d{1,5})\] {1,20}(?:([^\s:]{4,8}) {1,20})?(\d{1,12}\.\d{1,9}): (\S{1,100}?):(?: (.*))?$/;
/** How a record betrays itself on a console even when it cannot be read. */
const RECORD_LIKE = /\[\d{3,5}\] \S{4,6} +\d{1,12}\.\d{6}:/;
/** A kernel message may fall between two lines of one dump. */
const PRINTK = /^\[ *\d{1,9}\.\d{6}\]/;
/** So many names of unknown events are warned of one by one. */
const UNKNOWN_NAMES_MAX = 100;
const OTHER_EVENTS = 'any further event';
const RECORD_SHAPE = 'task-pid [cpu] flags seconds: event: body';

/** Whether the text, without a console's prefix, is a record whose body can be read. */
function readsAsRecord(text: string, vmemmap: bigint): boolean {
  const [, , , , , , event = '', body = ''] = RECORD.exec(text.trim()) ?? [];
  const probe = probeOf(event);
  return probe === undefined ? event === 'tracing_mark_write' : !('code' in parseBody(probe, body, vmemmap));
}

const interleaved = (file: string, { number }: TextLine): Problem => ({
  code: 'LOG_INTERLEAVED',
  message: 'a kernel message stands in the middle of the record; it was taken out',
  where: { file, line: number },
});

/** State of one file's parse. */
interface Cursor {
  readonly file: string;
  vmemmap: bigint;
  /** First frame of the block that a task is bringing online, until its first page. */
  readonly blocks: Map<number, number>;
  isConsole: boolean;
  isTrace: boolean;
  seconds: number;
  records: number;
  /** Lines that hold an entry of the buffer, readable or not, since the last header. */
  entries: number;
  header: { readonly line: number; readonly inBuffer: number } | undefined;
  declared: number | undefined;
  foreign: number;
  /** Other text came after the last record. */
  isInterrupted: boolean;
  readonly unknown: Map<string, { line: number; count: number }>;
  /** How much of the driver's variables this kernel prints. */
  counted: Counted | undefined;
}

/**
 * Codes: LOG_MALFORMED, LOG_UNKNOWN_EVENT, LOG_VMEMMAP, LOG_INTERLEAVED and what `lineWarnings` gives (warnings); LOG_FIELD, LOG_FUNCTION,
 * LOG_DISORDER, LOG_COUNT, LOG_NOT_FTRACE (problems). Never throws for what the lines contain.
 */
export class TraceParser {
  private readonly cursor: Cursor;
  private readonly mender = new Mender(readsAsRecord);
  private last = 0;

  constructor(file: string, options: TraceOptions = {}) {
    this.cursor = newCursor(file, options);
  }

  /** What the beginning of a file says: records before it are not in it. */
  begin(): readonly TraceItem[] {
    return [{ kind: 'gap', reason: 'start', file: this.cursor.file, line: 1 }];
  }

  line(line: TextLine): readonly TraceItem[] {
    this.last = line.number;
    const { lines, cut } = this.mender.accept(line, this.cursor.vmemmap);
    const items = lines.flatMap((whole) => parseLine(this.cursor, whole));
    const odd = [
      ...(line.faults.length === 0 ? [] : lineWarnings(this.cursor.file, line)),
      ...(cut ? [interleaved(this.cursor.file, line)] : []),
    ];
    return odd.length === 0 ? items : [...odd.map(warningItem), ...items];
  }

  end(): readonly TraceItem[] {
    const { cursor, last } = this;
    return [
      ...this.mender.end().flatMap((line) => parseLine(cursor, line)),
      ...countProblems(cursor).map(problemItem),
      ...unknownWarnings(cursor).map(warningItem),
      ...(cursor.isTrace ? [] : [problemItem(notFtrace(cursor.file, last))]),
      {
        kind: 'end',
        file: cursor.file,
        line: last,
        records: cursor.records,
        foreign: cursor.foreign,
        ...(cursor.declared === undefined ? {} : { declared: cursor.declared }),
      },
    ];
  }
}

/** The items of one file, in its order: a `start` gap first, an `end` last. */
export function* parseTrace(
  file: string,
  lines: Iterable<TextLine>,
  options: TraceOptions = {},
): Generator<TraceItem> {
  const parser = new TraceParser(file, options);
  yield* parser.begin();
  for (const line of lines) yield* parser.line(line);
  yield* parser.end();
}

const newCursor = (file: string, options: TraceOptions): Cursor => ({
  file,
  vmemmap: options.vmemmapBase ?? VMEMMAP_BASE,
  blocks: new Map(),
  isConsole: false,
  isTrace: false,
  seconds: Number.NEGATIVE_INFINITY,
  records: 0,
  entries: 0,
  header: undefined,
  declared: undefined,
  foreign: 0,
  isInterrupted: false,
  unknown: new Map(),
  counted: undefined,
});

function parseLine(cursor: Cursor, line: TextLine): readonly TraceItem[] {
  const bare = line.text.replace(CONSOLE_PREFIX, '');
  if (bare.length !== line.text.length) cursor.isConsole = true;
  const text = bare.trim();
  if (text === '') return [];
  if (text.startsWith('#')) return parseComment(cursor, line, text);
  const lost = LOST.exec(text);
  if (lost !== null) {
    const gap = { kind: 'gap', reason: 'lost', file: cursor.file, line: line.number } as const;
    return [lost[1] === undefined ? gap : { ...gap, lost: Number(lost[1]) }];
  }
  const parts = RECORD.exec(text);
  if (parts !== null) return parseRecord(cursor, line, parts);
  if (cursor.isConsole && !RECORD_LIKE.test(text)) {
    cursor.foreign += 1;
    if (!PRINTK.test(text)) cursor.isInterrupted = cursor.records > 0;
    return [];
  }
  cursor.entries += 1;
  return [warningItem(malformed(cursor, line, RECORD_SHAPE, text))];
}

/** A header opens a dump: what came before it, in the same file or not, is behind a gap. */
function parseComment(cursor: Cursor, line: TextLine, text: string): readonly TraceItem[] {
  if (text.startsWith('# tracer:')) cursor.isTrace = true;
  const parts = HEADER.exec(text);
  if (parts === null) return [];
  const place = { file: cursor.file, line: line.number };
  const inBuffer = Number(parts[1]);
  const lost = Number(parts[2]) - inBuffer;
  const items: TraceItem[] = countProblems(cursor).map(problemItem);
  if (cursor.entries > 0) items.push({ kind: 'gap', reason: 'start', ...place });
  if (lost > 0) items.push({ kind: 'gap', reason: 'overwritten', lost, ...place });
  cursor.isTrace = true;
  cursor.entries = 0;
  cursor.header = { line: line.number, inBuffer };
  cursor.declared = (cursor.declared ?? 0) + inBuffer;
  return items;
}

function parseRecord(cursor: Cursor, line: TextLine, parts: RegExpExecArray): readonly TraceItem[] {
  cursor.entries += 1;
  cursor.isTrace = true;
  const [, task = '', pid, cpu, , seconds, event = '', body = ''] = parts;
  const stamp: Stamp = {
    file: cursor.file,
    line: line.number,
    task,
    pid: Number(pid),
    cpu: Number(cpu),
    seconds: Number(seconds),
  };
  const moved = rebased(cursor, stamp.pid, event, body).map((problem) =>
    warningItem({ ...problem, where: { file: stamp.file, line: stamp.line } }),
  );
  const read = readEvent(cursor, stamp, event, body);
  if (read.kind === 'entry' && read.event === 'online') watchBlock(cursor, read.pid, read.fields['pfn']);
  const items: TraceItem[] = [...disorder(cursor, stamp).map(problemItem), ...moved];
  if (cursor.isInterrupted) items.push({ kind: 'gap', reason: 'dump', file: stamp.file, line: stamp.line });
  cursor.isInterrupted = false;
  cursor.seconds = Math.max(cursor.seconds, stamp.seconds);
  if (read.kind !== 'problem' && read.kind !== 'warning') cursor.records += 1;
  return [...items, read];
}

/** The page map of a kernel with KASLR begins at a multiple of this. Source: Linux arch/x86/mm/kaslr.c. */
const VMEMMAP_ALIGNMENT = 1n << 30n;
const BLOCKS_MAX = 1024;

function watchBlock({ blocks }: Cursor, pid: number, pfn: number | undefined): void {
  if (pfn !== undefined) blocks.set(pid, pfn);
  if (blocks.size > BLOCKS_MAX) blocks.delete(blocks.keys().next().value ?? pid);
}

/** The first page of a block that goes online is its first frame's, which tells where this kernel's page map begins. */
function rebased(
  cursor: Cursor,
  pid: number,
  event: string,
  body: string,
): readonly Omit<Problem, 'where'>[] {
  const pfn = cursor.blocks.get(pid);
  if (pfn === undefined || !event.endsWith('_online_page')) return [];
  cursor.blocks.delete(pid);
  const page = /\bpage=(0x[0-9a-f]{1,16})\b/.exec(body)?.[1];
  if (page === undefined) return [];
  const base = BigInt(page) - STRUCT_PAGE_BYTES * BigInt(pfn);
  if (base === cursor.vmemmap || base <= 0n || base % VMEMMAP_ALIGNMENT !== 0n) return [];
  cursor.vmemmap = base;
  const message = `the page map of this kernel begins at 0x${base.toString(16)}, as its first page tells`;
  return [{ code: 'LOG_VMEMMAP', message }];
}

type Stamp = Pick<TraceRecord, 'file' | 'line' | 'task' | 'pid' | 'cpu' | 'seconds'>;

function readEvent(
  cursor: Cursor,
  stamp: Stamp,
  event: string,
  body: string,
): TraceRecord | ReturnType<typeof problemItem> {
  if (event === 'tracing_mark_write') return { kind: 'mark', ...stamp, text: body };
  const probe = probeOf(event);
  if (probe === undefined) {
    const name = cursor.unknown.size < UNKNOWN_NAMES_MAX ? event : OTHER_EVENTS;
    const seen = cursor.unknown.get(event) ?? cursor.unknown.get(name);
    if (seen === undefined) cursor.unknown.set(name, { line: stamp.line, count: 1 });
    else seen.count += 1;
    return { kind: 'unknown', ...stamp, event, text: body };
  }
  const read = parseBody(probe, body, cursor.vmemmap);
  const odd = 'code' in read ? read : countedOtherwise(cursor, probe, read);
  if (odd === undefined)
    return { kind: probe.kind, ...stamp, event, probe: probe.of.probe, ...(read as Body) };
  const problem = { ...odd, where: { file: stamp.file, line: stamp.line } };
  return odd.code === 'LOG_MALFORMED' ? warningItem(problem) : problemItem(problem);
}

/** One kernel prints as much of the driver's variables with every event. */
function countedOtherwise(cursor: Cursor, probe: Probe, { globals }: Body): Mismatch | undefined {
  if (!probe.of.globals) return undefined;
  const counted = countedBy((name) => globals?.[name as keyof typeof globals] !== undefined) ?? 'nothing';
  cursor.counted ??= counted;
  if (cursor.counted === counted) return undefined;
  const message = `${probe.event} prints other variables of the driver than the events before it`;
  return { code: 'LOG_FIELD', message, expected: cursor.counted, got: counted };
}

const malformed = (cursor: Cursor, line: TextLine, expected: string, text: string): Problem => ({
  code: 'LOG_MALFORMED',
  message: 'the line is no trace record',
  where: { file: cursor.file, line: line.number },
  expected,
  got: text.length > 200 ? `${text.slice(0, 200)}…` : text,
});

/** The buffer is printed in time order, across all CPUs. */
function disorder(cursor: Cursor, stamp: Stamp): readonly Problem[] {
  if (stamp.seconds >= cursor.seconds) return [];
  return [
    {
      code: 'LOG_DISORDER',
      message: 'time runs backwards',
      where: { file: stamp.file, line: stamp.line },
      expected: `at least ${cursor.seconds.toFixed(6)} s`,
      got: `${stamp.seconds.toFixed(6)} s`,
    },
  ];
}

/** Compares a dump with its header, once it is complete. */
function countProblems(cursor: Cursor): readonly Problem[] {
  if (cursor.header === undefined || cursor.header.inBuffer === cursor.entries) return [];
  return [
    {
      code: 'LOG_COUNT',
      message: 'the header announces another number of entries',
      where: { file: cursor.file, line: cursor.header.line },
      expected: `${cursor.header.inBuffer} entries`,
      got: `${cursor.entries}`,
    },
  ];
}

const unknownWarnings = (cursor: Cursor): readonly Problem[] =>
  [...cursor.unknown].map(([event, { line, count }]) => ({
    code: 'LOG_UNKNOWN_EVENT',
    message: `${event} is not in the probe table (seen ${count} times, first here)`,
    where: { file: cursor.file, line },
  }));

const notFtrace = (file: string, last: number): Problem => ({
  code: 'LOG_NOT_FTRACE',
  message: 'the file holds no trace record and no trace header',
  where: { file, line: 1 },
  expected: RECORD_SHAPE,
  got: `${last} other lines`,
});

/**
 * Parses `snapshots.txt`: what a script read from sysfs, /proc, xl, xenstore and Xen's debug keys, one fact a line.
 *   === SNAPSHOT name ===            a full snapshot follows, until a line of another kind
 *   STAT name up=… target_kb=… …     counters; on its own it is a one-second sample
 *   F path = value · B memoryN state=… · I start-end : name · Z zone · M /proc/meminfo · X xl list, xl info
 *   Q name (XEN) …                   debug key q: pages per domain · V step xl-list: … | xs key = "value"
 *   W epoch up=…                    the wall clock in seconds, and the uptime then
 *   LAB: … · SETTLED after Ns · NOT SETTLED after Ns · RETRY n=… retry_count=… schedule_delay=…
 * A console log may carry the same lines behind `[date time] `, dom0's wall clock (UTC is assumed); its other lines are skipped.
 * Units as the names say: kB, pages of 4 KiB, bytes, MiB, seconds of uptime.
 */
import type { Place, Problem } from '../core/result.ts';
import { lineWarnings, type TextLine } from './lines.ts';

export interface BlockState {
  /** Index of the memory block: its start divided by the block size. */
  readonly n: number;
  readonly state: string;
  /** `valid_zones`, in the kernel's order; `none` once onlined into several. */
  readonly zones: readonly string[];
}

/** A line of /proc/iomem, in bytes; `end` is inclusive. Neighbours may have been merged. */
export interface IomemRange {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** What Xen's debug key q says of a domain, in pages. */
export interface DomainPages {
  readonly id: number;
  readonly nrPages: number;
  readonly maxPages: number;
}

/** A row of `xl list`; memory in MiB, outstanding claims included. */
export interface ListedDomain {
  readonly name: string;
  readonly id: number;
  readonly memMb: number;
}

export interface WallClock {
  readonly epoch: number;
  readonly up: number;
}

/** Facts read at about the same time. A missing key was not read. Reads are not atomic: fields may be torn. */
export interface Observation extends Place {
  /** `snapshot` a full one · `sample` a STAT line · `toolstack` after an xl command · `note` a word of the script. */
  readonly kind: 'snapshot' | 'sample' | 'toolstack' | 'note';
  readonly name: string;
  readonly upSeconds?: number;
  /** The wall clock and the uptime at one moment of this observation, the last such, seconds. */
  readonly wall?: WallClock;
  readonly targetKb?: number;
  readonly currentKb?: number;
  readonly lowKb?: number;
  readonly highKb?: number;
  readonly blocksOnline?: number;
  readonly blocksOffline?: number;
  readonly memTotalKb?: number;
  readonly blocks?: readonly BlockState[];
  readonly iomem?: readonly IomemRange[];
  readonly autoOnline?: string;
  readonly retryCount?: number;
  readonly scheduleDelay?: number;
  readonly domains?: readonly DomainPages[];
  readonly listed?: readonly ListedDomain[];
  readonly freeMemoryMb?: number;
  /** xenstore keys under memory/ of the guest, in kB. */
  readonly xenstoreKb?: Readonly<Record<string, number>>;
}

export type SnapshotItem =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'warning'; readonly problem: Problem };

type Draft = { -readonly [K in keyof Observation]: Observation[K] } & {
  /** The domain whose pages the next line of the debug key gives. */
  pendingDomain?: number;
};

const CONSOLE_PREFIX = /^\[(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\] ?/;
/** What a line of ours starts with; anything else is not ours. */
const OURS =
  /^(?:=== |STAT |F \/|B memory|I [0-9a-f]|Z Node|M \w|X |Q \S+ \(XEN\)|V |W \d|LAB:|SETTLED|NOT SETTLED|RETRY )/;

/**
 * The observations of one file, in order. Codes: LOG_SNAPSHOT_LINE and what `lineWarnings` gives, all warnings.
 * Never throws for what the lines contain; memory is one observation.
 */
export function* parseSnapshots(file: string, lines: Iterable<TextLine>): Generator<SnapshotItem> {
  let draft: Draft | undefined;
  for (const line of lines) {
    const prefix = CONSOLE_PREFIX.exec(line.text);
    const text = line.text.slice(prefix?.[0].length ?? 0).trimEnd();
    if (!OURS.test(text)) continue;
    for (const problem of lineWarnings(file, line)) yield { kind: 'warning', problem };
    const place = { file, line: line.number };
    const opened = openObservation(text, place, draft);
    if (opened !== undefined) {
      if (draft !== undefined) yield sealed(draft);
      draft = opened;
    }
    draft ??= { ...place, kind: 'note', name: '' };
    if (!addFact(draft, text)) yield { kind: 'warning', problem: unreadable(place, text) };
    if (prefix !== null && text.startsWith('STAT ') && draft.upSeconds !== undefined)
      draft.wall = { epoch: epochOf(prefix), up: draft.upSeconds };
  }
  if (draft !== undefined) yield sealed(draft);
}

function sealed({ pendingDomain: _, ...observation }: Draft): SnapshotItem {
  return { kind: 'observation', observation };
}

const unreadable = (where: Place, text: string): Problem => ({
  code: 'LOG_SNAPSHOT_LINE',
  message: 'the line starts like a fact but cannot be read',
  where,
  expected: 'a line as described in snapshots.ts',
  got: text.slice(0, 200),
});

/** A new observation if this line begins one, or belongs to none that is open. */
function openObservation(text: string, place: Place, open: Draft | undefined): Draft | undefined {
  const header = /^=== SNAPSHOT (.*?) ?===$/.exec(text);
  if (header !== null) return { ...place, kind: 'snapshot', name: header[1] ?? '' };
  const stat = /^STAT (.*?) up=/.exec(text);
  if (stat !== null) {
    const isFirst = open?.kind === 'snapshot' && open.name === stat[1] && open.upSeconds === undefined;
    return isFirst ? undefined : { ...place, kind: 'sample', name: stat[1] ?? '' };
  }
  const step = /^V (.*?) (?:xl-list:|xs )/.exec(text);
  if (step !== null) {
    const isSame = open?.kind === 'toolstack' && open.name === step[1] && open.domains === undefined;
    return isSame ? undefined : { ...place, kind: 'toolstack', name: step[1] ?? '' };
  }
  const key = /^Q (\S+) /.exec(text);
  if (key !== null) {
    // The script cuts the step's name at its first space.
    const isSame = open?.name === key[1] || open?.name.split(' ')[0] === key[1];
    return isSame ? undefined : { ...place, kind: 'toolstack', name: key[1] ?? '' };
  }
  return /^(?:LAB:|SETTLED|NOT SETTLED|RETRY )/.test(text)
    ? { ...place, kind: 'note', name: text }
    : undefined;
}

/** Adds what the line says; false if it cannot be read. */
function addFact(draft: Draft, text: string): boolean {
  switch (text[0]) {
    case 'F':
      return addFile(draft, text);
    case 'B':
      return addBlock(draft, text);
    case 'I':
      return addIomem(draft, text);
    case 'M':
      return addMeminfo(draft, text);
    case 'Q':
      return addDomain(draft, text);
    case 'S':
      return text.startsWith('STAT ') ? addStat(draft, text) : /^SETTLED after \d+s$/.test(text);
    case 'V':
      return addXenstore(draft, text);
    case 'X':
      return addHost(draft, text);
    case 'R':
      return addRetry(draft, text);
    case 'W':
      return addWall(draft, text);
    case '=':
      return /^=== SNAPSHOT \S.* ===$/.test(text);
    default:
      return true;
  }
}

function epochOf(prefix: RegExpExecArray): number {
  const [year = 0, month = 1, day = 1, hour, minute, second] = prefix.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

function addWall(draft: Draft, text: string): boolean {
  const [, epoch, up] = /^W (\d{1,12}) up=(\d{1,12}\.\d+)$/.exec(text) ?? [];
  if (epoch === undefined) return false;
  draft.wall = { epoch: Number(epoch), up: Number(up) };
  return true;
}

const STAT_KEYS = {
  up: 'upSeconds',
  target_kb: 'targetKb',
  current_kb: 'currentKb',
  low_kb: 'lowKb',
  high_kb: 'highKb',
  blocks_online: 'blocksOnline',
  blocks_offline: 'blocksOffline',
  MemTotal: 'memTotalKb',
} as const;

function addStat(draft: Draft, text: string): boolean {
  const found = new Map(
    [...text.matchAll(/ (\w+)=(\d+(?:\.\d+)?)(?= |$)/g)].map((m) => [m[1], Number(m[2])]),
  );
  for (const [key, name] of Object.entries(STAT_KEYS)) {
    const value = found.get(key);
    if (value === undefined) return false;
    draft[name] = value;
  }
  return true;
}

function addFile(draft: Draft, text: string): boolean {
  const [, path = '', value = ''] = /^F (\S+) = (.*)$/.exec(text) ?? [];
  const number = Number(value);
  if (path.endsWith('/auto_online_blocks')) draft.autoOnline = value;
  else if (!/^\d+$/.test(value)) return path !== '' && !/(?:retry_count|schedule_delay)$/.test(path);
  else if (path.endsWith('/retry_count')) draft.retryCount = number;
  else if (path.endsWith('/schedule_delay')) draft.scheduleDelay = number;
  return true;
}

function addBlock(draft: Draft, text: string): boolean {
  const [, n, state, zones] = /^B memory(\d+) state=(\S+)(?: .*?valid_zones=(.*))?/.exec(text) ?? [];
  if (n === undefined || state === undefined) return false;
  const block = { n: Number(n), state, zones: zones?.split(' ').filter((zone) => zone !== '') ?? [] };
  draft.blocks = [...(draft.blocks ?? []), block];
  return true;
}

function addIomem(draft: Draft, text: string): boolean {
  const [, start, end, name] = /^I ([0-9a-f]{1,13})-([0-9a-f]{1,13}) : (.+)$/.exec(text) ?? [];
  if (start === undefined || end === undefined || name === undefined) return false;
  const range = { start: Number.parseInt(start, 16), end: Number.parseInt(end, 16), name };
  draft.iomem = [...(draft.iomem ?? []), range];
  return range.start <= range.end;
}

function addMeminfo(draft: Draft, text: string): boolean {
  const [, key, value] = /^M (\w+): +(\d+) kB$/.exec(text) ?? [];
  if (key === 'MemTotal') draft.memTotalKb = Number(value);
  return key !== undefined;
}

/** Two lines make a domain: which one, then its pages. */
function addDomain(draft: Draft, text: string): boolean {
  const id = /General information for domain (\d+):$/.exec(text)?.[1];
  if (id !== undefined) {
    draft.pendingDomain = Number(id);
    return true;
  }
  const pages = /\bnr_pages=(\d+) .*\bmax_pages=(\d+)/.exec(text);
  if (pages === null) return !text.includes('nr_pages=');
  if (draft.pendingDomain === undefined) return false;
  const domain = { id: draft.pendingDomain, nrPages: Number(pages[1]), maxPages: Number(pages[2]) };
  draft.domains = [...(draft.domains ?? []), domain];
  delete draft.pendingDomain;
  return true;
}

function addXenstore(draft: Draft, text: string): boolean {
  const row = / xl-list: (.*)$/.exec(text);
  if (row !== null) return addListed(draft, row[1] ?? '');
  const [, key, value] = / xs (\S+) = "(\d*)"$/.exec(text) ?? [];
  if (key === undefined) return false;
  draft.xenstoreKb = { ...draft.xenstoreKb, [key]: Number(value) };
  return true;
}

function addHost(draft: Draft, text: string): boolean {
  const free = /^X free_memory +: (\d+)$/.exec(text)?.[1];
  if (free !== undefined) draft.freeMemoryMb = Number(free);
  if (/^X \w+ +: \d+$/.test(text) || /^X Name +ID +Mem /.test(text)) return true;
  return addListed(draft, text.slice(2));
}

function addListed(draft: Draft, text: string): boolean {
  const [, name, id, memMb] = /^(\S+) +(\d+) +(\d+) +\d+ +[a-z-]{6} /.exec(text) ?? [];
  if (name === undefined) return false;
  draft.listed = [...(draft.listed ?? []), { name, id: Number(id), memMb: Number(memMb) }];
  return true;
}

function addRetry(draft: Draft, text: string): boolean {
  const [, count, delay] = /^RETRY n=\d+ retry_count=(\d+) schedule_delay=(\d+)$/.exec(text) ?? [];
  if (count === undefined) return false;
  draft.retryCount = Number(count);
  draft.scheduleDelay = Number(delay);
  return true;
}

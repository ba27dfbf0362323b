/**
 * The part of an ftrace line after `event: `: `(function+0x0/0x30) name=value …` of one of our probes.
 * Strict: every argument of the probe table once, in its own notation and range, and nothing else; of the driver's variables, what
 * a kernel without `balloon_state`, or without both symbols, can still print.
 */
import { countedBy, type FetchArg, type FetchType, GLOBAL_ARGS, type Probe } from './probes.ts';
import type { CallRecord, Globals } from './records.ts';

/** First struct page of the vmemmap, four-level paging without randomisation; 64 bytes a struct page. */
export const VMEMMAP_BASE = 0xffffea0000000000n;
export const STRUCT_PAGE_BYTES = 64n;

/** What was wrong with a body; the caller adds where. */
export interface Mismatch {
  readonly code: 'LOG_FIELD' | 'LOG_FUNCTION' | 'LOG_MALFORMED';
  readonly message: string;
  readonly expected: string;
  readonly got: string;
}

export type Body = Pick<CallRecord, 'fields' | 'wide' | 'words' | 'caller' | 'globals'>;

type Value = number | bigint | string;

const BODY = /^\((?:([^\s()]+)(?: \[\w+\])? <- )?([^\s()]+)(?: \[\w+\])?\)(?: (.*))?$/;
const FIELD = /\s*([A-Za-z_]\w*)=("[^"]*"|[^\s"]+)\s*/y;

/** Reads the body of a probe's event. `vmemmap` is the address of the struct page of frame 0. */
export function parseBody(probe: Probe, text: string, vmemmap: bigint): Body | Mismatch {
  const parts = BODY.exec(text);
  const isReturn = probe.kind === 'return';
  if (parts === null || (parts[1] !== undefined) !== isReturn) {
    const shape = isReturn ? '(caller <- function) ret=…' : '(function) name=value …';
    return mismatch('LOG_MALFORMED', `${probe.event} has no readable body`, shape, text);
  }
  const traced = bareSymbol(parts[2] ?? '');
  if (traced !== probe.of.traces) {
    return mismatch('LOG_FUNCTION', `${probe.event} was probed on another function`, probe.of.traces, traced);
  }
  const values = parseFields(probe, parts[3] ?? '');
  if ('code' in values) return values;
  const body = sortValues(probe, values, vmemmap);
  return 'code' in body || parts[1] === undefined ? body : { ...body, caller: bareSymbol(parts[1]) };
}

/** The name without `+0x54/0x80` and without the suffix the compiler gave a clone. */
const bareSymbol = (symbol: string): string =>
  symbol.replace(/\+0x.*$/, '').replace(/\.(isra|constprop|part|cold)\b.*$/, '');

function parseFields(probe: Probe, text: string): ReadonlyMap<string, Value> | Mismatch {
  const values = new Map<string, Value>();
  const types = new Map(probe.args.map((arg) => [arg.name, arg.type]));
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const rest = text.slice(FIELD.lastIndex);
    const [, name, printed] = FIELD.exec(text) ?? [];
    if (name === undefined || printed === undefined) {
      return mismatch('LOG_MALFORMED', `${probe.event} has an unreadable field`, 'name=value', rest);
    }
    const type = types.get(name);
    if (type === undefined || values.has(name)) {
      return mismatch('LOG_FIELD', `${probe.event} has a field too many`, argNames(probe.args), name);
    }
    const value = parseValue(type, printed);
    if (value === undefined) {
      return mismatch('LOG_FIELD', `${probe.event} has a bad ${name}`, NOTATION[type], printed);
    }
    values.set(name, value);
  }
  const counted = countedBy((name) => values.has(name));
  const missing = probe.args.find(
    (arg) => !values.has(arg.name) && (counted === undefined || !GLOBAL_ARGS.includes(arg)),
  );
  return missing === undefined
    ? values
    : mismatch(
        'LOG_FIELD',
        `${probe.event} lacks ${missing.name}`,
        argNames(probe.args),
        [...values.keys()].join(' '),
      );
}

const NOTATION: Readonly<Record<FetchType, string>> = {
  u64: 'a decimal in 0..2^64-1',
  u32: 'a decimal in 0..2^32-1',
  s64: 'a decimal in -2^63..2^63-1',
  s32: 'a decimal in -2^31..2^31-1',
  x64: '0x and up to 16 hex digits',
  x32: '0x and up to 8 hex digits',
  string: 'a string in double quotes',
};

function parseValue(type: FetchType, text: string): Value | undefined {
  if (type === 'string') return text.startsWith('"') ? text.slice(1, -1) : undefined;
  const shape = type.startsWith('x')
    ? /^0x[0-9a-f]{1,16}$/
    : type.startsWith('s')
      ? /^-?\d{1,19}$/
      : /^\d{1,20}$/;
  if (!shape.test(text)) return undefined;
  const exact = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
  const bits = type.endsWith('32') ? 32 : 64;
  const fits = type.startsWith('s') ? BigInt.asIntN(bits, exact) : BigInt.asUintN(bits, exact);
  if (fits !== exact) return undefined;
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

/** Puts the driver's globals apart, and the rest where its size belongs. */
function sortValues(probe: Probe, values: ReadonlyMap<string, Value>, vmemmap: bigint): Body | Mismatch {
  const fields: Record<string, number> = {};
  const wide: Record<string, bigint> = {};
  const words: Record<string, string> = {};
  for (const [name, value] of values) {
    if (typeof value === 'number') fields[name] = value;
    else if (typeof value === 'bigint') wide[name] = value;
    else words[name] = value;
  }
  const page = values.get('page');
  if (page !== undefined) {
    const pfn = pfnOfPage(page, vmemmap);
    if (pfn === undefined) {
      return mismatch(
        'LOG_FIELD',
        `${probe.event} has a page outside the vmemmap`,
        `0x${vmemmap.toString(16)} + 64 × pfn`,
        `${page}`,
      );
    }
    delete fields['page'];
    wide['page'] = BigInt(page);
    fields['pfn'] = pfn;
  }
  const isCounted = GLOBAL_ARGS.some(({ name }) => values.has(name));
  if (!probe.of.globals || !isCounted) return { fields, wide, words, globals: undefined };
  const globals = takeGlobals(fields);
  return globals === undefined
    ? mismatch(
        'LOG_FIELD',
        `${probe.event} has an impossible counter`,
        'pages below 2^53, st in 0..3',
        GLOBAL_ARGS.map(({ name }) => `${name}=${values.get(name)}`).join(' '),
      )
    : { fields, wide, words, globals };
}

/** Source: Linux arch/x86/include/asm/pgtable_64_types.h `__VMEMMAP_BASE_L4`; struct page is 64 bytes. */
function pfnOfPage(page: Value, vmemmap: bigint): number | undefined {
  if (typeof page === 'string') return undefined;
  const offset = BigInt(page) - vmemmap;
  if (offset < 0n || offset % STRUCT_PAGE_BYTES !== 0n) return undefined;
  return Number(offset / STRUCT_PAGE_BYTES);
}

function takeGlobals(fields: Record<string, number>): Globals | undefined {
  const { cur, tgt, unpop, low, high, total, st } = fields;
  for (const { name } of GLOBAL_ARGS) delete fields[name];
  if (cur === undefined || tgt === undefined || unpop === undefined || low === undefined) return undefined;
  if (high === undefined || total === undefined || (st !== undefined && st > 3)) return undefined;
  return { cur, tgt, unpop, low, high, total, ...(st === undefined ? {} : { st }) };
}

const argNames = (args: readonly FetchArg[]): string => args.map(({ name }) => name).join(' ');

const mismatch = (code: Mismatch['code'], message: string, expected: string, got: string): Mismatch => ({
  code,
  message,
  expected,
  got: got.length > 200 ? `${got.slice(0, 200)}…` : got,
});

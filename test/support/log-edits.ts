/**
 * One change to a real log, planted on its records: timestamps and headers do not give it away.
 * Kinds as the issue of the spine names them.
 */
import fc from 'fast-check';
import type { CallRecord, Globals, TraceItem } from '../../src/logs/records.ts';

export interface EditedLog {
  readonly what: string;
  readonly items: readonly TraceItem[];
}

const COUNTERS = ['cur', 'low', 'total', 'tgt', 'st'] as const;
export const EDIT_KINDS = [...COUNTERS, 'ret', 'pair', 'swap'] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

const isCall = (item: TraceItem | undefined): item is CallRecord =>
  item?.kind === 'entry' || item?.kind === 'return';

const placesOf = (
  items: readonly TraceItem[],
  wanted: (item: CallRecord, next: TraceItem | undefined) => boolean,
) => items.flatMap((item, at) => (isCall(item) && wanted(item, items[at + 1]) ? [at] : []));

/** Edits of one kind, drawn uniformly over the places of all logs where the kind applies. */
export function editOf(
  kind: EditKind,
  logs: ReadonlyMap<string, readonly TraceItem[]>,
): fc.Arbitrary<EditedLog> {
  const places = [...logs].flatMap(([run, items]) =>
    placesOf(items, WANTED[kind])
      // A log without its last hypercall is a shorter log; only its header and its snapshots can tell.
      .slice(0, kind === 'pair' ? -1 : undefined)
      .map((at) => ({ run, items, at })),
  );
  return fc.tuple(fc.constantFrom(...places), fc.nat()).map(([{ run, items, at }, choice]) => {
    const { what, items: edited } = edit(kind, items, at, choice);
    return { what: `${run}: ${what}`, items: edited };
  });
}

const WANTED: Readonly<Record<EditKind, (item: CallRecord, next: TraceItem | undefined) => boolean>> = {
  cur: (item) => item.globals !== undefined,
  low: (item) => item.globals !== undefined,
  total: (item) => item.globals !== undefined,
  tgt: (item) => item.globals !== undefined,
  st: (item) => item.globals !== undefined,
  ret: (item) => item.kind === 'return',
  pair: (item) => item.event === 'memop_inc',
  // Records of two tasks may really have come in either order.
  swap: (item, next) => isCall(next) && next.event !== item.event && next.pid === item.pid,
};

function edit(kind: EditKind, items: readonly TraceItem[], at: number, choice: number): EditedLog {
  const item = items[at];
  if (!isCall(item)) throw new Error('an edit is of a record');
  const place = `${item.event}, line ${item.line}`;
  if (kind === 'pair') {
    const back = items.findIndex(
      (other, here) => here > at && isCall(other) && other.event === 'memop_inc_ret',
    );
    return {
      what: `${place} and its return deleted`,
      items: items.filter((_, here) => here !== at && here !== back),
    };
  }
  if (kind === 'swap') {
    const next = items[at + 1];
    if (!isCall(next)) throw new Error('a swap needs two records');
    const swapped = items
      .with(at, { ...next, seconds: item.seconds })
      .with(at + 1, { ...item, seconds: next.seconds });
    return { what: `${place} swapped with ${next.event}`, items: swapped };
  }
  if (kind === 'ret') {
    const old = item.fields['ret'] ?? 0;
    const ret = other(old, [old + 1, old - 1, 0, 1, 2, -12, -16, 512], choice);
    return {
      what: `${place}: ret ${old} → ${ret}`,
      items: items.with(at, { ...item, fields: { ...item.fields, ret } }),
    };
  }
  const globals = item.globals as Required<Globals>;
  const old = globals[kind];
  const values =
    kind === 'st' ? [0, 1, 2, 3] : [old + 1, old - 1, old + 512, old - 512, old + 32_768, 2 * old, 0];
  const value = other(old, values, choice);
  return {
    what: `${place}: ${kind} ${old} → ${value}`,
    items: items.with(at, { ...item, globals: { ...globals, [kind]: value } }),
  };
}

function other(old: number, values: readonly number[], choice: number): number {
  const different = values.filter((value) => value !== old);
  return different[choice % different.length] ?? old + 1;
}

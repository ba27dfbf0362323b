/**
 * Edits of a real trace, planted one at a time: what the nesting check must notice without looking at counters.
 * An edit works on records, not on text, so that headers and timestamps do not give it away.
 */
import type { CallRecord, TraceItem } from '../../src/logs/records.ts';

export interface Edit {
  readonly kind: string;
  /** The event that was edited, to name survivors. */
  readonly event: string;
  readonly items: readonly TraceItem[];
}

const isCall = (item: TraceItem | undefined): item is CallRecord =>
  item?.kind === 'entry' || item?.kind === 'return';

/** Every single edit of these kinds. */
export function* editsOf(items: readonly TraceItem[]): Generator<Edit> {
  for (const [at, item] of items.entries()) {
    if (!isCall(item)) continue;
    const { event } = item;
    const replaced = (by: readonly TraceItem[], count = 1): readonly TraceItem[] =>
      items.toSpliced(at, count, ...by);
    for (const [name, value] of Object.entries(item.fields)) {
      if (name === 'gfp' || name === 'pfn0') continue;
      for (const other of [value + 1, value - 1, -5]) {
        if (other === value) continue;
        const fields = { ...item.fields, [name]: other };
        yield {
          kind: name === 'ret' ? 'ret' : 'argument',
          event: `${event}.${name}`,
          items: replaced([{ ...item, fields }]),
        };
      }
    }
    yield { kind: 'deletion', event, items: replaced([]) };
    const next = items[at + 1];
    if (isCall(next)) {
      const isSame = next.pid === item.pid;
      yield {
        kind: isSame ? 'swap' : 'swap of tasks',
        event: `${event} ${next.event}`,
        items: replaced(
          [
            { ...next, seconds: item.seconds },
            { ...item, seconds: next.seconds },
          ],
          2,
        ),
      };
    }
    const back = returnOf(items, at);
    if (back !== undefined)
      yield { kind: 'pair', event, items: items.filter((_, index) => index !== at && index !== back) };
  }
}

/** Where the call entered at `at` returns. */
function returnOf(items: readonly TraceItem[], at: number): number | undefined {
  const entry = items[at];
  if (!isCall(entry) || entry.kind !== 'entry') return undefined;
  const index = items.findIndex(
    (item, here) =>
      here > at && isCall(item) && item.pid === entry.pid && item.event === `${entry.event}_ret`,
  );
  return index === -1 ? undefined : index;
}

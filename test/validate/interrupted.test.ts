/**
 * A writer that is interrupted inside the driver's callback: the balloon thread works on before the page is on the list. A real log
 * of it is accepted, and no more than that: where the page comes from thin air, or never, the log is refused.
 */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import type { CallRecord, TraceItem } from '../../src/logs/records.ts';
import { tallyOf } from '../support/altered.ts';
import { itemsOfRun, validated, verdictOfItems } from '../support/guest-runs.ts';
import { EDIT_KINDS } from '../support/log-edits.ts';

const RUN = '24-online-interrupted';
const items = itemsOfRun(RUN);
const isCall = (item: TraceItem | undefined): item is CallRecord =>
  item?.kind === 'entry' || item?.kind === 'return';
const isPage = (item: TraceItem | undefined) => isCall(item) && item.event === 'xen_online_page';

/** The callback that is interrupted: the thread's record comes next and shows the list as it was. */
const at = items.findIndex((item, here) => {
  const next = items[here + 1];
  return (
    isPage(item) &&
    isCall(item) &&
    isCall(next) &&
    next.pid !== item.pid &&
    next.globals?.low === item.globals?.low
  );
});
const entered = items[at];
const writer = isCall(entered) ? entered.pid : -1;
/** Where the writer goes on. */
const goesOn = items.findIndex((item, here) => here > at && isCall(item) && item.pid === writer);

const withLow = (from: number, to: number, by: number): readonly TraceItem[] =>
  items.map((item, here) =>
    here >= from && here < to && isCall(item) && item.globals !== undefined
      ? { ...item, globals: { ...item.globals, low: item.globals.low + by } }
      : item,
  );

describe('a page that is under way while the thread populates', () => {
  it('is in the log, with records of the thread in between', () => {
    expect(at).toBeGreaterThan(0);
    expect(goesOn - at).toBeGreaterThan(2);
    const [found] = validated(RUN, v3);
    expect(found).toMatchObject({ verdict: 'accepted', records: 1342, matched: 1342, doubts: [] });
    expect(found?.breaches.map(({ property }) => property).toSorted()).toEqual([
      'I-10',
      'I-16',
      'I-27',
      'I-9',
    ]);
  });

  it('may also have come before the thread went on', () => {
    expect(verdictOfItems(withLow(at + 1, goesOn, 1024), v3)).toBe('accepted');
  });

  it.each([
    ['twice', withLow(at + 1, goesOn, 2048)],
    ['in part', withLow(at + 1, goesOn, 512)],
    ['and goes again', withLow(at + 1, at + 3, 1024)],
    ['never', withLow(goesOn, items.length, -1024)],
    ['later than the writer goes on', withLow(goesOn, goesOn + 1, -1024)],
    ['earlier than it is handed over', withLow(at, at + 1, 1024)],
    ['though nobody handed it over', items.toSpliced(at, 1)],
    ['and is handed over once more', items.toSpliced(at, 0, entered as TraceItem)],
  ])('does not come %s', (_, edited) => {
    expect(verdictOfItems(edited, v3)).toBe('rejected');
  });

  it.each(EDIT_KINDS)('altered logs of this kind are told: %s', (kind) => {
    const { verdicts, survivors } = tallyOf(kind, [RUN], 6, Number(process.env['FC_SEED'] ?? 378));
    expect(verdicts.accepted, survivors.join('\n')).toBe(0);
    expect(verdicts.rejected, survivors.join('\n')).toBeGreaterThanOrEqual(5);
  });
});

/**
 * A target that was slept on, by a real guest: order alone cannot tell it from a thread that has yet to run, the clock can. The clock
 * never rejects: a thread that was late all the same is believed.
 */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import type { TraceItem } from '../../src/logs/records.ts';
import { PATIENCE } from '../../src/validate/patience.ts';
import { itemsOfRun, validated, verdictOfItems } from '../support/guest-runs.ts';

const RUN = '31-slept-on';
const items = itemsOfRun(RUN);
/** The same records at these times. */
const timed = (
  log: readonly TraceItem[],
  at: (seconds: number, here: number) => number,
): readonly TraceItem[] =>
  log.map((item, here) => ('seconds' in item ? { ...item, seconds: at(item.seconds, here) } : item));

describe('a target that is slept on', () => {
  it('is found in the log of a real guest, and is all that it broke', () => {
    const [found] = validated(RUN, v3);
    expect(found).toMatchObject({ verdict: 'accepted', doubts: [] });
    expect(found?.matched).toBe(found?.records);
    expect(found?.breaches.map(({ property }) => property)).toEqual(['D-3']);
    expect(found?.breaches[0]?.labels[0]).toBe('sleep');
  });

  it('is not told from a slow thread where the log has no long silence', () => {
    expect(
      verdictOfItems(
        timed(items, (_, here) => here / 1000),
        v3,
      ),
    ).toBe('ambiguous');
  });
});

it('a thread that comes late, as after a pause, is believed', () => {
  const log = itemsOfRun('17-target-flips');
  // It acts on a target that was written right after it gave up: it may have slept on that one, until this record.
  const acts = log.findIndex((item, here) => {
    const before = log[here - 1];
    return (
      item.kind === 'entry' &&
      item.task === 'xen-balloon' &&
      before?.kind === 'return' &&
      before.event === 'set_target_ret' &&
      before.globals?.st === 3
    );
  });
  expect(acts).toBeGreaterThan(0);
  const late = timed(log, (seconds, here) => (here < acts ? seconds : seconds + 2 * PATIENCE));
  expect(verdictOfItems(late, v3)).toBe('accepted');
});

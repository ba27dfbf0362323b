/** On a guest with several CPUs a record may fall between a hypercall's return and its book-keeping. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import type { CallRecord, TraceItem } from '../../src/logs/records.ts';
import { itemsOfRun, verdictOfItems } from '../support/guest-runs.ts';

const items = itemsOfRun('04-offline-movable');
/** The second populate of the last raise, and a target write put right behind it by another task. */
const at = items.findLastIndex(
  (item) => item.kind === 'return' && item.event === 'memop_inc_ret' && item.fields['ret'] === 512,
);
const populate = items[at] as CallRecord;

function writeBehind(cpu: number): readonly TraceItem[] {
  const tgt = populate.globals?.tgt ?? 0;
  const write: CallRecord = {
    ...populate,
    kind: 'entry',
    event: 'set_target',
    probe: 'set_target',
    task: 'xl',
    pid: 99,
    cpu,
    fields: { target: tgt },
  };
  const back: CallRecord = { ...write, kind: 'return', event: 'set_target_ret', fields: { ret: 0 } };
  return items.toSpliced(at + 1, 0, write, back);
}

describe('counters still from before the populate', () => {
  it('are possible when another CPU reads them', () => {
    expect(verdictOfItems(writeBehind(1), v3)).toBe('accepted');
  });

  it('are impossible on the thread’s own CPU', () => {
    expect(verdictOfItems(writeBehind(populate.cpu), v3)).toBe('rejected');
  });
});

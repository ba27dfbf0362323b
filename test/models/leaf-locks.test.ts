/**
 * Locks that have no chart of their own where nobody can wait for them, or where who holds them waits for nothing:
 *   resource_lock     taken and let go within one label; no other lock is taken under it
 *   lock of a device  whoever takes it holds the hotplug lock already, where that comes first
 */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { deviceLockChart } from '../../models/guest/locks.ts';
import { guestModel } from '../../models/guest.ts';
import { blocksOf, type Scope } from '../../models/scope.ts';
import { pair, scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { alone, fillUpTo } from '../support/alone.ts';
import { sideBySide } from '../support/side-by-side.ts';

const LOCKS = ['mutex', 'hotplugLock', 'deviceLock'];

/** `family lock`: a label that registers or lets go of address space, and takes a lock as well and keeps it. */
function takenBeside(protocol: typeof v3, scope: Scope): string[] {
  const charts = alone(protocol, scope);
  const underResourceLock = new Set(
    charts.flatMap(({ chart, labels }) => (chart.kind === 'slot' ? labels.map(({ type }) => type) : [])),
  );
  return charts
    .filter(({ chart }) => LOCKS.includes(chart.kind))
    .flatMap(({ chart, labels, table }) => {
      fillUpTo(table, 100);
      const free = Array.from({ length: table.size }, (_, state) => state).find(
        (state) => table.local(state).value === 'free',
      );
      return labels.flatMap(({ type }, own) => {
        const to = table.successor(free ?? 0, own);
        const takes = to >= 0 && table.local(to).value !== 'free';
        return takes && underResourceLock.has(type) ? [`${type} ${chart.id}`] : [];
      });
    });
}

describe('resource_lock', () => {
  it('is the last lock that any label takes', () => {
    const taken = variants.flatMap((protocol) =>
      scopes
        .filter(({ sections, bootPod }) => sections <= 2 && bootPod === 0)
        .flatMap((scope) => takenBeside(protocol, scope)),
    );
    // The borrower takes balloon_mutex again after a failed add, and lets go of the run under it: mutex first, then resource_lock.
    expect([...new Set(taken)]).toEqual(['userrelease balloon_mutex']);
  });
});

describe('the lock of a device', () => {
  const scope: Scope = { ...pair, targets: [1, 2], offliner: false };
  it.each([v2, v3, lifecycle])('keeps nobody waiting in $id', (protocol) => {
    const whole = guestModel(protocol, pv64, scope);
    const devices = Array.from({ length: blocksOf(scope) }, (_, block) => deviceLockChart(block, scope));
    const { only, hidden, states } = sideBySide({ ...whole, charts: [...whole.charts, ...devices] }, whole);
    expect(states).toBeGreaterThan(100);
    expect(only).toEqual([]);
    expect(hidden).toBe(0);
  });

  it('does where it is taken before the hotplug lock', () => {
    const narrowed = guestModel({ ...v3, writerTakes: 'deviceFirst' }, pv64, scope);
    const charts = narrowed.charts.filter(({ kind }) => kind !== 'deviceLock');
    expect(sideBySide(narrowed, { ...narrowed, charts }).hiddenFamilies).toContain('add.end');
  });
});

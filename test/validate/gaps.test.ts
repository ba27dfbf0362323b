/** Records that the log says are lost: the rest is still judged, and never against the guest. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import { recordLog } from '../../src/coverage/runs.ts';
import type { TraceItem } from '../../src/logs/records.ts';
import { type ValidateOptions, validate } from '../../src/validate/validate.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { store, storeOf, textOf } from '../logs/real-logs.ts';
import { itemsOfRun, validated } from '../support/guest-runs.ts';
import { judged, LOST, lossesAreForgiven, without } from '../support/lossy.ts';

describe('a domU whose console lost records', () => {
  const found = validated('09-domu-pv', v3).find(({ guest }) => guest.startsWith('domu'));

  it('is accepted, and says what was not judged', () => {
    expect(found).toMatchObject({
      verdict: 'accepted',
      records: 1273,
      matched: 1273,
      doubts: [],
      breaches: [],
    });
    expect(found?.gaps.declared).toBe(5);
    expect(found?.gaps).toMatchObject({ resynchronised: 1, unjudged: 0 });
  });

  it('has its snapshots behind the gap compared as well', () => {
    expect(found?.snapshots.compared).toBeGreaterThan(62);
    expect(found?.snapshots.rejection).toBeUndefined();
  });
});

lossesAreForgiven(['05-beyond-max'], 40);

describe('what lies behind a gap', () => {
  /** The third batch lost, and every later record of one counter raised by a page. */
  const edited = (counter: 'cur' | 'low' | 'total', by: number): readonly TraceItem[] => {
    const items = itemsOfRun('01-balloon');
    const tops = items.flatMap((item, at) => (item.kind === 'entry' && item.event === 'dec' ? [at] : []));
    const lossy = without(items, tops[2] ?? 0, 4);
    return lossy.map((item, at) =>
      item.kind === 'entry' && at > (tops[6] ?? 0) && item.globals !== undefined
        ? { ...item, globals: { ...item.globals, [counter]: item.globals[counter] + by } }
        : item,
    );
  };

  it('is judged as strictly as before it', () => {
    expect(judged(edited('cur', 0))).toMatchObject({ rejection: undefined, doubts: [] });
    expect(judged(edited('cur', 0)).gaps).toEqual({ declared: 1, resynchronised: 1, unjudged: 0 });
    for (const counter of ['cur', 'low', 'total'] as const)
      expect(judged(edited(counter, 1)).rejection, counter).toMatchObject({ code: 'LOG_COUNTER' });
  });

  it('counts failures in a row that nobody saw', () => {
    const items = itemsOfRun('05-beyond-max');
    const refusals = items.flatMap((item, at) =>
      item.kind === 'return' && item.event === 'memop_inc_ret' && item.fields['ret'] === 0 ? [at] : [],
    );
    expect(refusals.length).toBeGreaterThanOrEqual(4);
    // The second refused call is lost whole; after the fourth the driver gives up, which only the lost one explains.
    const found = judged(without(items, (refusals[1] ?? 0) - 1, 2));
    expect(found).toMatchObject({ rejection: undefined, doubts: [] });
  });

  it('of which no record tells where the driver is, is not judged', () => {
    const items = itemsOfRun('02-hotplug');
    const last = items.findLastIndex((item) => item.kind === 'entry' && item.event === 'memop_inc');
    const found = judged([...items.slice(0, last), LOST, ...items.slice(last + 1)]);
    expect(found.doubts.map(({ code }) => code)).toEqual(['LOG_ADRIFT']);
  });
});

it('what was recorded of a run with gaps does not reach across them', () => {
  const resumed: number[] = [];
  const onRuns: ValidateOptions['onRuns'] = (runs) => {
    resumed.push(...runs.map((run) => run.filter(({ isResumed }) => isResumed).length));
    expect(
      recordLog(runs, { source: 'log', variant: 'v3', k: 3 }).families.get('decrease.ok'),
    ).toBeGreaterThan(9);
  };
  expectOk(
    validate(['09-domu-pv/domu_console.txt.gz'], store, { protocol: v3, properties, onRuns }),
    'the log is readable',
  );
  expect(resumed).toEqual([1, 1]);
});

it('a run with gaps is not replayed as a whole', async () => {
  const lines = textOf('04-offline-movable/trace_1_online_movable.txt.gz').split('\n');
  const at = lines.findIndex((line) => line.includes(' memop_inc: '));
  const lossy = lines.toSpliced(at, 2, 'CPU:0 [LOST 2 EVENTS]').filter((line) => !line.startsWith('#'));
  const rest = ['2_offline_populated', '3_reonline', '4_raise_after_reonline'].map((name) => [
    `run/trace_${name}.txt`,
    textOf(`04-offline-movable/trace_${name}.txt.gz`),
  ]);
  const files = { 'run/trace_1.txt': lossy.join('\n'), ...Object.fromEntries(rest) };
  const ran = await ballast('shrink --log run --property I-9', world({ logs: storeOf(files) }));
  expect(ran.exit).toBe(2);
  expect(ran.err()).toContain('LOG_NOT_A_RUN');
});

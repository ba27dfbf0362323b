/** What real logs show, against counts taken from their text: everything in them, and nothing else. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import type { Recording } from '../../src/coverage/recording.ts';
import { recordLog } from '../../src/coverage/runs.ts';
import type { Matched } from '../../src/validate/past.ts';
import { type ValidateOptions, validate } from '../../src/validate/validate.ts';
import { store, TRACES, textOf } from '../logs/real-logs.ts';

type Runs = readonly (readonly Matched[])[];

function runsOf(run: string): Runs {
  let found: Runs = [];
  const onRuns: ValidateOptions['onRuns'] = (runs) => {
    found = runs;
  };
  const [validation] = expectOk(validate([run], store, { protocol: v3, properties, onRuns }), 'captured');
  expect(validation?.verdict).toBe('accepted');
  return found;
}

const covered = (run: string): Recording =>
  recordLog(runsOf(run), { source: `log ${run}`, variant: 'v3', k: 3 });

/** How often each probe fired, by counting lines. */
function probesOf(run: string): (probe: string) => number {
  const text = TRACES.filter((path) => path.startsWith(`${run}/`))
    .map(textOf)
    .join('\n');
  return (probe) => text.split('\n').filter((line) => line.includes(` ${probe}: (`)).length;
}

describe('02-hotplug', () => {
  const runs = runsOf('02-hotplug');
  const recording = recordLog(runs, { source: 'log', variant: 'v3', k: 3 });
  const probes = probesOf('02-hotplug');
  const times = (family: string) => recording.families.get(family) ?? 0;

  it('has the labels that its lines stand for, as often as they stand there', () => {
    const expected: Record<string, number> = {
      'target.set': probes('set_target'),
      'populate.ok': probes('memop_inc_ret'),
      'populate.full': probes('memop_inc_ret'),
      'decrease.ok': probes('memop_dec_ret'),
      'decrease.done': probes('dec_ret'),
      'online.page': probes('xen_online_page'),
      'online.done': probes('online_ret'),
      'online.begin': probes('online'),
      'offline.ebusy': probes('isolate_ret'),
      'reserve.ok': probes('alloc_res_ret'),
      'add.ok': probes('create_blocks_ret'),
      'add.begin': probes('add_mem_res'),
      'add.end': probes('add_mem_res_ret'),
      'count.done': probes('add_mem_res_ret'),
      // Hidden: the mutex is dropped before an add, and a thread that waits has read its baseline.
      'mutex.drop': probes('add_mem_res'),
      sleep: probes('additional_ret'),
      'need.none': probes('additional_ret') - probes('add_mem_res_ret'),
    };
    expect(expected['populate.ok']).toBeGreaterThan(300);
    for (const [family, count] of Object.entries(expected)) expect(times(family), family).toBe(count);
    const woken = (decision: string) => times(`${decision}.done`) + times(`${decision}.timer`);
    expect(woken('refill')).toBe(probes('memop_inc'));
    expect(woken('shrink')).toBe(probes('dec'));
    expect(woken('hotplug')).toBe(probes('additional'));
    const decisions = ['refill.done', 'refill.timer', 'shrink.done', 'hotplug.done', 'hotplug.timer'];
    expect(new Set(recording.families.keys())).toEqual(new Set([...Object.keys(expected), ...decisions]));
  });

  it('has every step of the balloon thread, and no transition of a family that is not in it', () => {
    const of = (kind: string) =>
      [...recording.by.transitions]
        .filter(([element]) => element.startsWith(`${kind}: `))
        .map(([element, count]) => `${element.slice(kind.length + 2)} ×${count}`);
    // One label, two sections in its run.
    expect(of('slot')).toEqual(['free -reserve.ok-> driver ×2']);
    expect(of('hotplugLock').sort()).toEqual([
      'free -add.begin-> thread ×1',
      'free -offline.ebusy-> free ×2',
      'free -online.begin-> user ×2',
      'thread -add.end-> free ×1',
      'user -online.done-> free ×2',
    ]);
    expect(of('balloon')).toContain(`refilling -populate.full-> asleep ×${probes('memop_inc_ret')}`);
    expect(of('balloon')).toHaveLength(17);
    for (const element of recording.by.transitions.keys()) {
      const family = / -([^ ]+)-> /.exec(element)?.[1] ?? '';
      expect(recording.families.has(family), element).toBe(true);
    }
  });

  it('shows nothing of actors that are not in it', () => {
    const kinds = new Set([...recording.by.states.keys()].map((one) => one.slice(0, one.indexOf(':'))));
    expect(kinds.has('rival') || kinds.has('otherDomain')).toBe(false);
    expect(recording.by.transitions.has('toolstack: idle -max.set-> idle')).toBe(false);
  });

  it('does not show what was only believed for a moment', () => {
    // Every decrease may have ended as nomem until the next counter says that it did not.
    const tried = runs[0]?.flatMap(({ labels }) => labels.map(({ type }) => type)) ?? [];
    expect(tried.includes('decrease.done')).toBe(true);
    expect(tried.includes('decrease.nomem')).toBe(false);
    expect(recording.by.transitions.has('balloon: shrinking -decrease.nomem-> settling')).toBe(false);
  });

  it('has no pair across two files', () => {
    // The file before ends with a refill, the next begins with a shrink: something may have come in between.
    const first = 'balloon: asleep -shrink.done-> shrinking';
    expect(recording.by.transitions.has(first)).toBe(true);
    const before = [...recording.by.pairs.keys()].filter(
      (pair) => pair.startsWith('balloon: ') && pair.endsWith('-> asleep -shrink.done-> shrinking'),
    );
    expect(before).toEqual(['balloon: shrinking -decrease.done-> asleep -shrink.done-> shrinking']);
  });

  it('where beliefs disagree, shows only what all of them took', () => {
    const [run = []] = runs;
    const half = run.slice(0, 3);
    const both = recordLog([run, half], { source: 'log', variant: 'v3' });
    const alone = recordLog([half], { source: 'log', variant: 'v3' });
    expect(both.by.transitions).toEqual(alone.by.transitions);
  });
});

it('a limit that the log does not show is not covered, though the charts had to assume one', () => {
  const runs = runsOf('12-partial');
  const assumed = runs.flat().flatMap(({ steps }) => steps.filter(({ how }) => how === 'assumed'));
  expect(assumed.length).toBeGreaterThan(0);
  const recording = covered('12-partial');
  expect(recording.families.has('max.set')).toBe(false);
  expect([...recording.by.transitions.keys()].filter((one) => one.includes('max.set'))).toEqual([]);
});

it('runs are kept only for those who ask', () => {
  expect(
    expectOk(validate(['03-auto-online'], store, { protocol: v3, properties }), 'captured'),
  ).toHaveLength(1);
});

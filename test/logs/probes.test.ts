import { pv64 } from '../../models/forms/pv.ts';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PROBES, probeDefinition, probeOf, TOP, TRACED } from '../../src/logs/probes.ts';
import { alphabetOf } from '../../models/alphabet.ts';
import { full, scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { v3 } from '../../models/variants/v3.ts';
import { expectOk } from '../../src/core/result.ts';
import { parseKallsyms } from '../../src/logs/kallsyms.ts';
import { linesOfText } from '../../src/logs/lines.ts';
import { planProbes, probeScript } from '../../src/logs/probe-plan.ts';
import { Mapping } from '../../src/validate/mapping.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { itemsOfRun } from '../support/guest-runs.ts';
import { RUNS, store, storeOf, textOf } from './real-logs.ts';

describe('the probe table', () => {
  it('is what the captured runs set, entry by entry', () => {
    const defined = textOf('00-boot/kprobe_events.txt.gz').trimEnd().split('\n');
    expect(PROBES.map((probe) => probeDefinition(probe, { group: 'lab' }))).toEqual(defined);
  });

  it('names each probe and each function once', () => {
    expect(new Set(TRACED.map(({ probe }) => probe)).size).toBe(TRACED.length);
    expect(new Set(TRACED.map(({ traces }) => traces)).size).toBe(TRACED.length);
    expect(new Set(PROBES.map(({ event }) => event)).size).toBe(PROBES.length);
  });

  it('lets every probe be called by known probes that return', () => {
    for (const { probe, callers } of TRACED) {
      expect(callers, probe).not.toEqual([]);
      for (const caller of callers) {
        if (caller !== TOP) expect(probeOf(caller)?.of.returns, `${caller} calls ${probe}`).toBeDefined();
      }
    }
  });

  it('finds an event by name, and no other', () => {
    expect(probeOf('dec_ret')?.of.traces).toBe('decrease_reservation');
    expect(probeOf('xen_online_page_ret')).toBeUndefined();
    expect(probeOf('constructor')).toBeUndefined();
  });
});

/** A kernel that has every function of the table, among others, one of them in a module. */
const KALLSYMS = [
  '0000000000000000 A cpu_hotplug_state',
  'ffffffff81000000 T _stext',
  ...TRACED.map(({ traces }, at) => `ffffffff81${String(at).padStart(6, '0')} ${'tT'[at % 2]} ${traces}`),
  'ffffffff82000000 D balloon_stats',
  'ffffffff82000040 d balloon_state',
  'ffffffffc0000000 t init_module\t[xen_privcmd]',
].join('\n');
const symbolsOf = (text: string) => parseKallsyms('kallsyms', linesOfText(text));
const plan = (text: string, barred: readonly string[] = []) =>
  planProbes(expectOk(symbolsOf(text), 'it is a list of symbols'), 'g', new Set(barred));
const lines = (without: RegExp) =>
  KALLSYMS
    .split('\n')
    .filter((line) => !without.test(line))
    .join('\n');

describe('what a probe tells', () => {
  const families = new Set(
    variants.flatMap((protocol) =>
      [full, ...scopes].flatMap((scope) => alphabetOf(protocol, pv64, scope).map(({ type }) => type)),
    ),
  );
  const covers = (tells: readonly string[], family: string): boolean =>
    tells.some((one) => (one.endsWith('.*') ? family.startsWith(one.slice(0, -1)) : one === family));

  it('are families of the charts', () => {
    for (const { probe, tells } of TRACED)
      for (const one of tells)
        expect([...families].some((family) => covers([one], family)), `${probe}: ${one}`).toBe(true);
  });

  it('is every family that the records of the real logs are read as', () => {
    const read = new Map<string, Set<string>>();
    for (const run of RUNS) {
      const mapping = new Mapping(v3, 32_768, 512);
      for (const item of itemsOfRun(run)) {
        if (item.kind !== 'entry' && item.kind !== 'return') continue;
        const seen = read.get(item.probe) ?? new Set();
        read.set(item.probe, seen);
        for (const action of mapping.read(item).flat())
          if (action.kind === 'label' && action.label.type !== 'unknown.block') seen.add(action.label.type);
      }
    }
    for (const { probe, tells } of TRACED)
      for (const family of read.get(probe) ?? []) expect(covers(tells, family), `${probe}: ${family}`).toBe(true);
    expect(read.get('additional')).toContain('need.none');
    expect(read.get('isolate')).toContain('offline.ebusy');
  });
});

describe('gen probes', () => {
  it('gives the kernel of the captured runs the probes that it had', async () => {
    const defined = textOf('00-boot/kprobe_events.txt.gz').trimEnd().split('\n');
    const ran = await ballast('gen probes --kallsyms k --group lab', world({ logs: storeOf({ k: KALLSYMS }) }));
    expect(ran.out().trimEnd().split('\n')).toEqual(defined);
    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.err()).toBe('');
  });

  it('names a clone by its symbol, which the parser reads as the function', () => {
    const text = KALLSYMS.replace(/ decrease_reservation$/m, ' decrease_reservation.constprop.0');
    const [entry] = plan(text).definitions.filter((line) => line.includes('/dec '));
    expect(entry).toMatch(/^p:g\/dec decrease_reservation\.constprop\.0 nr=/);
  });

  it.each([
    ['absent', 'a function that is inlined', () => plan(lines(/ online_pages$/))],
    ['twice', 'two functions of one name', () => plan(`${KALLSYMS}\nffffffff00000000 t online_pages`)],
    ['barred', 'a function on the blacklist', () => plan(KALLSYMS, ['online_pages'])],
    ['absent', 'only the cold part of it', () => plan(KALLSYMS.replace(/ online_pages$/m, ' online_pages.cold'))],
  ])('tells as %s %s', (why, _, made) => {
    const { missing, definitions } = made();
    expect(missing.map((one) => [one.traced.probe, one.why])).toEqual([['online', why]]);
    expect(definitions.filter((line) => / online_pages/.test(line))).toEqual([]);
  });

  it('fetches no variable that is not there', () => {
    expect(plan(lines(/ balloon_state$/)).counted).toBe('statistics');
    expect(plan(lines(/ balloon_state$/)).definitions.join()).not.toContain('balloon_state');
    expect(plan(lines(/ balloon_st/)).definitions.join()).not.toContain('@balloon');
  });

  it('says what the log will not show, and is 2', async () => {
    const logs = storeOf({ k: lines(/ (start_isolate_page_range|balloon_state|insert_resource)$/) });
    const ran = await ballast('gen probes --kallsyms k', world({ logs }));
    expect(ran.exit).toBe(2);
    expect(ran.err().trimEnd().split('\n')).toEqual([
      'ballast: there is no balloon_state: bp_state (st) is not observed',
      'ballast: insert_resource is not in this kernel, or inlined; only the order of calls is checked less',
      'ballast: start_isolate_page_range is not in this kernel, or inlined; not observed: offline.ebusy; a log in which one of them happens is not accepted',
    ]);
  });

  it.each([
    ['', 65, 'KALLSYMS_EMPTY'],
    ['It was a dark night\n', 65, 'KALLSYMS_LINE'],
    ["ffffffff81000000 T a'; rm -rf $HOME #", 65, 'KALLSYMS_LINE'],
  ])('refuses %j', async (text, exit, code) => {
    const ran = await ballast('gen probes --kallsyms k', world({ logs: storeOf({ k: text }) }));
    expect(ran.exit).toBe(exit);
    expect(ran.err()).toContain(code);
    expect(ran.out()).toBe('');
  });

  it('refuses a group that a shell or the kernel would read otherwise', async () => {
    const ran = await ballast('gen probes --group a;b', world({ logs: store }));
    expect(ran).toMatchObject({ exit: 64 });
    expect(ran.err()).toContain('GROUP_NAME');
  });

  it('writes a script that a POSIX shell can read, in which nothing is expanded', () => {
    const script = probeScript(plan(KALLSYMS), 'g');
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const set = script.split('\n').filter((line) => line.startsWith('set_probe '));
    expect(set).toHaveLength(PROBES.length);
    for (const line of set) expect(line).toMatch(/^set_probe '[^']+'$/);
  });
});

it('a log without counters has nothing to begin with', async () => {
  const bare = textOf('03-auto-online/trace_4_plus_one_page.txt.gz').replace(/ cur=\d+ tgt=.*$/gm, '');
  const ran = await ballast('validate bare.txt', world({ logs: storeOf({ 'bare.txt': bare }) }));
  expect(ran.exit).toBe(65);
  expect(ran.err()).toContain('LOG_NO_COUNTERS');
});

it('a log without bp_state is judged without it', async () => {
  const bare = textOf('03-auto-online/trace_4_plus_one_page.txt.gz').replace(/ st=\d$/gm, '');
  const ran = await ballast('validate bare.txt', world({ logs: storeOf({ 'bare.txt': bare }) }));
  expect(ran.out()).toContain('accepted: all');
  const once = bare.replace(/( total=\d+)$/m, '$1 st=0');
  const mixed = await ballast('validate mixed.txt', world({ logs: storeOf({ 'mixed.txt': once }) }));
  expect(mixed.out()).toContain('LOG_FIELD');
});

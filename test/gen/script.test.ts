/**
 * Generated scripts, run by real shells against a guest of plain files.
 */
import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { renderTraceJson } from '../../reports/json.ts';
import { run } from '../../src/cli/run.ts';
import { world } from '../cli/fake-io.ts';
import { shortestRun } from '../trace/promises.ts';
import { FakeGuest, type Temper } from './fake-guest.ts';

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const SHELLS = ['sh', 'dash', 'busybox sh', 'bash'].filter((shell) => has(shell.split(' ')[0] ?? ''));

async function generated(...args: readonly string[]): Promise<string> {
  const { io, out, err } = world();
  expect(await run(['gen', 'tests', ...args], io), err()).toBe(0);
  return out();
}

const guests: FakeGuest[] = [];
function guest(temper: Temper = {}): FakeGuest {
  const fresh = new FakeGuest(temper);
  guests.push(fresh);
  return fresh;
}
afterEach(() => {
  for (const one of guests.splice(0)) one.end();
});

const w3d = generated('--finding', 'W3d');

describe('the script of a finding', () => {
  it('reproduces it on a guest that has it, measures the leak, and leaves the target as it was', async () => {
    const here = guest();
    const { out, code } = await here.run(await w3d);
    expect(out).toMatch(/^KTAP version 1\n1\.\.5\n(?:ok \d .*\n# seen: .*\n){5}/);
    expect(out).toMatch(/ok 5 .*\n# seen: .*orphaned_kb=65536/);
    expect(out).toContain('# left behind until the guest boots again: memory4 memory5');
    expect(code).toBe(0);
    expect(here.read('sys/devices/system/xen_memory/xen_memory0/target_kb')).toBe('524288');
    expect(here.read('sys/devices/system/memory/auto_online_blocks')).toBe('offline');
    expect(here.read('max')).toBe('131072');
  });

  it('says where a cured guest differs, and skips the rest', async () => {
    const { out, code } = await guest({ cured: true }).run(await w3d);
    expect(out).toMatch(
      /not ok 5 online block 0\n# low_kb: expected 65536 kB, saw 0 kB|not ok 5 online block 0\n# current_kb/,
    );
    expect(code).toBe(1);
  });

  it('stops at the first difference', async () => {
    const { out, code } = await guest({ losesPages: true }).run(await w3d);
    expect(out).toMatch(/not ok 3 online block 0\n# current_kb: expected 655360 kB, saw 524288 kB/);
    expect(out).toMatch(/ok 4 .* # SKIP/);
    expect(code).toBe(1);
  });

  it('gives up on a guest that does nothing, in bounded time', async () => {
    const { out, code } = await guest({ deaf: true }).run(await w3d, 'sh', { BALLAST_BOUND: '1' });
    expect(out).toMatch(/not ok 1 .*\n# added blocks: expected 'offline offline', saw ''/);
    expect(code).toBe(1);
  });

  it('ends before the guest runs out of memory', async () => {
    const { out, code } = await guest({ availableKb: 20_000 }).run(await w3d);
    expect(out).toContain('Bail out! only 20000 kB of memory were left');
    expect(code).toBe(1);
  });

  it.each(SHELLS)('runs under %s', async (shell) => {
    const [program = 'sh', ...rest] = shell.split(' ');
    const script = await w3d;
    const here = guest();
    const { code } = await (rest.length === 0
      ? here.run(script, program)
      : here.run(`${shell} -c "$SCRIPT"`, 'sh', { SCRIPT: script }));
    expect(code).toBe(0);
  });
});

describe('a guest that a script is not for', () => {
  it('is left alone: no driver', async () => {
    const { out, code } = await guest().run(await w3d, 'sh', { BALLAST_ROOT: '/nonexistent' });
    expect(out).toBe('KTAP version 1\n1..0 # SKIP there is no Xen balloon driver here\n');
    expect(code).toBe(4);
  });

  it('is left alone: no toolstack, and the plan moves limits', async () => {
    const here = guest();
    const { out, code } = await here.run(await w3d, 'sh', { PATH: '/usr/bin:/bin' });
    expect(out).toMatch(/1\.\.0 # SKIP this plan moves the limit/);
    expect(code).toBe(4);
    expect(here.list()).toHaveLength(4);
  });

  it('is left alone: no error injection, and the plan vetoes', async () => {
    const walk = await generated('--walks', '1', '--acts', '60', '--seed', '3');
    expect(walk).toContain('needs limit veto');
    const { out, code } = await guest().run(walk);
    expect(out).toMatch(/1\.\.0 # SKIP this plan needs memory notifier error injection/);
    expect(code).toBe(4);
  });
});

describe('the text', () => {
  it.skipIf(!has('shellcheck'))('is clean', async () => {
    const scripts = await Promise.all([
      w3d,
      generated('--walks', '1', '--acts', '60', '--seed', '3'),
      generated('--finding', 'W3d', '--place', 'domu'),
    ]);
    for (const script of scripts) {
      const done = spawnSync('shellcheck', ['-s', 'sh', '-'], { input: script, encoding: 'utf8' });
      expect(done.stdout + done.stderr).toBe('');
    }
  });

  it('is the same for the same seed, and another for another', async () => {
    const walk = (seed: string) => generated('--walks', '1', '--acts', '8', '--seed', seed);
    expect(await walk('5')).toBe(await walk('5'));
    expect(await walk('5')).not.toBe(await walk('6'));
  });

  it('moves no limit where there is no toolstack', async () => {
    const script = await generated('--finding', 'W3d', '--place', 'domu');
    expect(script).not.toMatch(/^ {2}limit |^needs /m);
    expect(script).toMatch(/orphaned 1/);
  });
});

describe('the acts of a run', () => {
  const fileOf = (property: string) => {
    const trace = { labels: shortestRun(v3, property), start: {}, steps: [], broken: [] };
    const base = {
      variant: 'v3',
      form: 'pv-x86_64',
      scope: 'single',
      property,
      statement: '',
      at: 'state',
      finding: undefined,
      reproduce: '',
    } as const;
    const { steps: _, ...bare } = JSON.parse(renderTraceJson({ ...base, trace }, { ...single }));
    return JSON.stringify(bare);
  };
  it.each([
    ['I-10', /they break I-10 all the same/],
    ['D-3', /they do not break D-3, so the run itself takes a race/],
  ])('%s: says whether they do it without a race', async (property, says) => {
    const { io, out } = world({}, { 'run.json': fileOf(property) });
    expect(await run(['gen', 'tests', '--trace', 'run.json'], io)).toBe(0);
    expect(out()).toMatch(says);
    expect(out()).toMatch(/^ {2}target /m);
  });

  it('puts nothing of a file’s name outside a comment', async () => {
    const name = 'run\nreboot\r.json';
    const { io, out } = world({}, { [name]: fileOf('I-10') });
    expect(await run(['gen', 'tests', '--trace', name], io)).toBe(0);
    expect(out()).not.toMatch(/^reboot/m);
    expect(out()).toContain('# The acts of run reboot .json');
  });

  it('refuses one at real size, and says what to do', async () => {
    const large = JSON.parse(fileOf('I-10'));
    large.bounds = { ...large.bounds, sections: 64, pagesPerSection: 32768 };
    const { io, err } = world({}, { 'run.json': JSON.stringify(large) });
    expect(await run(['gen', 'tests', '--trace', 'run.json'], io)).toBe(65);
    expect(err()).toMatch(/TRACE_TOO_LARGE .*ballast shrink run\.json --scope single/);
  });
});

it('a work item is tested as a thread is: the same acts, and what it does in between', async () => {
  const { io, out } = world();
  expect(await run(['gen', 'tests', '--finding', 'W3d', '--variant', 'v2-4.11'], io)).toBe(0);
  const acts = out().match(/^if begin '.*'/gm);
  expect(acts).toEqual([
    "if begin 'target 3 units above the start'",
    "if begin 'limit 3 units above the start'",
    "if begin 'online block 0'",
    "if begin 'offline block 0'",
    "if begin 'online block 0'",
  ]);
  expect(out()).toContain('# 1: target.set hotplug.queued reserve.ok');
});

describe('what cannot be asked for', () => {
  it.each([
    [['--finding', 'W3x'], 64, /UNKNOWN_FINDING .*W3d/],
    [['--finding', 'lost-target'], 2, /NOT_FORCED .*D-3/],
    [['--finding', 'W3d', '--variant', 'v3-patched'], 2, /NOT_FORCED/],
    [['--variant', 'v0'], 64, /NOT_ON_A_GUEST/],
    [['--variant', 'v2-4.4'], 64, /NOT_ON_A_GUEST .*auto_online_blocks/],
    [['--variant', 'lifecycle'], 64, /NOT_ON_A_GUEST/],
    [['--finding', 'W3d', '--property', 'I-9'], 64, /FLAG_CLASH/],
    [['--walks', 'many'], 64, /FLAG_NUMBER/],
    [['--trace', 'nowhere.json'], 65, /TRACE_UNREADABLE/],
    [['--walks', '2'], 64, /SEVERAL_SCRIPTS .*walk-1/],
  ] as const)('%j', async (args, code, message) => {
    const { io, out, err } = world();
    expect(await run(['gen', 'tests', ...args], io)).toBe(code);
    expect(err()).toMatch(message);
    expect(out()).toBe('');
  });
});

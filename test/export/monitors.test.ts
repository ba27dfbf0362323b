/** Monitors for the kernel: no false alarm in the model or in real logs, and the kernel's own tools read them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { v3 } from '../../models/variants/v3.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { alarmOf, monitorsOf } from '../../src/cli/export/monitors.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { exportMonitor, type Monitor } from '../../src/export/monitor.ts';
import { eventOf, MONITORS } from '../../src/export/monitor-events.ts';
import { PROBES, probeOf } from '../../src/logs/probes.ts';
import { Mapping } from '../../src/validate/mapping.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { itemsOfRun } from '../support/guest-runs.ts';

const modelOf = (protocol: typeof v3) => guestModel(protocol, pv64, single);
const monitors = (protocol: typeof v3) =>
  monitorsOf(expectOk(composeProduct(modelOf(protocol)), 'shipped variants obey the rules'));
const [balloon, block] = monitors(v3) as [Monitor, Monitor];

/** Where a sequence of events is refused; -1 if nowhere. */
function refusedAt(monitor: Monitor, events: readonly string[]): number {
  let state = monitor.initial;
  return events.findIndex((event) => {
    const next = monitor.transitions.find((one) => one.from === state && one.event === event);
    state = next?.to ?? state;
    return next === undefined;
  });
}

describe('the projection', () => {
  it('is deterministic, and has no state twice', () => {
    for (const { transitions, states } of [balloon, block]) {
      expect(new Set(transitions.map(({ from, event }) => `${from} ${event}`)).size).toBe(transitions.length);
      expect(new Set(states).size).toBe(states.length);
    }
    expect([balloon.states.length, block.states.length]).toEqual([8, 6]);
  });

  it.each(variants.map((variant) => [variant.id, variant] as const))(
    'accepts every run of %s in scope single',
    (_, variant) => {
      for (const monitor of monitors(variant)) {
        const { run, complete } = alarmOf(modelOf(variant), monitor);
        expect(run?.map(labelText), monitor.kind.name).toBeUndefined();
        expect(complete).toBe(true);
      }
    },
  );

  it('would see drivers that lose their way', () => {
    const caught = ['hotplug-overadd', 'claim-late', 'short-fill-ignored', 'no-rollback'];
    for (const id of caught) {
      const planted = mutants.find((one) => one.id === id);
      if (planted === undefined) throw new Error(`no mutant ${id}`);
      const [thread] = monitors(planted.base) as [Monitor, Monitor];
      expect(alarmOf(modelOf(planted.protocol), thread).run, id).toBeDefined();
    }
  });

  it('notices when a transition is taken from it: the proof can fail', () => {
    for (const monitor of [balloon, block])
      for (const left of monitor.transitions) {
        const maimed = { ...monitor, transitions: monitor.transitions.filter((one) => one !== left) };
        expect(alarmOf(modelOf(v3), maimed).run, `${monitor.kind.name} without ${left.event}`).toBeDefined();
        if (left.event !== 'refill' && left.event !== 'page') continue;
        expect(refusedAt(maimed, [left.event])).toBe(0);
      }
  });
});

describe('real logs', () => {
  const RUNS = ['02-hotplug', '03-auto-online', '04-offline-movable', '05-beyond-max', '07-target-mid'];
  const seen = (run: string, monitor: Monitor): readonly string[] => {
    const mapping = new Mapping(v3, 32_768, 512);
    return itemsOfRun(run).flatMap((item) => {
      if (item.kind !== 'entry' && item.kind !== 'return') return [];
      const [reading] = mapping.read(item);
      const labels = (reading ?? []).flatMap((action) => (action.kind === 'label' ? [action.label] : []));
      return labels
        .filter(
          ({ block: of, section, first }) =>
            monitor.kind.chart === 'balloon' || (of ?? section ?? first ?? 0) === 0,
        )
        .flatMap(({ type }) => eventOf(monitor.kind, type) ?? []);
    });
  };

  it.each(RUNS)('%s raises no alarm in the balloon thread', (run) => {
    const events = seen(run, balloon);
    expect(events.length).toBeGreaterThan(10);
    expect(refusedAt(balloon, events), events.join(' ')).toBe(-1);
  });

  it.each(RUNS)('%s raises none for its first hot-added block', (run) => {
    expect(refusedAt(block, seen(run, block))).toBe(-1);
  });
});

it('every event names a probe of the table, and families that the probe tells', () => {
  for (const { events } of MONITORS)
    for (const { event, probe, families } of events) {
      expect(
        PROBES.map((one) => one.event),
        event,
      ).toContain(probe);
      expect(families, event).not.toEqual([]);
      expect(probeOf(probe)?.of.optional, event).toBe(false);
    }
});

describe('ballast export rv', () => {
  it('writes the monitors and the table, and says what was proved', async () => {
    const at = world();
    const ran = await ballast('export rv --variant v3 --scope single --out rv', at);
    expect(ran.exit).toBe(0);
    expect([...at.files.keys()]).toEqual(['rv/xen_balloon.dot', 'rv/memory_block.dot', 'rv/events.md']);
    expect(at.files.get('rv/events.md')).toContain(
      '| `going_online` | `memory_notify` entry | `notify` | action == MEM_GOING_ONLINE |',
    );
    expect(ran.out()).toMatch(
      /^xen_balloon: no alarm in \d+ states of v3 in single, watching the thread; sees 1 of \d+/m,
    );
    expect(ran.out()).toMatch(
      /^memory_block: no alarm in \d+ states of v3 in single, watching block 0; sees 0 of/m,
    );
    expect(ran.out()).toMatch(/^ {2}sees hotplug-overadd after 9 labels/m);
  });
});

// The tree of a kernel, for example unpacked from Debian's linux-source; only tools/verification is used.
const linux = process.env['BALLAST_LINUX'] ?? '';
const hasTools = existsSync(join(linux, 'tools/verification/dot2/dot2c'));

describe(
  hasTools ? 'dot2c of the kernel' : 'dot2c of the kernel: set BALLAST_LINUX to a kernel tree (skipped)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-rv-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.skipIf(!hasTools).each([balloon, block].map((monitor) => [monitor.kind.name, monitor] as const))(
      'reads %s, and its C compiles',
      (name, monitor) => {
        const file = join(folder, `${name}.dot`);
        writeFileSync(file, exportMonitor(monitor));
        const tools = join(linux, 'tools/verification');
        const made = spawnSync('python3', [join(tools, 'dot2/dot2c'), file], {
          encoding: 'utf8',
          env: { ...process.env, PYTHONPATH: tools },
        });
        expect(made).toMatchObject({ status: 0, stderr: '' });
        for (const state of monitor.states) expect(made.stdout).toContain(`"${state}"`);
        const cells = made.stdout.split('.function = {')[1]?.match(/\bis_\w+/g) ?? [];
        expect(cells.length).toBe(monitor.transitions.length + 1);
        const compiled = spawnSync(
          'gcc',
          ['-Wall', '-Werror', '-Wno-unused-variable', '-x', 'c', '-fsyntax-only', '-'],
          {
            input: `#include <stdbool.h>\n${made.stdout}`,
            encoding: 'utf8',
          },
        );
        expect(compiled.stderr).toBe('');
      },
    );
  },
);

import { describe, expect, it } from 'vitest';
import { linesOfText } from '../../src/logs/lines.ts';
import { type Observation, parseSnapshots } from '../../src/logs/snapshots.ts';
import { RUNS, textOf } from './real-logs.ts';

const parse = (text: string): { observations: readonly Observation[]; warnings: readonly string[] } => {
  const items = [...parseSnapshots('s', linesOfText(text))];
  return {
    observations: items.flatMap((item) => (item.kind === 'observation' ? [item.observation] : [])),
    warnings: items.flatMap((item) => (item.kind === 'warning' ? [item.problem.code] : [])),
  };
};
const read = (run: string): readonly Observation[] => parse(textOf(`${run}/snapshots.txt.gz`)).observations;
const named = (run: string, name: string): Observation | undefined =>
  read(run).find((it) => it.name === name);

describe('real snapshots', () => {
  it.each([
    ...RUNS.map((run) => `${run}/snapshots.txt.gz`),
    '00-boot/snapshots.txt.gz',
    '09-domu-pv/domu_console.txt.gz',
  ])('%s parses without a warning, and every snapshot is complete', (path) => {
    const { observations, warnings } = parse(textOf(path));
    expect(warnings).toEqual([]);
    const full = observations.filter(({ kind }) => kind === 'snapshot');
    expect(full).not.toEqual([]);
    for (const snapshot of full) {
      expect(snapshot.blocks?.length, snapshot.name).toBe(
        (snapshot.blocksOnline ?? 0) + (snapshot.blocksOffline ?? 0),
      );
      expect(snapshot.iomem).toBeDefined();
      expect(snapshot.retryCount).toBeDefined();
      expect(snapshot.scheduleDelay).toBeDefined();
      expect(snapshot.autoOnline).toBeDefined();
      if (!path.includes('console')) expect(snapshot.freeMemoryMb).toBeDefined();
    }
  });

  it('reads a reserved section as System RAM with offline blocks', () => {
    expect(named('02-hotplug', 'reserved')).toMatchObject({
      kind: 'snapshot',
      upSeconds: 33.03,
      targetKb: 860_160,
      currentKb: 655_360,
      lowKb: 0,
      highKb: 0,
      blocksOnline: 6,
      blocksOffline: 2,
      memTotalKb: 526_820,
      autoOnline: 'offline',
      retryCount: 1,
      scheduleDelay: 1,
      freeMemoryMb: 2398,
      listed: [{ name: 'Domain-0', id: 0, memMb: 640 }],
    });
    expect(named('02-hotplug', 'reserved')?.blocks?.at(-1)).toEqual({
      n: 7,
      state: 'offline',
      zones: ['Normal', 'Movable'],
    });
    expect(named('02-hotplug', 'reserved')?.iomem?.at(-1)).toEqual({
      start: 0x30000000,
      end: 0x3fffffff,
      name: 'System RAM',
    });
  });

  it('joins what Xen says to the snapshot of the same name', () => {
    expect(named('02-hotplug', 'at_boot_max')?.domains).toEqual([
      { id: 0, nrPages: 163_840, maxPages: 524_544 },
    ]);
  });

  it('gives the toolstack steps of a run with two domains', () => {
    const steps = read('09-domu-pv').filter(({ kind }) => kind === 'toolstack');
    expect(steps.map(({ name }) => name)).toEqual([
      'boot',
      'xl mem-set u 192m',
      'xl mem-set u 256m',
      'xl mem-set u 512m',
      'xl mem-set u 600m',
      'xl mem-max u 1024',
      'xl mem-set u 600m',
      'xl mem-set u 256m',
    ]);
    expect(steps[1]).toMatchObject({
      xenstoreKb: { 'static-max': 524_288, target: 196_608 },
      domains: [
        { id: 0, nrPages: 163_840, maxPages: 163_840 },
        { id: 1, nrPages: 49_152, maxPages: 49_408 },
      ],
    });
  });

  it('gives samples and retries in order', () => {
    const all = read('05-beyond-max');
    expect(all.filter(({ kind }) => kind === 'sample')).toHaveLength(90);
    const retries = all.filter(({ name }) => name.startsWith('RETRY'));
    expect(retries.map(({ retryCount }) => retryCount).slice(0, 6)).toEqual([2, 3, 4, 4, 1, 1]);
  });
});

describe('hostile snapshots', () => {
  it.each([
    'STAT x up=1 target_kb=x',
    'I 10-1 : System RAM',
    'B memoryX',
    'Q boot (XEN)     nr_pages=1 xenheap_pages=2 max_pages=1',
    'RETRY n=1',
    'M MemTotal',
    'F /sys/x/retry_count = many',
  ])('warns of %s', (line) => {
    expect(parse(line).warnings).toEqual(['LOG_SNAPSHOT_LINE']);
  });

  it('skips what is not a fact', () => {
    expect(parse('sh: write error: Device or resource busy\n\nsomething')).toEqual({
      observations: [],
      warnings: [],
    });
  });
});

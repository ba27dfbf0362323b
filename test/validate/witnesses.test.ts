/** The same guest counted by its driver, its kernel, Xen and the toolstack. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import type { Observation } from '../../src/logs/snapshots.ts';
import { hadAround, shiftBetween } from '../../src/validate/clock.ts';
import { validate } from '../../src/validate/validate.ts';
import { fitOf } from '../../src/validate/witnesses.ts';
import { store, storeOf, textOf } from '../logs/real-logs.ts';
import { validated } from '../support/guest-runs.ts';

describe('kernel and Xen against the driver', () => {
  it('differ by a constant in every run without an offline', () => {
    for (const run of [
      '01-balloon',
      '02-hotplug',
      '03-auto-online',
      '05-beyond-max',
      '07-target-mid',
      '17-target-flips',
    ]) {
      const [found] = validated(run, v3);
      expect(found?.snapshots.witnesses.readings.length, run).toBeGreaterThan(0);
      expect(found?.snapshots.witnesses.divergences, run).toEqual([]);
      expect(found?.snapshots.witnesses.outside ?? 0, run).toBe(0);
    }
  });

  it('show the section that the driver still counts after an offline, where it happened', () => {
    const { divergences } = validated('04-offline-movable', v3)[0]?.snapshots.witnesses ?? {};
    expect(divergences).toMatchObject([
      { between: 'driver and kernel', pages: 32_768, reading: { name: 'offline_populated' } },
    ]);
  });
});

const folder = (change: (name: string, text: string) => string) =>
  storeOf(
    Object.fromEntries(
      ['domu_console.txt.gz', 'snapshots.txt.gz', 'trace_1_dom0_end.txt.gz'].map((name) => [
        `run/${name.replace('.gz', '')}`,
        change(name, textOf(`09-domu-pv/${name}`)),
      ]),
    ),
  );
const domu = (change: (name: string, text: string) => string) =>
  expectOk(validate(['run'], folder(change), { protocol: v3, properties }), 'the files are logs').find(
    ({ guest }) => guest !== 'dom0',
  );
/** Adds pages to what Xen counts for domain 1, from its nth reading on. */
const more = (pages: number, from = 0) => {
  let reading = 0;
  return (name: string, text: string): string =>
    name.startsWith('snapshots')
      ? text.replace(/(domain 1:\n.*\n.*nr_pages=)(\d+)/g, (_, head: string, n: string) => {
          reading += 1;
          return `${head}${Number(n) + (reading > from ? pages : 0)}`;
        })
      : text;
};

describe('the toolstack of a domU', () => {
  it('saw what the guest went through', () => {
    const found = domu((_, text) => text);
    expect(found).toMatchObject({ verdict: 'accepted', doubts: [] });
    expect(found?.toolstack).toEqual({
      domain: 1,
      readings: 7,
      owned: { offset: 0, fits: 5, of: 5, strays: undefined },
      target: { offset: 0, fits: 6, of: 6, strays: undefined },
      slack: { pages: 256, readings: 6 },
    });
  });

  it('may count a constant number of pages more, as for PVH, and it is stated', () => {
    const found = domu(more(113));
    expect(found?.verdict).toBe('accepted');
    expect(found?.toolstack?.owned).toEqual({ offset: 113, fits: 5, of: 5, strays: undefined });
  });

  it.each([
    [1, 1],
    [-512, 3],
    [32_768, 4],
  ])('is contradicted where it counts %i pages more from reading %i on', (pages, from) => {
    const found = domu(more(pages, from));
    expect(found?.verdict).toBe('ambiguous');
    expect(found?.doubts.map(({ code }) => code)).toEqual(['XEN_DIFFERS']);
  });

  it('is contradicted by a target that never reached the guest', () => {
    const found = domu((_, text) => text.replaceAll('xs target = "524288"', 'xs target = "524292"'));
    expect(found?.doubts.map(({ code }) => code)).toEqual(['XENSTORE_DIFFERS']);
  });
});

describe('fitting one list to another', () => {
  it.each([
    [[5], [5], { offset: 0, fits: 1, of: 1 }],
    [[1, 2, 2, 3], [1, 7, 2, 3], { offset: 0, fits: 3, of: 3 }],
    [[11, 12], [1, 5, 2], { offset: 10, fits: 2, of: 2 }],
    [[2, 1], [1, 2], { offset: 0, fits: 1, of: 2, strays: 1 }],
    [[1, 9], [1, 2], { offset: 0, fits: 1, of: 2, strays: 9 }],
  ])('%j as what %j went through', (seen, had, expected) => {
    expect(fitOf(seen, had)).toMatchObject(expected);
  });

  it('needs values on both sides', () => {
    expect(fitOf([], [1])).toBeUndefined();
    expect(fitOf([1], [])).toBeUndefined();
  });
});

/** The logs of a run with one file changed, judged. */
const judgedWith = (run: string, file: string, change: (text: string) => string) => {
  const names = store.list(run) ?? [];
  const files = names.map((name) => {
    const text = textOf(`${run}/${name}`);
    return [`run/${name.replace('.gz', '')}`, name.startsWith(file) ? change(text) : text];
  });
  const found = validate(['run'], storeOf(Object.fromEntries(files)), { protocol: v3, properties });
  return expectOk(found, 'the files are logs');
};
const changed = (...args: Parameters<typeof judgedWith>) => judgedWith(...args)[0];
const codes = (found: ReturnType<typeof changed>) => found?.doubts.map(({ code }) => code);

describe('what the kernel printed', () => {
  const dmesg = (change: (text: string) => string) => changed('02-hotplug', 'dmesg', change);

  it('is every page range of the trace', () => {
    const found = dmesg((text) => text);
    expect(found).toMatchObject({ verdict: 'accepted', doubts: [] });
    expect(found?.messages).toEqual([
      { file: 'run/dmesg.txt', pages: { said: 64, recorded: 64 }, refusals: undefined, differs: undefined },
    ]);
  });

  it('may have lost its beginning', () => {
    const found = dmesg((text) => text.slice(text.indexOf('pfn 0x32000')));
    expect(found?.doubts).toEqual([]);
    expect(found?.messages[0]?.pages?.said).toBeLessThan(64);
  });

  it.each([
    ['a range at another frame', (text: string) => text.replace('pfn 0x38c00', 'pfn 0x38d00')],
    [
      'a range of another size',
      (text: string) => text.replace(/Online 1024(?= pages starting at pfn 0x3fc00)/, 'Online 512'),
    ],
    ['a range less', (text: string) => text.replace(/^.*pfn 0x38400\n/m, '')],
  ])('contradicts the trace by %s', (_, change) => {
    expect(codes(dmesg(change))).toEqual(['MESSAGES_DIFFER']);
  });
});

describe('what Xen printed', () => {
  const serial = (change: (text: string) => string) => changed('05-beyond-max', 'serial', change);

  it('is every refusal of the trace, at the pages that the domain had', () => {
    const found = serial((text) => text);
    expect(found).toMatchObject({ verdict: 'accepted', doubts: [] });
    expect(found?.messages).toMatchObject([{ refusals: { said: 4, recorded: 4 }, differs: undefined }]);
  });

  it('may leave some out, and speak of other domains', () => {
    const less = serial((text) => text.replace(/^[^\n]*Over-allocation[^\n]*\n/m, ''));
    expect(less?.messages).toMatchObject([{ refusals: { said: 3, recorded: 4 }, differs: undefined }]);
    const other = serial((text) =>
      text.replace('Over-allocation for d0: 131073', 'Over-allocation for d3: 5'),
    );
    expect(other?.doubts).toEqual([]);
  });

  it.each([
    ['other pages', (text: string) => text.replace('131073 > 131072', '131074 > 131072')],
    ['a limit that was not reached', (text: string) => text.replace('131073 > 131072', '131073 > 131080')],
    ['a refusal more', (text: string) => text.replace(/^([^\n]*Over-allocation[^\n]*\n)/m, '$1$1')],
  ])('contradicts the trace by %s', (_, change) => {
    expect(codes(serial(change))).toEqual(['MESSAGES_DIFFER']);
  });
});

it('xl list, in whole MiB, is compared where Xen’s own count was read with it', () => {
  const list = (change: (text: string) => string) => changed('05-beyond-max', 'snapshots', change);
  const found = list((text) => text);
  expect(found?.snapshots).toMatchObject({ listed: 3, rejection: undefined });
  const row = /^(X Domain-0 +0 +)512 /gm;
  expect(list((text) => text.replace(row, '$1511 '))?.rejection).toMatchObject({ code: 'SNAPSHOT_DIFFERS' });
});

describe('one clock', () => {
  const at = (epoch: number, up: number): Observation => ({
    file: 'x',
    line: 1,
    kind: 'sample',
    name: 'x',
    wall: { epoch, up },
  });

  it('is joined by the readings that lag least', () => {
    const dom0 = [at(1000, 100.9), at(1010, 110.2)];
    const guest = [at(1005, 5), at(1030, 25)];
    expect(shiftBetween(dom0, guest)).toBeCloseTo(1000 - 899.8);
    expect(shiftBetween([], guest)).toBeUndefined();
  });

  const pvh = (change: (text: string) => string) =>
    judgedWith('29-domu-pvh-clock', 'snapshots', change).find(({ guest }) => guest !== 'dom0');
  const reading = (pages: number, other: number) => (text: string) =>
    text.replace(`nr_pages=${pages} xenheap_pages=2`, `nr_pages=${other} xenheap_pages=2`);

  it('shows that a PVH guest has a constant number of pages more at Xen', () => {
    const found = pvh((text) => text);
    expect(found).toMatchObject({ verdict: 'accepted', records: 606, matched: 606, doubts: [] });
    expect(found?.toolstack?.owned).toEqual({ offset: 113, fits: 2, of: 2, strays: undefined });
    expect(found?.toolstack?.clock?.shift).toBeCloseTo(52, -1);
  });

  it.each([
    ['a page more', reading(131_088, 131_089)],
    ['what it had at another time', reading(130_832, 149_520)],
    [
      'the same at the wrong time',
      (text: string) => text.replace(/^W 1795664008 up=132.36$/m, 'W 1795664008 up=82.36'),
    ],
  ])('contradicts a reading of %s', (_, change) => {
    expect(codes(pvh(change))).toEqual(['XEN_DIFFERS']);
  });

  it('says what a guest had around a moment', () => {
    const timeline = [
      { seconds: 10, pages: 5 },
      { seconds: 20, pages: 9 },
    ];
    expect(hadAround(timeline, 11, 30)).toBeUndefined();
    expect(hadAround(timeline, 15, 30)).toEqual({ least: 5, most: 5 });
    expect(hadAround(timeline, 19, 30)).toEqual({ least: 5, most: 9 });
    expect(hadAround(timeline, 23, 30)).toEqual({ least: 9, most: 9 });
    expect(hadAround(timeline, 33, 30)).toBeUndefined();
  });
});

/** The same guest counted by its driver, its kernel, Xen and the toolstack. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import { validate } from '../../src/validate/validate.ts';
import { fitOf } from '../../src/validate/witnesses.ts';
import { storeOf, textOf } from '../logs/real-logs.ts';
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

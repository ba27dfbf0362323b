/** Real Xen 4.17 / Linux 6.1 guests, judged by the same charts that are explored exhaustively. */
import { describe, expect, it } from 'vitest';
import { v0 } from '../../models/variants/v0.ts';
import { v3 } from '../../models/variants/v3.ts';
import { v3Patched } from '../../models/variants/v3-patched.ts';
import { validated } from '../support/guest-runs.ts';

describe('v3 accepts what real guests did', () => {
  it.each([
    ['01-balloon', 1928],
    ['02-hotplug', 1482],
    ['03-auto-online', 626],
    ['04-offline-movable', 320],
    ['05-beyond-max', 70],
    ['07-target-mid', 1707],
    ['12-partial', 404],
    ['17-target-flips', 1758],
    ['18-generated-w3d', 832],
    ['19-generated-suite-1', 1332],
    ['20-windows', 586],
    ['22-generated-suite-4', 988],
    ['23-veto-ends-the-walk', 60],
    ['27-generated-suite-2', 70],
    ['28-generated-suite-3', 116],
    ['30-foreign-listed', 128],
    ['32-beyond-p2m', 68],
  ])('%s, every one of its %i records', (run, records) => {
    const [found] = validated(run, v3);
    expect(found?.rejection).toBeUndefined();
    expect(found?.doubts).toEqual([]);
    expect(found).toMatchObject({ verdict: 'accepted', records, matched: records });
  });

  it('and their snapshots at rest, Xen’s own page counts among them', () => {
    const checks = ['02-hotplug', '04-offline-movable', '05-beyond-max']
      .flatMap((run) => validated(run, v3))
      .map(({ snapshots }) => snapshots);
    expect(checks.every(({ rejection }) => rejection === undefined)).toBe(true);
    expect(checks.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(50);
    expect(checks.reduce((sum, { xen }) => sum + xen, 0)).toBeGreaterThanOrEqual(5);
  });

  it('breaks no property in the runs that only balloon and hotplug', () => {
    for (const run of [
      '01-balloon',
      '02-hotplug',
      '03-auto-online',
      '05-beyond-max',
      '07-target-mid',
      '12-partial',
      '17-target-flips',
    ])
      expect(validated(run, v3)[0]?.breaches, run).toEqual([]);
  });
});

describe('the leak of 04: offline, online again, raise the target', () => {
  const [found] = validated('04-offline-movable', v3);
  const breach = (property: string) => found?.breaches.find((one) => one.property === property);
  const fileOf = (property: string) => breach(property)?.file.split('/').pop();

  it('breaks I-10 at the first online-page callback of the second online', () => {
    expect(breach('I-10')).toMatchObject({
      event: 'xen_online_page',
      line: 22,
      labels: ['online.page(section 0, pages 1024)'],
    });
    expect(fileOf('I-10')).toBe('trace_3_reonline.txt.gz');
  });

  it('breaks I-16 when that online returns', () => {
    expect(breach('I-16')).toMatchObject({ event: 'online_ret', labels: ['online.done(block 0)'] });
    expect(fileOf('I-16')).toBe('trace_3_reonline.txt.gz');
  });

  it('breaks I-9 at the first populate after it', () => {
    expect(breach('I-9')).toMatchObject({ event: 'memop_inc_ret', line: 17 });
    expect(breach('I-9')?.labels).toContain('populate.over(section 0, pages 512)');
    expect(fileOf('I-9')).toBe('trace_4_raise_after_reonline.txt.gz');
  });

  it('ends with 128 MiB that nobody can use: half orphaned, half ballooned with a frame behind', () => {
    expect(found?.ledger).toMatchObject({
      orphaned: 16_384,
      ballooned·backed: 16_384,
      tot: 180_224,
      total: 163_840,
    });
  });

  it('breaks nothing else', () => {
    expect(found?.breaches.map(({ property }) => property).toSorted()).toEqual([
      'I-10',
      'I-16',
      'I-27',
      'I-9',
    ]);
  });
});

describe('memory that another driver adds', () => {
  const [found] = validated('30-foreign-listed', v3);

  it('goes onto the balloon list, and is populated over', () => {
    expect(found?.breaches.map(({ property }) => property)).toEqual(['I-10', 'A-1', 'I-16', 'I-9', 'I-27']);
    expect(found?.breaches[1]).toMatchObject({
      event: 'xen_online_page',
      labels: ['online.page(section 0, pages 1024)'],
    });
  });

  it('is half lost and half listed where half a block is asked for; the other block was never onlined', () => {
    expect(found?.ledger).toMatchObject({
      orphaned: 16_384,
      ballooned·backed: 16_384,
      offline·backed: 32_768,
      total: 229_376,
      current: 245_760,
    });
  });

  it('would have gone to the allocator by the patched callback', () => {
    const [patched] = validated('30-foreign-listed', v3Patched);
    expect(patched?.rejection).toMatchObject({ event: 'xen_online_page', line: 22 });
  });
});

it('a domU whose console has a kernel message in the middle of a record', () => {
  const found = validated('26-domu-pv-garbled', v3).find(({ guest }) => guest.startsWith('domu'));
  expect(found).toMatchObject({ verdict: 'accepted', records: 595, matched: 595, doubts: [] });
  expect(found?.warnings.map(({ code }) => code)).toEqual(['LOG_INTERLEAVED']);
});

describe('a PVH domU, whose P2M is Xen’s', () => {
  const guestOf = (run: string) => validated(run, v3).find(({ guest }) => guest.startsWith('domu'));

  it('leaks as a PV guest does', () => {
    const found = guestOf('25-domu-pvh');
    expect(found).toMatchObject({ verdict: 'accepted', records: 861, matched: 861, doubts: [] });
    expect(found?.breaches.map(({ property }) => property)).toEqual(['I-10', 'I-9', 'I-16', 'I-27']);
    // A raise of half a block more over a block that had its frames.
    expect(found?.ledger).toMatchObject({ orphaned: 16_384, ballooned·backed: 16_384 });
  });
});

describe('other variants do not fit these guests', () => {
  it('v0 rejects 02 where a section is added with nothing populated', () => {
    const [found] = validated('02-hotplug', v0);
    expect(found?.verdict).toBe('rejected');
    expect(found?.rejection).toMatchObject({
      event: 'add_mem_res',
      code: 'LOG_REFUSED',
      tried: ['add.begin'],
    });
    expect(found?.rejection?.refused).toEqual([
      { chart: 'balloon', state: 'filling (DONE) run 0+1, 0 of 32768 pages populated' },
    ]);
    expect(found?.rejection?.enabled).toContain('fill.ok');
  });

  it('the patched callback would not have put pages with frames on the list', () => {
    const [found] = validated('04-offline-movable', v3Patched);
    expect(found?.rejection).toMatchObject({ event: 'xen_online_page', line: 22 });
  });
});

/** A finding as a mail: plain text that stands by itself, with commands a person can type. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../properties/catalog.ts';
import { findings } from '../../properties/findings.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { store } from '../logs/real-logs.ts';

const mail = (words: string) => ballast(`report --format lkml ${words}`, world({ logs: store }));
/** Indented lines of shell in the part on a guest. */
const shellOf = (text: string): string =>
  (text.split('How to see it on a guest')[1] ?? '')
    .split('\nExpected\n')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('  '))
    .join('\n') ?? '';

describe('the leak of mainline', () => {
  it('is told with versions, run, commands, source and the guest that showed it', async () => {
    const ran = await mail('--finding W3d --log 04-offline-movable');
    expect(ran.exit).toBe(0);
    const text = ran.out();
    expect(text).toMatch(/^Subject: \[BUG\] xen\/balloon: offline and online again\n/);
    for (const part of [
      'Versions',
      'What happens, step by step',
      'How to see it on a guest',
      'Expected',
      'Observed',
      'Where in the source',
      'On a real guest',
    ])
      expect(text).toContain(`\n${part}\n`);
    expect(text).toContain('  affected  current mainline Linux');
    expect(text).toMatch(/^ {2}not {7}[\s\S]*?\[lifecycle\]/m);
    expect(text).toMatch(/^ {2}linux drivers\/xen\/balloon\.c: /m);
    expect(text).toContain('echo offline > $M/memory$((FIRST + 0))/state');
    expect(text).toMatch(/^ {2}online\.page {7}the online-page callback \(xen_online_page\) gets$/m);
    expect(text).toMatch(/^ {2}Step 24, populate\.over\(section 0, pages 1\), breaks I-9\.$/m);
    // The damage, not its first sign: a populate after the second online.
    expect(text).toMatch(/populate\.over/);
    expect(text).toMatch(/I-10 at trace_3_reonline\.txt\.gz:22, t=35\.12 s, xen_online_page/);
    expect(text).toContain('at the end: 16,384 pages orphaned');
    expect(text).toMatch(/driver and kernel disagree by 32,768 pages/);
    expect(text).toMatch(/ballast check --variant v3 --scope \w+ --property I-\d+/);
  });
});

const catalogued = findings.filter(({ id }) =>
  catalog.some(
    ({ expectation, deep }) => !deep && Object.values(expectation.verdicts).some((one) => one.finding === id),
  ),
);

describe('any finding', () => {
  it.each(catalogued.map(({ id }) => id))(
    '%s is a mail of plain lines, and its shell is shell',
    async (id) => {
      const ran = await mail(`--finding ${id}`);
      expect(ran.exit, ran.err()).toBe(0);
      const text = ran.out();
      for (const line of text.split('\n')) {
        const isQuoted = /^(?:Subject: | {2,}(?:\S+=|echo|xl|cat|ballast|\d+ [*|]|I-\d))/.test(line);
        if (!isQuoted) expect(line.length, line).toBeLessThanOrEqual(78);
      }
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      expect(spawnSync('sh', ['-n'], { input: shellOf(text), encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    },
    60_000,
  );
});

it('the property whose run is shown can be chosen', async () => {
  const ran = await mail('--finding W3d --property I-10');
  expect(ran.out()).toContain('--property I-10');
  expect(ran.out()).not.toContain('populate.over');
});

describe('what cannot be told', () => {
  it.each([
    ['', 'FINDING_MISSING'],
    ['--finding W3dd', 'UNKNOWN_FINDING'],
    ['--finding W3d --property I-2', 'UNKNOWN_PROPERTY'],
  ])('%s', async (words, code) => {
    const ran = await mail(words);
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain(code);
  });

  it('a finding on a page', async () => {
    const ran = await ballast('report --finding W3d', world({ logs: store }));
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('FLAGS_TOGETHER');
  });
});

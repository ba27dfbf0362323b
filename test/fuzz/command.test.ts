/** `ballast fuzz` as a person meets it: flags, exit codes, what is printed, written and repeated. */
import { describe, expect, it } from 'vitest';
import type { FuzzReport } from '../../reports/fuzz.ts';
import { openTrace } from '../../src/cli/trace/input.ts';
import { replayed } from '../../src/cli/trace/replayed.ts';
import { expectOk } from '../../src/core/result.ts';
import { ballast, lastLine, world } from '../cli/fake-io.ts';

const SMALL = '--sections 8 --pages 2048 --steps 400 --seed 5';

describe('ballast fuzz', () => {
  it('tells all that is wrong with its flags at once', async () => {
    const ran = await ballast('fuzz --variant v9 --runs 0 --time 5 --jobs x --sections -1 --replay 1');
    expect(ran.exit).toBe(64);
    for (const code of [
      'UNKNOWN_VARIANT',
      'BAD_TIME',
      'FLAG_NUMBER --runs',
      'FLAG_NUMBER --jobs',
      'FLAG_NUMBER --sections',
    ])
      expect(ran.err()).toContain(code);
    expect((await ballast('fuzz --replay 1')).err()).toContain('REPLAY_WITHOUT_SEED');
    expect((await ballast('fuzz --corpus nowhere --runs 1')).exit).toBe(65);
  });

  it('never says that something holds, names the seed, and exits 0 on known findings', async () => {
    const ran = await ballast(`fuzz --variant v0 --runs 4 ${SMALL}`);
    expect(ran.exit).toBe(0);
    expect(ran.err()).toContain('seed 5. Again: ballast fuzz --variant v0');
    expect(ran.out()).toContain('known as W0b');
    expect(ran.out()).toContain('not seen violated in');
    expect(ran.out().replace('never that something holds', '')).not.toMatch(/\bholds\b/);
    expect(ran.out()).toContain('not judged on single runs: D-1 D-2');
    expect(ran.files.size).toBe(0);
  });

  it('is the same for the same seed, but for times', async () => {
    const report = async (words: string) => {
      const { out } = await ballast(`fuzz --json --quiet ${words}`);
      return JSON.parse(out()) as FuzzReport;
    };
    const [first, second] = [
      await report(`--variant v3 --runs 5 ${SMALL}`),
      await report(`--variant v3 --runs 5 ${SMALL}`),
    ];
    expect(second).toEqual(first);
    expect(first.variants[0]?.labels).toBe(2000);
    const sum = Object.values(first.variants[0]?.families ?? {}).reduce((a, b) => a + b, 0);
    expect(sum).toBe(2000);
    const other = await report(`--variant v3 --runs 5 ${SMALL.replace('--seed 5', '--seed 6')}`);
    expect(other.variants[0]?.families).not.toEqual(first.variants[0]?.families);
  });

  it('shrinks a planted bug, writes it, and the command it prints finds it again', async () => {
    const at = world();
    const ran = await ballast(`fuzz --mutant no-rollback --runs 6 ${SMALL} --out found`, at);
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('I-27 known as no-rollback');
    expect(ran.out()).toContain("expect(brokenBy('no-rollback', size, labels)).toContain('I-27')");
    expect([...ran.files.keys()].sort()).toEqual(
      expect.arrayContaining([
        'found/fuzz.json',
        'found/no-rollback-I-27.case.json',
        'found/no-rollback-I-27.json',
      ]),
    );
    const open = expectOk(openTrace(at.io, 'found/no-rollback-I-27.json'), 'fuzz wrote it');
    expect(expectOk(replayed('x', open, open.file.labels), 'it replays').confirmed).toBe(true);
    const command = /^Reproduce: ballast (.*--replay \d+)$/m.exec(ran.out())?.[1] ?? '';
    const again = await ballast(`${command} --out again`, world());
    expect(again.out()).toContain('1 run,');
    expect(again.out()).toContain('known as no-rollback');
  });

  it('keeps what it found when interrupted, and exits 75', async () => {
    const at = world();
    const stop = { after: 3 };
    const ran = await ballast(`fuzz --variant v0 --runs 50 ${SMALL} --quiet`, {
      ...at,
      io: {
        ...at.io,
        clock: () => {
          stop.after -= 1;
          if (stop.after === 0) at.interrupt();
          return 0;
        },
      },
    });
    expect(ran.exit).toBe(75);
    expect(ran.out()).toContain('Interrupted.');
    expect(ran.out()).toContain('known as W0b');
    expect(at.isHeard()).toBe(false);
    expect(lastLine(ran.out())).toContain('Seeds are exact');
  });

  it('stops when its time is up', async () => {
    let now = 0;
    const at = world({
      clock: () => {
        now += 400;
        return now;
      },
    });
    const ran = await ballast(`fuzz --variant lifecycle --time 2s ${SMALL} --quiet`, at);
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('── lifecycle: ');
  });

  it('runs the corpus first, and a case that is not as recorded is new', async () => {
    const text = (breaks: readonly string[]) =>
      JSON.stringify({
        schema: 'ballast.fuzz-case/1',
        variant: 'cap-not-checked',
        sections: 8,
        pagesPerSection: 2048,
        domains: 1,
        breaks,
        found: 'by hand',
        labels: [
          { type: 'max.set', pages: 8193 },
          { type: 'target.set', pages: 8193 },
          { type: 'max.set', pages: 1 },
          { type: 'hotplug.done' },
          { type: 'reserve.ok', first: 0, count: 1 },
          { type: 'fill.ok', section: 0, pages: 1 },
        ],
      });
    const run = (breaks: readonly string[]) => {
      const logs = { list: () => ['a.case.json', 'README.md'], read: () => Buffer.from('') };
      const at = world({ logs }, { 'corpus/a.case.json': text(breaks) });
      return ballast(`fuzz --variant lifecycle --runs 1 ${SMALL} --corpus corpus`, at);
    };
    const asRecorded = await run(['I-21']);
    expect(asRecorded.out()).toContain('1 case of the past, 1 as recorded');
    expect(asRecorded.exit).toBe(0);
    const changed = await run([]);
    expect(changed.out()).toContain('broke nothing, now I-21');
    expect(changed.exit).toBe(1);
  });
});

/** The real process, compiled: threads, signals, files and streams. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../src/core/run-report.ts';
import { compiled } from '../support/compiled.ts';
import { type Ballast, ballastIn } from './real.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let home = '';
let ballast: Ballast;

beforeAll(() => {
  home = compiled();
  ballast = ballastIn(home);
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the process', () => {
  it('searches side by side in threads and writes its report', async () => {
    const ended = await ballast(['check', '--variant', 'v0', 'lifecycle', '--scope', 'single', '--json']);
    expect(ended.code).toBe(0);
    const latest = readFileSync(join(home, 'reports/generated/latest/verdict.json'), 'utf8');
    expect(latest).toBe(ended.out);
    const { searches } = JSON.parse(latest) as { searches: { variant: string; states: number }[] };
    expect(searches.map(({ variant }) => variant)).toEqual(['v0', 'lifecycle']);
  });

  it('knows in threads what --models brings', async () => {
    const models = join(ROOT, 'test/api/drop-mutex.ts');
    const words = ['check', '--models', models, '--variant', 'drop-mutex', 'v2-4.4', '--scope', 'pair'];
    const ended = await ballast([...words, '--property', 'X-1', '--json', '--no-out']);
    const kinds = (JSON.parse(ended.out) as CheckReport).cases.map((one) => [one.variant, one.verdict.kind]);
    expect(kinds).toEqual([
      ['drop-mutex', 'holds'],
      ['v2-4.4', 'violated'],
    ]);
  });

  it('stops on SIGINT with 75 and keeps the searches that ended', async () => {
    let sent = false;
    const argv = ['check', '--variant', 'v0', '--scope', 'single', 'wide', '--out', 'stopped', '--json'];
    const ended = await ballast(argv, (err, kill) => {
      if (sent || !/^v0\/single +[\d,]+ states/m.test(err)) return;
      sent = true;
      kill('SIGINT');
    });
    expect(ended.code).toBe(75);
    const { cases } = JSON.parse(ended.out) as {
      cases: { variant: string; scope: string; verdict: { kind: string; limit?: string } }[];
    };
    const of = (scope: string) => cases.filter((one) => one.variant === 'v0' && one.scope === scope);
    expect(of('single').every(({ verdict }) => verdict.kind !== 'bounded')).toBe(true);
    expect(of('wide').some(({ verdict }) => verdict.limit === 'interrupted')).toBe(true);
    expect(existsSync(join(home, 'stopped/latest/report.md'))).toBe(true);
  });

  it('keeps what XState says for the program that it is, and for no other', async () => {
    const words = ['check', '--variant', 'v3', '--scope', 'single', '--json', '--no-out', '--quiet'];
    const countsOf = async (...more: string[]) => {
      const { err, out } = await ballast([...words, ...more]);
      expect(err).toBe('');
      return (JSON.parse(out) as CheckReport).searches.map(({ states, transitions }) => [
        states,
        transitions,
      ]);
    };
    const folders = () => readdirSync(join(home, 'kept'));
    const fresh = await countsOf('--no-cache');
    // Two at once, then one that finds what they kept.
    const both = await Promise.all([countsOf('--cache', 'kept'), countsOf('--cache', 'kept')]);
    expect(both).toEqual([fresh, fresh]);
    const [folder = ''] = folders();
    const [name = ''] = readdirSync(join(home, 'kept', folder));
    const bytes = readFileSync(join(home, 'kept', folder, name));
    expect(await countsOf('--cache', 'kept')).toEqual(fresh);
    // It was believed, and not written again.
    expect(readFileSync(join(home, 'kept', folder, name))).toEqual(bytes);
    writeFileSync(join(home, 'kept', folder, name), bytes.subarray(0, 1000));
    expect(await countsOf('--cache', 'kept')).toEqual(fresh);
    expect(readFileSync(join(home, 'kept', folder, name))).toEqual(bytes);
    // A guard in a chart: a limit may be set to what it is.
    const chart = join(home, 'build/models/host/toolstack.js');
    const text = readFileSync(chart, 'utf8');
    writeFileSync(
      chart,
      text.replace("payload(l, 'pages') !== c.target", "payload(l, 'pages') !== c.pending"),
    );
    const changed = await countsOf('--cache', 'kept');
    expect(changed).not.toEqual(fresh);
    expect(folders()).toHaveLength(2);
    expect(await countsOf('--no-cache')).toEqual(changed);
    writeFileSync(chart, text);
    expect(await countsOf('--cache', 'kept')).toEqual(fresh);
  }, 60_000);

  it('does not mind a reader that goes away', async () => {
    const child = spawn(process.execPath, [join(home, 'build/src/cli/main.js'), 'check', '--list'], {
      cwd: home,
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('ends with 64 on a flag that is none', async () => {
    const ended = await ballast(['check', '--frobnicate']);
    expect(ended).toMatchObject({ code: 64, out: '' });
    expect(ended.err).toContain("unknown option '--frobnicate'");
  });
});

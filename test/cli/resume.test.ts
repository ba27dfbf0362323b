/** A check that was killed or interrupted goes on, and ends as one that was not (the compiled program). */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { countsOf, killedAt } from './killed.ts';
import { type Ballast, ballastIn } from './real.ts';

let home = '';
let ballast: Ballast;

beforeAll(() => {
  home = compiled();
  ballast = ballastIn(home);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const CHECK = ['check', '--variant', 'v3', '--scope', 'full', '--json', '--quiet'];

describe('a check', () => {
  it('killed at three moments goes on to the same counts', async () => {
    const whole = await ballast([...CHECK, '--no-out']);
    expect(whole.code).toBe(0);
    const { kills, ended } = await killedAt([500, 900, 1400], CHECK, 'killed', ballast);
    expect(kills).toBeGreaterThan(0);
    expect(ended.code).toBe(0);
    expect(countsOf(ended.out)).toEqual(countsOf(whole.out));
  }, 60_000);

  it('interrupted with SIGINT says how to go on, and does', async () => {
    const argv = [
      'check',
      '--variant',
      'lifecycle',
      '--scope',
      'single',
      'auto',
      '--out',
      'sigint',
      '--json',
    ];
    let sent = false;
    const ended = await ballast(argv, (err, kill) => {
      if (sent || !/^lifecycle\/single +[\d,]+ states/m.test(err)) return;
      sent = true;
      kill('SIGINT');
    });
    if (ended.code === 0) return;
    expect(ended.code).toBe(75);
    const command = /^Resume: ballast (resume check-\S+ --out sigint)$/m.exec(ended.err)?.[1];
    expect(command).toBeDefined();
    const again = await ballast((command ?? '').split(' '));
    expect(again.code).toBe(0);
    const whole = await ballast([...argv.slice(0, -3), '--json', '--no-out']);
    expect(countsOf(again.out)).toEqual(countsOf(whole.out));
    expect(existsSync(join(home, 'sigint/latest/resume'))).toBe(false);
  }, 60_000);

  it('that was not interrupted, or whose files are not what was written, is refused', async () => {
    expect(await ballast(['resume', '--out', 'nothing'])).toMatchObject({ code: 65, out: '' });
    const argv = ['check', '--variant', 'v3', '--scope', 'wide', '--checkpoint', '100ms', '--out', 'broken'];
    let killed = false;
    await ballast(argv, undefined, (kill) => {
      const poll = setInterval(() => {
        const folder = join(home, 'broken');
        const id = existsSync(folder)
          ? readdirSync(folder).find((name) => name.startsWith('check-'))
          : undefined;
        if (id === undefined || !existsSync(join(folder, id, 'resume/0.checkpoint'))) return;
        clearInterval(poll);
        killed = true;
        kill('SIGKILL');
      }, 20);
    });
    expect(killed).toBe(true);
    const id = readdirSync(join(home, 'broken')).find((name) => name.startsWith('check-')) ?? '';
    writeFileSync(join(home, 'broken', id, 'resume/0.checkpoint'), 'ballast checkpoint 1\nbroken');
    const broken = await ballast(['resume', id, '--out', 'broken']);
    expect(broken.code).toBe(65);
    expect(broken.err).toContain('CHECKPOINT_BROKEN');
    writeFileSync(join(home, 'broken', id, 'resume/run.json'), '{');
    const worse = await ballast(['resume', '--out', 'broken']);
    expect(worse.code).toBe(65);
    expect(worse.err).toContain('CHECKPOINT_BROKEN');
  }, 60_000);
});

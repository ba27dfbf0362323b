/** Fifty kills at random moments, in searches that go on after each. */
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('fifty kills change nothing', async () => {
  const whole = countsOf((await ballast([...CHECK, '--no-out'])).out);
  const moments = fc.sample(fc.array(fc.integer({ min: 100, max: 2500 }), { minLength: 5, maxLength: 5 }), {
    numRuns: 40,
    seed: 2010,
  });
  let killed = 0;
  for (const [round, some] of moments.entries()) {
    if (killed >= 50) break;
    const { kills, ended } = await killedAt(some, CHECK, `killed-${round}`, ballast);
    killed += kills;
    expect(countsOf(ended.out), `round ${round}: ${some.join(' ')}`).toEqual(whole);
  }
  expect(killed).toBeGreaterThanOrEqual(50);
}, 900_000);

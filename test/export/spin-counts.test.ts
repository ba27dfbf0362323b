/**
 * SPIN's counts beyond 10^8, which it prints with eight digits, on what it said of 65,536 states with 2,048 transitions each: two bytes,
 * and for each of them and each value four steps that set it (`spin -o2 -a`, `gcc -DSAFETY -DNOREDUCE`, `./pan -m1000000 -w20`).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { single } from '../../models/scopes.ts';
import { confirmed } from '../../src/cli/confirm/confirmed.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { expectOk } from '../../src/core/result.ts';

const said = readFileSync(new URL('pan-beyond-1e8.txt', import.meta.url), 'utf8');
const recorded: Shell = {
  has: () => true,
  run: (program) => (program === './pan' ? said : 'Spin Version 6.5.2'),
  inFolder: (_, act) => act('nowhere'),
};
const STATES = 65_536;
const TRANSITIONS = STATES * 2048;

const against = (states: number, transitions: number) =>
  expectOk(
    confirmed(
      { variant: 'v0', form: pv64.id, scope: single },
      { search: { states, transitions }, cases: [] },
      recorded,
    ),
    'v0 can be written out',
  );

describe('counts of SPIN', () => {
  it('are read as it prints them, the step into the initial state taken off', () => {
    expect(said).toContain('1.3421773e+08 transitions');
    expect(against(STATES, TRANSITIONS)).toMatchObject({
      theirs: { states: STATES, transitions: 134_217_729 },
      agrees: true,
    });
  });

  it.each([
    [STATES, TRANSITIONS + 100],
    [STATES, TRANSITIONS - 100],
    [STATES + 1, TRANSITIONS],
    [STATES, TRANSITIONS / 10],
  ])('do not agree with %i states and %i transitions', (states, transitions) => {
    expect(against(states, transitions).agrees).toBe(false);
  });
});

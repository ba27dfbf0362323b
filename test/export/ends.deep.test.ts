/** As ends.test.ts, in a shipped scope. */
import { describe, expect, it } from 'vitest';
import { SPIN_NEEDS } from '../../src/cli/confirm/spin.ts';
import { realShell, type Shell } from '../../src/cli/shell.ts';
import { TABLES } from '../../src/export/promela.ts';
import { ballast, world } from '../cli/fake-io.ts';

const isMissing = SPIN_NEEDS.some((program) => !realShell.has(program));

/** Cuts one entry out of the table of the first chart that ends: its first label that the initial state accepts. */
const cutting: Shell = {
  ...realShell,
  inFolder: (files, act) => {
    const text = files[TABLES] ?? '';
    const end = /\(T(\d+)\[now\.s\d+\]\[\d+\] == -3/.exec(text)?.[1];
    const row = new RegExp(`(T${end}\\[\\d+\\]\\[\\d+\\] = \\{\\{(?:-\\d,)*)\\d+`);
    return realShell.inFolder({ ...files, [TABLES]: text.replace(row, '$1-3') }, act);
  },
};

describe.skipIf(isMissing)('a scope in which the toolstack is too large alone', () => {
  it('is confirmed; and refuted with the reason where one entry is cut out', async () => {
    const words = 'confirm --variant lifecycle --scope qmemman';
    const whole = await ballast(words, world({ shell: realShell }));
    expect([whole.exit, whole.out()]).toEqual([0, expect.stringContaining('both count 12,433 states')]);
    const cut = await ballast(words, world({ shell: cutting }));
    expect([cut.exit, cut.out()]).toEqual([1, expect.stringContaining('DISAGREES')]);
    expect(cut.out()).toContain('the table ends: there a chart goes on where no search went here');
  });
});

/** Everything that --list names can be explained, and what is said agrees with the catalog. */
import { describe, expect, it } from 'vitest';
import { choices } from '../../models/choices.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import { findings } from '../../properties/findings.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { ballast } from './fake-io.ts';

const ids = [
  ...[...variants, ...properties, ...mutants, ...findings].map(({ id }) => id),
  ...scopes.map(({ name }) => name),
  ...Object.keys(choices),
];

describe('--explain', () => {
  it.each(ids)('%s', async (id) => {
    const ran = await ballast(`check --explain ${id}`);
    expect(ran.exit).toBe(0);
    expect(ran.out().startsWith(`${id}: `)).toBe(true);
    expect(
      Math.max(
        ...ran
          .out()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(110);
  });

  it('a property says where it is judged, where it comes from and what it kills', async () => {
    const { out } = await ballast('check --explain i-3');
    expect(out()).toContain('judged        in every state');
    expect(out()).toContain('linux drivers/xen/balloon.c reserve_additional_memory');
    expect(out()).toContain('claim-late/single in 5, which it is there to catch');
    expect(out()).toContain('v0/full: W0b in 5');
  });

  it('a field says what it stands for, who says what, and how to try it', async () => {
    const { out } = await ballast('check --explain callback');
    expect(out()).toContain('Who receives onlined pages');
    expect(out()).toContain('testP2m: v3-patched');
    expect(out()).toContain('try           ballast diff v3 v3+callback=');
  });

  it('a label says what it is in the code, and which charts take it', async () => {
    const { out } = await ballast('check --explain online.page');
    expect(out()).toContain('xen_online_page');
    expect(out()).toMatch(/block: goingOnline \(models\/guest\/block\.ts:\d+\)/);
  });

  it('a finding ends with the command that shows it', async () => {
    const { out } = await ballast('check --explain lost-target');
    expect(out()).toMatch(/see it {8}ballast check --variant v3 --scope \S+ --property D-3\n$/);
  });

  it('an id that is nearly right is suggested', async () => {
    const { err } = await ballast('check --explain lifecycel');
    expect(err()).toContain('(expected lifecycle)');
  });
});

describe('--list', () => {
  it('names everything', async () => {
    const { out } = await ballast('check --list');
    for (const id of ids) expect(out()).toMatch(new RegExp(`^ {2}${id}( |$)`, 'm'));
  });
});

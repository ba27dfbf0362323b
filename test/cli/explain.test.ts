/** Everything that --list names can be explained, and what is said agrees with the catalog. */
import { describe, expect, it } from 'vitest';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import { findings } from '../../properties/findings.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { ballast } from './fake-io.ts';

const ids = [
  ...[...variants, ...properties, ...mutants, ...findings].map(({ id }) => id),
  ...scopes.map(({ name }) => name),
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

/** Larger and larger scopes: what is new in each, and what may be said at the end. */
import { describe, expect, it } from 'vitest';
import { full } from '../../models/scopes.ts';
import { type Growth, type GrowthRow, renderGrowth } from '../../reports/growth.ts';
import { plain } from '../../reports/style.ts';
import { scopeOf } from '../../src/cli/grow/grow-command.ts';
import type { Io } from '../../src/cli/io.ts';
import { ballast, world } from './fake-io.ts';

describe('ballast grow', () => {
  it('goes through scopes by size, and counts as new what no smaller one has shown', async () => {
    const ran = await ballast('grow --variant lifecycle --sections 1 --pages 2 --json --quiet');
    expect(ran.exit).toBe(0);
    const { rows } = JSON.parse(ran.out()) as Growth;
    expect(rows.map(({ scope, complete }) => [scope, complete])).toEqual([
      ['1x1', true],
      ['1x2', true],
    ]);
    const [one, two] = rows as [GrowthRow, GrowthRow];
    expect(one.fresh).toHaveLength(one.elements);
    // A section of one page is filled at once or not at all.
    expect(two.fresh).toContain('balloon: filling -fill.short-> filling');
    expect(one.fresh).not.toContain('balloon: filling -fill.short-> filling');
    // Its scope of one section and two pages is `single`: counts as in the catalog.
    expect([two.states, two.transitions]).toEqual([9_846, 51_141]);
  });

  it('says when a scope was cut, and tells violations as news', async () => {
    const ran = await ballast('grow --variant v3 --sections 1 --pages 1 --max-states 500 --quiet');
    expect(ran.out()).toMatch(/^1x1 +\d+\+ /m);
    const whole = await ballast('grow --variant v3 --sections 1 --pages 1 --json --quiet');
    const { rows } = JSON.parse(whole.out()) as Growth;
    expect(rows[0]?.fresh).toContain('I-10 violated');
  });

  it('tells what is done when it is interrupted', async () => {
    const one = world();
    let scopes = 0;
    const search: Io['search'] = {
      ...one.io.search,
      run: (tasks, hooks) => {
        if (++scopes === 2) one.interrupt();
        return one.io.search.run(tasks, hooks);
      },
    };
    const ran = await ballast('grow --variant lifecycle --sections 2 --pages 2 --json --quiet', {
      ...one,
      io: { ...one.io, search },
    });
    expect(ran.exit).toBe(75);
    expect((JSON.parse(ran.out()) as Growth).rows.map(({ scope }) => scope)).toEqual(['1x1']);
    expect(ran.err()).toContain('interrupted after 1 scopes. Reproduce: ballast grow --variant lifecycle');
    expect(one.isHeard()).toBe(false);
  });

  it('refuses all flags that are not usable, at once', async () => {
    const ran = await ballast('grow --variant v9 --sections 0 --pages many --max-states -1');
    expect(ran.exit).toBe(64);
    expect(ran.err().match(/FLAG_NUMBER|UNKNOWN_VARIANT/g)).toHaveLength(4);
  });

  it('has `full` as its scope of two sections of two pages', () => {
    expect(scopeOf(2, 2)).toEqual({ ...full, name: '2x2' });
  });
});

describe('the conclusion', () => {
  const row = (scope: string, fresh: readonly string[], complete = true): GrowthRow => ({
    scope,
    states: 1,
    transitions: 1,
    complete,
    elements: 1,
    violated: [],
    fresh,
  });
  const text = (...rows: GrowthRow[]) => renderGrowth({ variant: 'v', rows, reproduce: '' }, plain, 200);

  it('counts what was visited whole and what in part, and never says proved', () => {
    const said = text(row('1x1', ['a']), row('1x2', ['b']), row('2x1', []), row('2x2', [], false));
    expect(said).toContain('v: nothing new after 1x2, in 1 larger scope visited whole and 1 in part.');
    expect(said).toContain('1x2 is the first to show b');
    expect(said).not.toContain('proved');
  });

  it('says that the largest still shows something new', () => {
    expect(text(row('1x1', ['a']), row('1x2', ['b']))).toContain('still shows something new');
  });
});

/** reports/FINDINGS.md: its table names every finding that it tells of, and each of its commands shows a violation that the catalog expects. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { full } from '../../models/scopes.ts';
import { catalog } from '../../properties/catalog.ts';
import { findings } from '../../properties/findings.ts';
import { mutants } from '../../properties/mutants/all.ts';

const text = readFileSync(new URL('../../reports/FINDINGS.md', import.meta.url), 'utf8');
const table = /\n## All of them[^\n]*\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
const commands = [...table.matchAll(/`ballast check ([^`]+)`/g)].map(([, flags = '']) => flags);

const flag = (of: string, name: string): string | undefined => new RegExp(`--${name} (\\S+)`).exec(of)?.[1];

it.each(commands)('check %s', (of) => {
  const mutant = flag(of, 'mutant');
  if (mutant !== undefined) {
    expect(mutants.map(({ id }) => id)).toContain(mutant);
    return;
  }
  const [scope, form] = [flag(of, 'scope') ?? full.name, flag(of, 'form') ?? pv64.id];
  const row = catalog.find(
    (one) => one.variant === flag(of, 'variant') && one.scope === scope && one.form === form,
  );
  const { verdicts = {}, onRequest = {} } = row?.expectation ?? {};
  const expected = { ...verdicts, ...onRequest };
  const property = flag(of, 'property');
  const kinds = property === undefined ? Object.values(expected) : [expected[property]];
  expect(kinds.map((one) => one?.kind)).toContain('violated');
});

it('every finding that a section is about is in the table', () => {
  const ids = new Set(findings.map(({ id }) => id));
  const told = [...text.matchAll(/^## ([^\n·]+) ·/gm)].flatMap(([, names = '']) => names.split(', '));
  expect(told.filter((id) => ids.has(id) && !table.includes(id))).toEqual([]);
  expect(commands.length).toBeGreaterThan(20);
});

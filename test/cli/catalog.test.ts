/** The catalog speaks of things that exist, gives a reason for every label never taken, and small rows come out as it says. */

import { describe, expect, it } from 'vitest';
import { alphabetOf } from '../../models/alphabet.ts';
import { absence } from '../../models/form.ts';
import { forms } from '../../models/forms/all.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { everyProperty } from '../../properties/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { findings } from '../../properties/findings.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { searchName } from '../../reports/run-report.ts';
import { ballast } from './fake-io.ts';

const QUICK_STATES = 40_000;
const rows = catalog.map((row) => [searchName(row), row] as const);

describe('every row', () => {
  it.each(rows)('%s names what exists', (_, { variant, form: inForm, scope, expectation }) => {
    const form = forms.find(({ id }) => id === inForm);
    const protocol = variants.find(({ id }) => id === variant);
    const bounds = scopes.find((one) => one.name === scope);
    if (protocol === undefined || bounds === undefined || form === undefined)
      throw new Error('no such variant, form or scope');
    expect(absence(protocol, form)).toBeUndefined();
    for (const [id, expected] of Object.entries({ ...expectation.verdicts, ...expectation.onRequest })) {
      expect(
        everyProperty()
          .find((one) => one.id === id)
          ?.appliesTo(protocol, bounds),
      ).toBe(true);
      if (expected.kind !== 'violated') continue;
      expect(findings.map((one) => one.id)).toContain(expected.finding);
      expect(expected.length).toBeGreaterThan(0);
    }
    const families = new Set(alphabetOf(protocol, form, bounds).map(({ type }) => type));
    for (const family of Object.keys(expectation.neverTaken)) expect(families).toContain(family);
  });

  it('stands once', () => {
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
  });

  it('every finding is expected somewhere', () => {
    const expected = [...catalog, ...mutants.flatMap(({ row }) => row ?? [])];
    const named = expected.flatMap(({ expectation }) =>
      Object.values({ ...expectation.verdicts, ...expectation.onRequest }).map(({ finding }) => finding),
    );
    expect(findings.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
  });

  it('one of each kind is in the default check: holds, violated, vacuous', () => {
    const kinds = catalog
      .filter((row) => row.default)
      .flatMap(({ expectation }) => Object.values(expectation.verdicts).map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['violated', 'vacuous']));
    expect(
      catalog.some(
        ({ default: byDefault, expectation }) => byDefault && Object.keys(expectation.verdicts).length === 0,
      ),
    ).toBe(true);
  });
});

describe('mutants', () => {
  it('each has a row, and the property meant to catch it does', () => {
    for (const { caughtBy, row } of mutants) expect(Object.keys(row?.kills ?? {})).toContain(caughtBy);
  });
});

describe('comes out as it says', () => {
  it.each(rows.filter(([, row]) => row.expectation.states <= QUICK_STATES))(
    '%s',
    async (_, { variant, form, scope }) => {
      const ran = await ballast(
        `check --variant ${variant} --form ${form} --scope ${scope} --quiet --runs none`,
      );
      expect(ran.out()).not.toContain('✗');
      expect(ran.exit).toBe(0);
    },
  );

  it.each(mutants.map(({ id }) => id))('%s', async (mutant) => {
    const ran = await ballast(`check --mutant ${mutant} --quiet --runs none`);
    expect(ran.out()).not.toContain('✗');
    expect(ran.exit).toBe(0);
  });
});

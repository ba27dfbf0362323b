/** What a requirement is worth: by hand on tiny runs, and for the shipped catalog against a second, plainer reckoning. */

import { describe, expect, it } from 'vitest';
import { alphabetOf } from '../../models/alphabet.ts';
import { forms } from '../../models/forms/all.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import type { CatalogRow } from '../../properties/catalog/row.ts';
import { catalog } from '../../properties/catalog.ts';
import type { ModelledRequirement, Requirement } from '../../properties/requirements/requirement.ts';
import { verdictText } from '../../reports/requirements.ts';
import { reportOf } from '../../src/cli/logs/spec-command.ts';
import type { CaseReport, SearchReport } from '../../src/core/run-report.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { evidenceFor, type LogEvidence, type SpecSources } from '../../src/spec/evidence.ts';
import { evidenceProblems } from '../../src/spec/problems.ts';

const asks = (change: Partial<ModelledRequirement> = {}): ModelledRequirement => ({
  id: 'R-T1',
  status: 'modelled',
  source: { text: 'A test', tree: 'mail', path: 'nowhere', symbol: 'nothing' },
  sentence: 'It works.',
  charts: ['section'],
  families: ['go.ok'],
  properties: ['I-1', 'I-2'],
  inLogs: ['go.ok'],
  ...change,
});

const search = (scope: string, neverTaken: readonly string[] = [], variant = 'v'): SearchReport => ({
  variant,
  form: 'pv',
  scope,
  bounds: {},
  states: 1,
  transitions: 1,
  depth: 1,
  limit: undefined,
  expected: undefined,
  neverTaken: neverTaken.map((family) => ({ family, why: 'because' })),
  seconds: 0,
});

const VERDICTS: Readonly<Record<string, Verdict>> = {
  holds: { kind: 'holds' },
  violated: { kind: 'violated', trace: [], violating: 1 },
  vacuous: { kind: 'vacuous', witness: 'go.ok' },
  bounded: { kind: 'bounded', limit: 'states' },
};

function answer(scope: string, property: string, kind: string, finding?: string, variant = 'v'): CaseReport {
  const verdict = VERDICTS[kind];
  if (verdict === undefined) throw new Error(kind);
  return {
    variant,
    form: 'pv',
    scope,
    property,
    title: '',
    statement: '',
    at: 'state',
    verdict,
    expected: undefined,
    expectedLength: undefined,
    finding,
    standing: 'expected',
    trace: undefined,
  };
}

const sources = (
  searches: readonly SearchReport[],
  cases: readonly CaseReport[],
  logs?: readonly LogEvidence[],
): SpecSources => ({
  run: { searches, cases },
  variants: ['v'],
  alphabetOf: () => new Set(['go.ok', 'go.none', 'stop']),
  logs,
});

/** The one verdict of one requirement, as it is printed. */
function told(requirement: Requirement, from: SpecSources): string {
  const verdict = evidenceFor([requirement], from)[0]?.verdicts[0];
  return verdict === undefined ? 'nothing' : verdictText(verdict);
}

const holdsBoth = [answer('full', 'I-1', 'holds'), answer('full', 'I-2', 'holds')];

describe('a requirement', () => {
  it('is verified only if all its properties hold', () => {
    expect(told(asks(), sources([search('full')], holdsBoth))).toBe('verified');
    for (const [kind, text] of [
      ['violated', 'refuted by NEW (I-2)'],
      ['vacuous', 'vacuous (I-2)'],
      ['bounded', 'bounded (states)'],
    ] as const) {
      const cases = [answer('full', 'I-1', 'holds'), answer('full', 'I-2', kind)];
      expect(told(asks(), sources([search('full')], cases))).toBe(text);
    }
    expect(told(asks(), sources([search('full')], [answer('full', 'I-1', 'holds')]))).toBe('no row (I-2)');
  });

  it('is refuted by a violation in any scope, and names every finding', () => {
    const cases = [
      ...holdsBoth,
      answer('small', 'I-1', 'violated', 'W3d'),
      answer('wide', 'I-1', 'violated', 'W0a'),
    ];
    expect(told(asks(), sources([search('full'), search('small'), search('wide')], cases))).toBe(
      'refuted by W3d, W0a (I-1)',
    );
  });

  it('may hold in one scope and be vacuous or bounded in another', () => {
    const cases = [...holdsBoth, answer('small', 'I-1', 'vacuous'), answer('small', 'I-2', 'bounded')];
    expect(told(asks(), sources([search('small'), search('full')], cases))).toBe('verified');
  });

  it('is vacuous where its labels are never taken, even if its properties hold', () => {
    expect(told(asks(), sources([search('full', ['go.ok'])], holdsBoth))).toBe(
      'vacuous (never taken: go.ok)',
    );
    const either = asks({ families: [['go.ok', 'go.none']] });
    expect(told(either, sources([search('full', ['go.ok'])], holdsBoth))).toBe('verified');
    expect(told(either, sources([search('full', ['go.ok', 'go.none'])], holdsBoth))).toBe(
      'vacuous (never taken: go.ok or go.none)',
    );
    expect(told(either, sources([search('full', ['go.ok', 'go.none']), search('small')], holdsBoth))).toBe(
      'verified',
    );
  });

  it('is not answered by a search that has none of its labels, or is in another scope', () => {
    expect(told(asks({ families: ['fly.ok'] }), sources([search('full')], holdsBoth))).toBe('no row');
    expect(told(asks({ scopes: ['auto'] }), sources([search('full')], holdsBoth))).toBe('no row');
    expect(told(asks({ scopes: ['auto', 'full'] }), sources([search('full')], holdsBoth))).toBe('verified');
  });

  it('is not answered by another variant, nor by a mutant', () => {
    const cases = holdsBoth.map((one) => ({ ...one, variant: 'mutant' }));
    expect(told(asks(), sources([search('full', [], 'mutant')], cases))).toBe('nothing');
    expect(told(asks(), sources([search('full'), search('full', [], 'mutant')], cases))).toBe(
      'no row (I-1, I-2)',
    );
  });

  it('is answered for each guest form by its own searches', () => {
    const hvm = { ...search('full'), form: 'hvm' };
    const broken = { ...answer('full', 'I-1', 'violated', 'W3d'), form: 'hvm' };
    const [found] = evidenceFor([asks()], sources([search('full'), hvm], [...holdsBoth, broken]));
    expect(found?.verdicts.map((one) => [one.form, verdictText(one)])).toEqual([
      ['pv', 'verified'],
      ['hvm', 'refuted by W3d (I-1)'],
    ]);
  });

  it('that is not modelled has no verdict and is never counted', () => {
    const { charts: _, families: __, properties: ___, inLogs: ____, ...stated } = asks();
    const open: Requirement = { ...stated, status: 'not modelled', why: 'no chart' };
    expect(told(open, sources([search('full')], holdsBoth))).toBe('nothing');
    expect(evidenceProblems(evidenceFor([open], sources([], [])), [])).toEqual([]);
  });
});

describe('the check fails', () => {
  const problems = (requirement: Requirement, from: SpecSources) =>
    evidenceProblems(
      evidenceFor([requirement], from),
      from.run.searches.map(({ scope }) => scope),
    ).map(({ code }) => code);
  const log = (verdict: LogEvidence['verdict'], ...families: readonly string[]): LogEvidence => ({
    name: 'run',
    variant: 'v',
    verdict,
    families,
  });

  it('for a requirement without evidence', () => {
    expect(problems(asks(), sources([search('full')], []))).toEqual(['SPEC_NO_EVIDENCE']);
    expect(problems(asks(), sources([search('full', ['go.ok'])], holdsBoth))).toEqual(['SPEC_NO_EVIDENCE']);
    expect(problems(asks({ scopes: ['auto'] }), sources([search('full')], holdsBoth))).toEqual([
      'SPEC_NOT_SEARCHED',
    ]);
    expect(problems(asks(), sources([search('full')], holdsBoth))).toEqual([]);
  });

  it('for a refutation that no finding names, and not for one that has a name', () => {
    const broken = (finding?: string) => [
      answer('full', 'I-1', 'violated', finding),
      answer('full', 'I-2', 'holds'),
    ];
    expect(problems(asks(), sources([search('full')], broken()))).toEqual(['SPEC_NEW_REFUTATION']);
    expect(problems(asks(), sources([search('full')], broken('W3d')))).toEqual([]);
  });

  it('for a label that no accepted log shows', () => {
    const with_ = (...logs: readonly LogEvidence[]) => sources([search('full')], holdsBoth, logs);
    expect(problems(asks(), with_(log('accepted', 'go.ok')))).toEqual([]);
    expect(problems(asks(), with_(log('accepted', 'stop')))).toEqual(['SPEC_NOT_SEEN']);
    expect(problems(asks(), with_(log('ambiguous', 'go.ok'), log('rejected', 'go.ok')))).toEqual([
      'SPEC_NOT_SEEN',
    ]);
    expect(evidenceFor([asks()], with_(log('accepted', 'go.ok')))[0]?.logs).toEqual(['run']);
    expect(evidenceFor([asks()], with_(log('ambiguous', 'go.ok')))[0]?.logs).toEqual([]);
  });
});

/** The catalog as if it had been searched and had come out as expected. */
const rows = catalog.filter(({ deep }) => !deep);
const expectedRun = {
  searches: rows.map(({ variant, form, scope, expectation }): SearchReport => {
    const { states, transitions, depth, neverTaken } = expectation;
    return {
      ...search(scope, [], variant),
      form,
      bounds: { ...scopes.find(({ name }) => name === scope) },
      states,
      transitions,
      depth,
      neverTaken: Object.entries(neverTaken).map(([family, why]) => ({ family, why })),
    };
  }),
  cases: rows.flatMap((row) => {
    const { variant, form, scope, expectation } = row;
    return spoken(row).map((property): CaseReport => {
      const of = expectation.verdicts[property];
      return { ...answer(scope, property, of?.kind ?? 'holds', of?.finding, variant), form };
    });
  }),
};

function rowParts({ variant, form: inForm, scope }: CatalogRow) {
  const protocol = variants.find(({ id }) => id === variant);
  const form = forms.find(({ id }) => id === inForm);
  const bounds = scopes.find(({ name }) => name === scope);
  if (protocol === undefined || form === undefined || bounds === undefined)
    throw new Error(`${variant}/${scope}/${inForm}`);
  return { protocol, form, bounds };
}

function spoken(row: CatalogRow): readonly string[] {
  const { protocol, bounds } = rowParts(row);
  return properties.filter(({ appliesTo }) => appliesTo(protocol, bounds)).map(({ id }) => id);
}

/** Families taken in a row of the catalog. */
function takenIn(row: CatalogRow): ReadonlySet<string> {
  const { protocol, form, bounds } = rowParts(row);
  const all = new Set(alphabetOf(protocol, form, bounds).map(({ type }) => type));
  return new Set([...all].filter((family) => row.expectation.neverTaken[family] === undefined));
}

describe('the shipped catalog', () => {
  const report = reportOf(expectedRun, undefined, 'ballast spec --no-logs');

  it('answers every requirement that is modelled', () => {
    expect(report.problems).toEqual([]);
  });

  const columns = [...new Set(rows.map(({ variant, form }) => `${variant} ${form}`))];

  it.each(columns)('verifies for %s exactly what its rows let it', (column) => {
    const [variant, form] = column.split(' ');
    const mine = rows.filter((row) => row.variant === variant && row.form === form);
    for (const { requirement, verdicts } of report.requirements) {
      if (requirement.status === 'not modelled') continue;
      const verdict = verdicts.find((one) => one.variant === variant && one.form === form)?.verdict;
      const isAsked = requirement.forms?.includes(form ?? '') ?? true;
      expect(verdict !== undefined, requirement.id).toBe(isAsked);
      if (!isAsked) continue;
      const inScope = mine.filter(({ scope }) => requirement.scopes?.includes(scope) ?? true);
      const kinds = (property: string) =>
        inScope
          .filter((row) => spoken(row).includes(property))
          .map(({ expectation }) => expectation.verdicts[property]?.kind ?? 'holds');
      const broken = requirement.properties.some((property) => kinds(property).includes('violated'));
      const whole = requirement.properties.every((property) => kinds(property).includes('holds'));
      const shown = inScope.some((row) =>
        requirement.families.flat().some((family) => takenIn(row).has(family)),
      );
      // What is verified is whole, shown and not broken; what is broken is refuted wherever it is spoken of.
      if (verdict === 'verified') expect([broken, whole, shown], requirement.id).toEqual([false, true, true]);
      if (verdict === 'refuted') expect(broken, requirement.id).toBe(true);
      if (broken && shown) expect(verdict, requirement.id).toBe('refuted');
      if (whole && !broken && verdict !== 'verified')
        expect(['vacuous', 'no row'], requirement.id).toContain(verdict);
    }
  });

  it('says of v0, v3 and lifecycle what the texts are about', () => {
    const of = (id: string) =>
      Object.fromEntries(
        (report.requirements.find(({ requirement }) => requirement.id === id)?.verdicts ?? [])
          .filter(({ variant, form }) => ['v0', 'v3', 'lifecycle'].includes(variant) && form === pv64.id)
          .map((one) => [one.variant, verdictText(one)]),
      );
    expect(of('R-P8')).toEqual({
      v0: 'refuted by W0a (I-2)',
      v3: 'refuted by W3k (I-2)',
      lifecycle: 'verified',
    });
    expect(of('R-P12')).toEqual({ v0: 'refuted by W0b (I-3)', v3: 'no row', lifecycle: 'verified' });
    expect(of('R-P14')).toEqual({
      v0: 'refuted by W0c (I-5)',
      v3: 'refuted by beyond-p2m (D-2)',
      lifecycle: 'verified',
    });
    expect(of('R-X9')).toEqual({
      v0: 'refuted by W0-norollback (I-27)',
      v3: 'refuted by W3d, foreign-listed (I-27)',
      lifecycle: 'verified',
    });
    expect(of('R-L4')['v3']).toBe('refuted by lost-target (D-3)');
    expect(of('R-M4')['v3']).toBe('verified');
    expect(of('R-K5')['v3']).toBe('verified');
    expect(of('R-P5')).toEqual({});
  });

  it('verifies nothing that is refuted for lifecycle, the variant in which everything must hold', () => {
    const lifecycle = report.requirements.flatMap(({ verdicts }) =>
      verdicts.filter(({ variant }) => variant === 'lifecycle').map(({ verdict }) => verdict),
    );
    expect(lifecycle).not.toContain('refuted');
    expect(lifecycle).not.toContain('bounded');
    expect(lifecycle.filter((verdict) => verdict === 'verified').length).toBeGreaterThan(
      lifecycle.length / 2,
    );
  });
});

/** Requirements are well written, and each way to write one badly is caught. */
import { describe, expect, it } from 'vitest';
import { beyondTheText, requirements } from '../../properties/requirements/all.ts';
import type { ModelledRequirement, Requirement } from '../../properties/requirements/requirement.ts';
import { knownNames } from '../../src/cli/logs/spec-command.ts';
import { namingProblems } from '../../src/spec/problems.ts';

const known = knownNames();
const codes = (all: readonly Requirement[], beyond = beyondTheText) =>
  namingProblems(all, beyond, known).map(({ code }) => code);

const first = requirements.find((one): one is ModelledRequirement => one.status === 'modelled');
if (first === undefined) throw new Error('nothing is modelled');
const changed = (change: Partial<ModelledRequirement>): readonly Requirement[] =>
  requirements.map((one) => (one === first ? { ...first, ...change } : one));

it('as shipped, nothing is wrong', () => {
  expect(namingProblems(requirements, beyondTheText, known)).toEqual([]);
});

describe('a planted fault is caught', () => {
  it.each<readonly [string, Partial<ModelledRequirement>]>([
    ['SPEC_DUPLICATE_ID', { id: requirements.at(-1)?.id ?? '' }],
    ['SPEC_UNKNOWN_NAME', { charts: [...first.charts, 'balon'] }],
    ['SPEC_UNKNOWN_NAME', { families: [...first.families, 'populate.okay'] }],
    ['SPEC_UNKNOWN_NAME', { families: [...first.families, ['populate.ok', 'fill.okay']] }],
    ['SPEC_UNKNOWN_NAME', { properties: [...first.properties, 'I-99'] }],
    ['SPEC_UNKNOWN_NAME', { scopes: ['fullest'] }],
    ['SPEC_NOTHING_ASKED', { properties: [] }],
    ['SPEC_LOG_FAMILY', { inLogs: ['host.give'] }],
  ])('%s', (code, change) => {
    expect(codes(changed(change))).toEqual([code]);
  });

  it('SPEC_UNREFERENCED: a property, or a chart, that no sentence asks for', () => {
    const without = (id: string) =>
      requirements.filter((one) => one.status === 'not modelled' || !one.properties.includes(id));
    expect(codes(without('I-3'))).toEqual(['SPEC_UNREFERENCED']);
    const rivals = requirements.filter(
      (one) => one.status === 'not modelled' || !one.charts.includes('rival'),
    );
    expect(codes(rivals)).toContain('SPEC_UNREFERENCED');
  });

  it('SPEC_STALE: listed as beyond the text, and asked for or not there', () => {
    const why = 'planted';
    expect(codes(requirements, [...beyondTheText, { what: 'property', id: 'I-9', why }])).toEqual([
      'SPEC_STALE',
    ]);
    expect(codes(requirements, [...beyondTheText, { what: 'chart', id: 'tmem', why }])).toEqual([
      'SPEC_STALE',
    ]);
  });
});

it('ids stand in the order of their text', () => {
  for (const text of new Set(requirements.map(({ source }) => source.text))) {
    const ids = requirements.filter(({ source }) => source.text === text).map(({ id }) => id);
    const letter = ids[0]?.slice(0, 3) ?? '';
    expect(ids).toEqual(ids.map((_, at) => `${letter}${at + 1}`));
  }
});

/** What `admit` refuses, all at once, and that what it takes is known to everybody afterwards. */
import { describe, expect, it } from 'vitest';
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { admit } from '../../src/api/admit.ts';
import { check } from '../../src/api/check.ts';
import { defineMutant, defineProperty, defineVariant } from '../../src/api/define.ts';

const never = (id: string, family: string, witness = 'add.ok') =>
  defineProperty({
    id,
    title: 'never',
    statement: `${family} never happens.`,
    witness: [witness],
    watch: { kind: 'step', never: [family] },
  });

const codes = (...definitions: Parameters<typeof admit>[0]) => {
  const said = admit(definitions);
  return said.ok ? [] : said.problems.map(({ code }) => code);
};
const patch = { id: 'mine', base: 'v3', summary: 'a patch', change: {} };

describe('admit refuses', () => {
  const sizes = () => [variants.length, mutants.length, properties.length];
  it.each([
    ['an id with a plus', ['BAD_ID'], [defineVariant({ ...patch, id: 'v3+mine' })]],
    ['an id that is taken', ['ID_TAKEN'], [defineVariant({ ...patch, id: 'v0' })]],
    ['one id twice', ['ID_TAKEN'], [defineVariant(patch), defineVariant(patch)]],
    ['an unknown base', ['UNKNOWN_VARIANT'], [defineVariant({ ...patch, base: 'v9' })]],
    [
      'an unknown field',
      ['UNKNOWN_FIELD'],
      [defineVariant({ ...patch, change: { colour: 'red' } as never })],
    ],
    [
      'an unknown value',
      ['UNKNOWN_VALUE'],
      [defineVariant({ ...patch, change: { callback: 'none' as never } })],
    ],
    ['a change that is none', ['NO_CHANGE'], [defineVariant({ ...patch, change: { claimFirst: true } })]],
    ['a driver that cannot be', ['CONTRADICTION'], [defineVariant({ ...patch, change: { expects: true } })]],
    [
      'a mutant of two fields, caught by nobody',
      ['NOT_ONE_FIELD', 'UNKNOWN_PROPERTY'],
      [
        defineMutant({
          ...patch,
          change: { callback: 'allocator', noGap: 'EAGAIN' },
          reference: 'none',
          caughtBy: 'I-99',
        }),
      ],
    ],
    ['a misspelt family', ['UNKNOWN_FAMILY'], [never('X-1', 'add.okay')]],
    ['a misspelt witness', ['UNKNOWN_FAMILY'], [never('X-1', 'add.ok', 'ad.ok')]],
    [
      'a misspelt quantity',
      ['UNKNOWN_QUANTITY'],
      [
        defineProperty({
          id: 'X-1',
          title: 't',
          statement: 's',
          witness: ['add.ok'],
          watch: {
            kind: 'state',
            perIndex: false,
            clauses: [[{ sum: { 'books.curent': 1 }, is: 'above', to: 0 }]],
          },
        }),
      ],
    ],
  ])('%s, and takes nothing', (_, expected, definitions) => {
    const before = sizes();
    expect(codes(...definitions)).toEqual(expected);
    expect(sizes()).toEqual(before);
  });
});

describe('what is admitted', () => {
  it('is checked like what is shipped, a patch of a patch too', () => {
    const said = admit([
      defineVariant({ ...patch, change: { callback: 'testP2m' } }),
      defineVariant({ ...patch, id: 'mine-2', base: 'mine', change: { baseline: 'decision' } }),
      never('X-1', 'populate.over'),
      defineMutant({
        ...patch,
        id: 'mine-broken',
        change: { checksCap: false },
        reference: 'none',
        caughtBy: 'I-21',
      }),
    ]);
    expect(said.ok).toBe(true);
    const verdicts = (variant: string) => {
      const found = check({ variant, properties: ['X-1', 'D-3', 'I-21'] });
      if (!found.ok) throw new Error(found.problems[0]?.message);
      return Object.fromEntries(found.value.cases.map(({ property, verdict }) => [property, verdict.kind]));
    };
    expect(verdicts('v3')).toEqual({ 'X-1': 'violated', 'D-3': 'violated', 'I-21': 'holds' });
    expect(verdicts('mine')).toEqual({ 'X-1': 'holds', 'D-3': 'violated', 'I-21': 'holds' });
    expect(verdicts('mine-2')).toEqual({ 'X-1': 'holds', 'D-3': 'holds', 'I-21': 'holds' });
    expect(verdicts('mine-broken')).toMatchObject({ 'I-21': 'violated' });
  });

  it('check refuses what it does not know, all at once', () => {
    const said = check({ variant: 'v9', scope: 'huge', properties: ['I-99'] });
    expect(said.ok ? [] : said.problems.map(({ code }) => code)).toEqual([
      'UNKNOWN_VARIANT',
      'UNKNOWN_SCOPE',
      'UNKNOWN_PROPERTY',
    ]);
  });
});

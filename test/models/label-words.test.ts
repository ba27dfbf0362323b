/** Every label of the usual actors has words in terms of the code, and no other. */
import { expect, it } from 'vitest';
import { alphabetOf } from '../../models/alphabet.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { wordedFamilies, wordsOf } from '../../models/label-words.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';

const usual = scopes.filter((scope) => scope.actors === undefined || scope.actors.length === 0);
const families = new Set(
  variants.flatMap((variant) =>
    usual.flatMap((scope) => alphabetOf(variant, pv64, scope).map(({ type }) => type)),
  ),
);

it('every family has words', () => {
  expect([...families].filter((family) => wordsOf(family) === undefined)).toEqual([]);
});

it('no words are left of a family that is gone', () => {
  // A decision may be woken by what no variant that takes it is woken by.
  const verbs = new Set([...families].map((family) => family.split('.')[0]));
  const stale = (family: string) => !families.has(family) && !/\.(done|changed|timer|queued)$/.test(family);
  expect(wordedFamilies().filter(stale)).toEqual([]);
  expect(wordedFamilies().filter((family) => !verbs.has(family.split('.')[0]))).toEqual([]);
});

it('says why the driver runs and what it does', () => {
  expect(wordsOf('hotplug.done')).toBe(
    'the driver runs (right after BP_DONE); credit above 0, nothing on the balloon list: reserve_additional_memory',
  );
  expect(wordsOf('claim.set')).toBeUndefined();
});

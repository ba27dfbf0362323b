/** As temporal.test.ts, for every row of the catalog that expects temporal verdicts and is not too large for the slow judge. */
import { expect, it } from 'vitest';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { expectJudgedTwice } from './temporal.ts';

const STATES_MAX = 200_000;
const rows = catalog.filter(({ expectation }) => expectation.onRequest !== undefined);
const small = rows.filter(({ expectation }) => expectation.states <= STATES_MAX);

it.each(small.map(({ variant, scope }) => [variant, scope] as const))('%s/%s', (variant, scope) => {
  const protocol = variants.find(({ id }) => id === variant);
  const bounds = scopes.find(({ name }) => name === scope);
  if (protocol === undefined || bounds === undefined) throw new Error('the catalog names what there is');
  expectJudgedTwice(protocol, bounds);
});

it('the others are rows of lifecycle, in which everything holds', () => {
  const large = rows.filter((row) => !small.includes(row));
  expect(new Set(large.map(({ variant }) => variant))).toEqual(new Set(['lifecycle']));
});

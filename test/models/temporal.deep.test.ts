/** As temporal.test.ts, for every row of the catalog that expects temporal verdicts and is not too large for the slow judge. */
import { expect, it } from 'vitest';
import { forms } from '../../models/forms/all.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { expectJudgedTwice } from './temporal.ts';

const STATES_MAX = 200_000;
const rows = catalog.filter(({ expectation }) => expectation.onRequest !== undefined);
const small = rows.filter(({ expectation }) => expectation.states <= STATES_MAX);

it.each(small.map(({ variant, scope, form }) => [variant, scope, form] as const))(
  '%s/%s on %s',
  (variant, scope, id) => {
    const protocol = variants.find((one) => one.id === variant);
    const bounds = scopes.find(({ name }) => name === scope);
    const form = forms.find((one) => one.id === id);
    if (protocol === undefined || bounds === undefined || form === undefined)
      throw new Error('the catalog names what there is');
    expectJudgedTwice(protocol, bounds, form);
  },
);

it('the others are rows of lifecycle, in which everything holds, and rows that take many seconds anyway', () => {
  const large = rows.filter((row) => !small.includes(row) && !row.deep);
  expect(new Set(large.map(({ variant }) => variant))).toEqual(new Set(['lifecycle']));
});

/** As models.test.ts, for every row of the catalog that expects temporal verdicts. */
import { expect, it } from 'vitest';
import { scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { catalog } from '../../../properties/catalog.ts';
import { expectSameLoops } from '../../support/loop-models.ts';

const rows = catalog.filter(
  ({ expectation, form }) => expectation.onRequest !== undefined && form === 'pv-x86_64',
);

it.each(rows.map(({ variant, scope }) => [variant, scope] as const))('%s/%s', (variant, scope) => {
  const protocol = variants.find(({ id }) => id === variant);
  const bounds = scopes.find(({ name }) => name === scope);
  if (protocol === undefined || bounds === undefined) throw new Error('the catalog names what there is');
  expect(expectSameLoops(protocol, bounds)).toMatch(/^(blocks of|plain states, since)/);
});

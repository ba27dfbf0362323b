/** Every row of the catalog comes out as it says; minutes. */
import { expect, it } from 'vitest';
import { catalog } from '../../properties/catalog.ts';
import { ballast } from './fake-io.ts';

const rows = catalog.map(({ variant, scope, form }) => [variant, scope, form] as const);

it.each(rows)('%s/%s on %s', async (variant, scope, form) => {
  const ran = await ballast(`check --variant ${variant} --scope ${scope} --form ${form} --quiet --runs none`);
  expect(ran.out()).not.toContain('✗');
  expect(ran.exit).toBe(0);
});

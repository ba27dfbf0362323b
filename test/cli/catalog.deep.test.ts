/** Every row of the catalog comes out as it says; minutes. */
import { expect, it } from 'vitest';
import { catalog } from '../../properties/catalog.ts';
import { ballast } from './fake-io.ts';

it.each(catalog.map(({ variant, scope }) => [variant, scope] as const))('%s/%s', async (variant, scope) => {
  const ran = await ballast(`check --variant ${variant} --scope ${scope} --quiet --runs none`);
  expect(ran.out()).not.toContain('✗');
  expect(ran.exit).toBe(0);
});

/** What takes longer to print: coverage with tours. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { ballast } from '../cli/fake-io.ts';

it('ballast.cover/1 with tours', async () => {
  const schema = readFileSync(new URL('../../reports/schemas/cover-1.schema.json', import.meta.url), 'utf8');
  const validate = new Ajv({ allErrors: true }).compile(JSON.parse(schema));
  const ran = await ballast('cover --variant lifecycle --scope single --tours --format json --quiet');
  expect(ran.out()).toContain('"tours"');
  expect(validate(JSON.parse(ran.out())) ? [] : validate.errors).toEqual([]);
});

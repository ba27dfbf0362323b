import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { validate } from '../../src/api/validate.ts';
import type { LogStore } from '../../src/logs/segments.ts';

const logs = fileURLToPath(new URL('../logs/', import.meta.url));
const store: LogStore = {
  list: (path) => (statSync(path).isDirectory() ? readdirSync(path) : undefined),
  read: (path) => readFileSync(path),
};

it('judges the logs of a real guest as the command does', () => {
  const said = validate({ paths: [`${logs}04-offline-movable`], store });
  const [guest] = said.ok ? said.value : [];
  expect(guest?.verdict).toBe('accepted');
  expect(guest?.breaches.map(({ property }) => property)).toContain('I-10');
});

it('refuses an unknown variant', () => {
  const said = validate({ paths: [`${logs}04-offline-movable`], store, variant: 'v9' });
  expect(said.ok ? [] : said.problems.map(({ code }) => code)).toEqual(['UNKNOWN_VARIANT']);
});

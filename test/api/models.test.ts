/** `--models`: the worked example from the command line, and modules that cannot be used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { ballast, lastLine } from '../cli/fake-io.ts';

const example = fileURLToPath(new URL('drop-mutex.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ballast-models-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

it('asks about the patch of the worked example', async () => {
  const ran = await ballast(
    `check --models ${example} --variant v2-4.4 drop-mutex --scope pair --property X-1 D-1 --runs none`,
  );
  expect(ran.err()).not.toContain('MODELS');
  expect(ran.out()).toContain('Breaks X-1 in 5 (v2-4.4/pair).');
  expect(ran.out()).not.toContain('(drop-mutex/pair)');
  expect(lastLine(ran.out())).toContain(`--models ${example} --variant v2-4.4 --scope pair --property X-1`);
  expect(ran.exit).toBe(1);
});

it('refuses modules that do not load, export nothing, or are wrong, with 65 and before anything runs', async () => {
  const broken = file('broken.ts', 'export const x: = 1;');
  const empty = file('empty.js', 'export const x = 1;');
  const both = await ballast(`check --models ${broken} ${empty}`);
  expect(both.exit).toBe(65);
  expect(both.err()).toContain(`MODELS_UNREADABLE cannot load ${broken}`);
  expect(both.err()).toContain(`MODELS_EMPTY ${empty} exports nothing to add`);
  const wrong = file(
    'wrong.mts',
    "import { defineVariant } from 'ballast';\nexport const a = defineVariant({ id: 'a', base: 'v9', summary: '', change: {} });",
  );
  const refused = await ballast(`mutants --models ${wrong}`);
  expect(refused.exit).toBe(65);
  expect(refused.err()).toContain(`UNKNOWN_VARIANT ${wrong}: there is no variant v9`);
  expect(refused.out()).toBe('');
});

/** What the README shows is what the commands print. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ballast } from './cli/fake-io.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const words = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

it('the counterexample on the first screen', async () => {
  const shown = /```\n(── W0a[^`]*)```/.exec(readme)?.[1] ?? '';
  // Far enough to find it; the shortest run does not depend on what lies beyond.
  const ran = await ballast('check --variant v0 --scope full --property I-2 --max-states 3000 --runs short');
  const printed = ran.out().split('\n').map(words);
  const lines = shown
    .split('\n')
    .map(words)
    .filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines.slice(1, -1)) expect(printed).toContain(line);
  expect(printed.join(' ')).toContain((lines.at(-1) ?? '').replace('✗ ', ''));
});

it('the commands and the files that it names exist', async () => {
  const { readdirSync, existsSync } = await import('node:fs');
  const root = new URL('..', import.meta.url);
  for (const [, path] of readme.matchAll(/\]\(([\w./-]+)\)/g))
    expect(existsSync(new URL(path ?? '', root)), path).toBe(true);
  expect(readdirSync(new URL('test/logs/04-offline-movable', root)).length).toBeGreaterThan(0);
  for (const verb of ['check', 'validate', 'mutants', 'confirm', 'export']) {
    const ran = await ballast(`${verb} --help`);
    expect(ran.exit, verb).toBe(0);
  }
});

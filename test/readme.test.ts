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
});

it('every verb is in its list of commands, with flags that the verb has', async () => {
  const usage = /## Use\n\n```\n([^`]*)```/.exec(readme)?.[1] ?? '';
  const lines = usage.split('\n').flatMap((line) => {
    const verb = /^ballast ([a-z]+)/.exec(line)?.[1];
    const what = /^ballast (gen [a-z]+|export [a-z]+)/.exec(line)?.[1] ?? verb;
    return verb === undefined ? [] : [{ verb, what, flags: line.match(/(?<=[\s[])--?[a-z][a-z-]*/g) ?? [] }];
  });
  const help = await ballast('--help');
  const verbs = [...help.out().matchAll(/^ {2}([a-z]+) /gm)].map(([, verb]) => verb);
  expect(verbs).toContain('report');
  expect([...new Set(lines.map(({ verb }) => verb))].sort()).toEqual(verbs.sort());
  for (const { what, flags } of lines) {
    const own = await ballast(`${what} --help`);
    expect(own.exit, what).toBe(0);
    for (const flag of flags) expect(own.out(), `${what} ${flag}`).toMatch(new RegExp(`(^|\\s)${flag}\\b`));
  }
});

/** Pages of real runs in a small scope, made by the command itself in a world in memory. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';
import type { LogStore } from '../../src/logs/segments.ts';
import { type Ran, type World, world } from '../cli/fake-io.ts';

/** Where logs are read from, as the real program does. */
const realLogs: LogStore = {
  list: (path) => (statSync(path).isDirectory() ? readdirSync(path) : undefined),
  read: (path) => readFileSync(path),
};

/** What stands in for the built page where nobody opens it. */
export const BARE_TEMPLATE =
  '<html data-reach="none"><meta content="connect-src \'none\'"><script id="ballast-data" type="application/json">null</script></html>';

export const pageWorld = (
  template: string,
  given: Readonly<Record<string, string>> = {},
  change: Partial<Io> = {},
): World => world({ template: () => template, logs: realLogs, ...change }, given);

export async function ballast(words: string, at: World): Promise<Ran> {
  return { ...at, exit: await run(words.split(' '), at.io) };
}

export const PAGE = 'page.html';

/** Two variants in the smallest scope, and the log of a real guest that leaks. */
export async function smallPage(template: string): Promise<string> {
  const ran = await ballast(
    `report --variant v0 v3 --scope single --no-cover --quiet -o ${PAGE} --log test/logs/04-offline-movable`,
    pageWorld(template),
  );
  const html = ran.files.get(PAGE);
  if (ran.exit !== 0 || html === undefined) throw new Error(`no page: ${ran.exit} ${ran.err()}`);
  return html;
}

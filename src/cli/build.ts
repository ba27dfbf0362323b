/** Which program this is: all that it computes depends on nothing else but what it is asked. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Compiled, this file stands in dist/src/cli/. */
const OURS = new URL('../../', import.meta.url);
const XSTATE = new URL('.', pathToFileURL(createRequire(import.meta.url).resolve('xstate')));

let known: string | undefined;

/** A digest of our compiled files, of XState's, and of the version of node. */
export function programBuild(): string {
  known ??= buildOf([OURS, XSTATE], process.version);
  return known;
}

/**
 * Whether this thread runs what `programBuild` says: no file has been written since the process was started. (`ctime`: no tool
 * sets it back.)
 */
export const isAsBuilt = (): boolean => !changedSince([OURS, XSTATE], Date.now() - process.uptime() * 1000);

export function buildOf(roots: readonly URL[], ...more: readonly string[]): string {
  const digest = createHash('sha256');
  for (const text of more) digest.update(`${text}\n`);
  for (const root of roots)
    for (const name of scriptsIn(root)) digest.update(`${name}\n`).update(readFileSync(new URL(name, root)));
  return digest.digest('hex');
}

export const changedSince = (roots: readonly URL[], ms: number): boolean =>
  roots.some((root) => scriptsIn(root).some((name) => statSync(new URL(name, root)).ctimeMs >= ms));

const scriptsIn = (root: URL): readonly string[] =>
  (readdirSync(root, { recursive: true }) as string[]).filter((name) => /\.[cm]?js$/.test(name)).sort();

/** The captured logs of this folder, for tests. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parseTrace } from '../../src/logs/ftrace.ts';
import { linesOfText } from '../../src/logs/lines.ts';
import { Nesting } from '../../src/logs/nesting.ts';
import type { TraceItem } from '../../src/logs/records.ts';
import type { LogStore } from '../../src/logs/segments.ts';
import type { Problem } from '../../src/core/result.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Folders of captured runs that hold traces. */
export const RUNS: readonly string[] = readdirSync(HERE)
  .filter((name) => /^0[1-9]-/.test(name))
  .sort();

/** Paths, relative to this folder, of every file with trace text. */
export const TRACES: readonly string[] = RUNS.flatMap((run) =>
  readdirSync(`${HERE}${run}`)
    .filter((name) => /^trace_|console/.test(name))
    .sort()
    .map((name) => `${run}/${name}`),
);

export const textOf = (path: string): string => gunzipSync(readFileSync(`${HERE}${path}`)).toString('utf8');

/** This folder as a store. */
export const store: LogStore = {
  list: (path) => (statSync(HERE + path).isDirectory() ? readdirSync(HERE + path) : undefined),
  read: (path) => readFileSync(HERE + path),
};

/** A store of files in memory; a folder is what lies under `name/`. */
export const storeOf = (files: Readonly<Record<string, Uint8Array | string>>): LogStore => ({
  list: (path) => {
    const inside = Object.keys(files).filter((name) => name.startsWith(`${path}/`));
    if (inside.length > 0 || path === 'nothing') return inside.map((name) => name.slice(path.length + 1));
    return undefined;
  },
  read: (path) => {
    const file = files[path];
    if (file === undefined) throw new Error(`ENOENT: ${path}`);
    return typeof file === 'string' ? new TextEncoder().encode(file) : file;
  },
});

export const itemsOf = (text: string, file = 'trace.txt'): readonly TraceItem[] => [
  ...parseTrace(file, linesOfText(text)),
];

/** Codes of all problems: of the parser and of the nesting check. */
export function problemsOf(items: readonly TraceItem[]): readonly Problem[] {
  const nesting = new Nesting();
  return items.flatMap((item) => [
    ...(item.kind === 'problem' ? [item.problem] : []),
    ...nesting.accept(item),
  ]);
}

export const codesOf = (text: string): readonly string[] => problemsOf(itemsOf(text)).map(({ code }) => code);
export const warningsOf = (text: string): readonly string[] =>
  itemsOf(text).flatMap((item) => (item.kind === 'warning' ? [item.problem.code] : []));

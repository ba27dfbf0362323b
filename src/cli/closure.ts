/**
 * The files that modules from outside the tree are made of: themselves, and what they import, as far as that is written down.
 * Every text in a file that leads to another one counts, in an import or not; so too much is taken rather than too little. Not seen is
 * what a module finds by a name that it puts together while it runs.
 */
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Files } from './io.ts';

type Reader = Pick<Files, 'exists' | 'read'>;

/** One line a file, sorted: its path and a digest of its text. */
export function closureText(paths: readonly string[], files: Reader): string {
  const found = new Map<string, string>();
  const waiting = [...paths];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const text = textOf(path, files);
    if (text === undefined) continue;
    found.set(path, createHash('sha256').update(text).digest('hex'));
    for (const named of namesIn(text)) waiting.push(...filesOf(named, dirname(path)));
  }
  return [...found]
    .map(([path, digest]) => `${path} ${digest}\n`)
    .sort()
    .join('');
}

function textOf(path: string, files: Reader): string | undefined {
  try {
    return files.exists(path) ? files.read(path) : undefined;
  } catch {
    // A folder.
    return undefined;
  }
}

const LITERAL = /(['"`])((?:\\.|(?!\1)[^\\\n])*)\1/g;
const PATH = /^\.{0,2}\//;
const PACKAGE = /^(?:@[\w.-]+\/)?[\w.-]+(?=\/|$)/;
const IMPORTED = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*$/;

/** Texts that may be names of modules: paths anywhere, packages where something is imported. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(LITERAL)].flatMap(({ 2: name = '', index }) =>
    PATH.test(name) || (PACKAGE.test(name) && IMPORTED.test(text.slice(Math.max(0, index - 40), index)))
      ? [name]
      : [],
  );

const ENDINGS = ['', '.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.json'];

/** Where a module of this name may lie, seen from a folder; of a package, what says which version it is. */
function filesOf(name: string, folder: string): readonly string[] {
  if (PATH.test(name)) {
    const path = name.startsWith('/') ? name : join(folder, name);
    const stems = [path, join(path, 'index'), path.replace(/\.([cm]?)jsx?$/, '.$1ts')];
    return [...new Set(stems.flatMap((stem) => ENDINGS.map((ending) => `${stem}${ending}`)))];
  }
  const [its = ''] = PACKAGE.exec(name) ?? [];
  return folders(resolve(folder)).map((above) => join(above, 'node_modules', its, 'package.json'));
}

/** The folder and those above it. */
function folders(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...folders(above)];
}

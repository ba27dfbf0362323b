/** A world in memory for the command line: streams are texts, files a map, the clock moves only when told. */
import { plain } from '../../reports/style.ts';
import { inThisThread } from '../../src/cli/check/searcher.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';

export interface World {
  readonly io: Io;
  readonly out: () => string;
  readonly err: () => string;
  readonly files: Map<string, string>;
  /** What `latest` and the like point to. */
  readonly links: Map<string, string>;
  /** Sends the signal, if somebody listens. */
  readonly interrupt: () => void;
  readonly isHeard: () => boolean;
}

export function world(change: Partial<Io> = {}, given: Readonly<Record<string, string>> = {}): World {
  const texts = { out: '', err: '' };
  const files = new Map(Object.entries(given));
  const folders = new Set<string>();
  const links = new Map<string, string>();
  const handlers = new Set<() => void>();
  const io: Io = {
    out: (text) => {
      texts.out += text;
    },
    err: (text) => {
      texts.err += text;
    },
    errIsTerminal: false,
    width: 110,
    style: plain,
    clock: () => 0,
    now: () => Date.UTC(2010, 6, 27, 12, 0, 0),
    files: {
      read: (path) => {
        const text = files.get(path);
        if (text === undefined) throw new Error(`no file ${path}`);
        return text;
      },
      write: (path, text) => {
        files.set(path, text);
      },
      writePieces: (path, pieces) => {
        files.set(path, [...pieces].join(''));
      },
      replace: (path, text) => {
        files.set(path, text);
      },
      remove: (path) => {
        for (const name of files.keys()) if (name === path || name.startsWith(`${path}/`)) files.delete(name);
        folders.delete(path);
      },
      list: (path) => [
        ...new Set(
          [...files.keys()]
            .filter((name) => name.startsWith(`${path}/`))
            .map((name) => name.slice(path.length + 1).split('/')[0] ?? ''),
        ),
      ],
      makeFolder: (path) => {
        folders.add(path);
      },
      exists: (path) => files.has(path) || folders.has(path),
      point: (path, target) => {
        links.set(path, target);
      },
    },
    freeMemory: () => 4 * 2 ** 30,
    version: '0.0.0',
    build: () => 'build 0',
    node: 'v0',
    debug: false,
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    search: inThisThread,
    ...change,
  } as Io;
  return {
    io,
    out: () => texts.out,
    err: () => texts.err,
    files,
    links,
    interrupt: () => {
      for (const handler of handlers) handler();
    },
    isHeard: () => handlers.size > 0,
  };
}

export interface Ran extends World {
  readonly exit: number;
}

/** Runs `ballast` with these words; no files are written unless `--out` says so. */
export async function ballast(words: string, at: World = world()): Promise<Ran> {
  const argv = words.split(' ').filter((word) => word !== '');
  const quietly = argv[0] === 'check' && !argv.includes('--out') ? [...argv, '--no-out'] : argv;
  return { ...at, exit: await run(quietly, at.io) };
}

export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

#!/usr/bin/env node
/**
 * The process: its streams, files, clock, signals and threads, handed to `run`.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import type { Style } from '../../reports/style.ts';
import type { LogStore } from '../logs/segments.ts';
import { isAsBuilt, programBuild } from './build.ts';
import { inWorkers } from './check/searcher.ts';
import { writeAside } from './files.ts';
import type { Files, Io } from './io.ts';
import { listenOnLoopback } from './page/server.ts';
import { run } from './run.ts';
import { realShell } from './shell.ts';
import { compileLater } from './tiering.ts';

/** Searches side by side; each takes a core and some hundred MiB. Two also where there is one core: a short search need not wait for a long one. */
const THREADS = 2;
const WIDTH_MAX = 120;
const WIDTH_MIN = 80;

const files: Files = {
  read: (path) => readFileSync(path, 'utf8'),
  write: (path, text) => writeFileSync(path, text),
  writePieces: (path, pieces) => {
    const file = openSync(path, 'w');
    try {
      for (const piece of pieces) writeSync(file, piece);
    } finally {
      closeSync(file);
    }
  },
  replace: writeAside,
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  list: (path) => (existsSync(path) ? readdirSync(path) : []),
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true });
  },
  exists: existsSync,
  point: (path, target) => {
    const fresh = `${path}.new`;
    rmSync(fresh, { force: true });
    try {
      symlinkSync(target, fresh);
      renameSync(fresh, path);
    } catch {
      // Where links are not allowed, a file with the name will do.
      rmSync(fresh, { force: true });
      rmSync(path, { force: true });
      writeFileSync(path, `${target}\n`);
    }
  },
};

const logs: LogStore = {
  list: (path) => (statSync(path).isDirectory() ? readdirSync(path) : undefined),
  // A small file whole, because gzip needs it whole; a large one in pieces, because it may not fit.
  read: (path) =>
    statSync(path).size <= WHOLE_MAX || path.endsWith('.gz') ? readFileSync(path) : pieces(path),
};

const WHOLE_MAX = 16 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;

function* pieces(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    while (true) {
      const piece = new Uint8Array(PIECE_BYTES);
      const length = readSync(file, piece);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function style(): Style {
  const colours = pc.createColors(process.stdout.isTTY === true && pc.isColorSupported);
  return {
    heading: colours.bold,
    faint: colours.dim,
    good: colours.green,
    known: colours.yellow,
    bad: colours.red,
    changed: colours.bold,
  };
}

/** The first SIGINT or SIGTERM asks to stop, a second one does it. */
function onInterrupt(handler: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, handler);
  return () => {
    for (const signal of signals) process.off(signal, handler);
  };
}

/** Undefined for a user without a home. */
function cacheFolder(): string | undefined {
  try {
    return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ballast');
  } catch {
    return undefined;
  }
}

// Compiled, main.js stands in dist/src/cli/; the page is built into dist/page/.
const pageFile = new URL('../../page/index.html', import.meta.url);
const versionFile = new URL('../../../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(versionFile, 'utf8')) as { readonly version: string };

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  errIsTerminal: process.stderr.isTTY === true,
  width: Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, process.stdout.columns ?? WIDTH_MAX)),
  style: style(),
  clock: () => performance.now(),
  now: () => Date.now(),
  freeMemory: () => process.availableMemory(),
  files,
  logs,
  // Only who asks for it has it opened.
  get stdin() {
    return process.stdin;
  },
  version,
  build: programBuild,
  get cacheFolder() {
    return isAsBuilt() ? cacheFolder() : undefined;
  },
  node: process.version,
  debug: process.env['BALLAST_DEBUG'] === '1',
  onInterrupt,
  shell: realShell,
  summaryFile: process.env['GITHUB_STEP_SUMMARY'],
  template: () => readFileSync(pageFile, 'utf8'),
  listen: listenOnLoopback,
  search: inWorkers(new URL('./check/search-worker.js', import.meta.url), THREADS),
};

// `ballast check | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

compileLater();
process.exitCode = await run(process.argv.slice(2), io);

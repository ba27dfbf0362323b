/**
 * All that a command takes from the world and gives back to it. Tests pass their own.
 */
import type { Style } from '../../reports/style.ts';
import type { LogStore } from '../logs/segments.ts';
import type { Searcher } from './check/searcher.ts';
import type { Listen } from './page/server.ts';
import type { Shell } from './shell.ts';

export interface Files {
  /** Throws if there is no such file, like the rest of these. Paths are relative to the working folder. */
  readonly read: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  /** A file too large for one string, piece by piece. */
  readonly writePieces: (path: string, pieces: Iterable<string>) => void;
  /** As `write`, but aside first, flushed and renamed: there is always the old text or the new one. */
  readonly replace: (path: string, text: string) => void;
  /** A file, or a folder with all that is in it; no error if there is none. */
  readonly remove: (path: string) => void;
  /** Names in a folder; none where there is no such folder. */
  readonly list: (path: string) => readonly string[];
  /** With its parents; no error if it is there. */
  readonly makeFolder: (path: string) => void;
  readonly exists: (path: string) => boolean;
  /** Makes `path` point to `target`, a name in the same folder, whatever it was before. */
  readonly point: (path: string, target: string) => void;
}

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal that `out` goes to. */
  readonly width: number;
  readonly style: Style;
  /** Milliseconds that never go back. */
  readonly clock: () => number;
  /** Milliseconds since 1970, for names of folders and for time limits across threads. */
  readonly now: () => number;
  /** Bytes that this process may still take. */
  readonly freeMemory: () => number;
  readonly files: Files;
  /** Where logs of guests are read from. */
  readonly logs: LogStore;
  /** What is piped into the program. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly version: string;
  /** Changes whenever the program does, or what it computes from. */
  readonly build: () => string;
  /** Where to keep what can be computed again; undefined where nothing may be kept. */
  readonly cacheFolder?: string | undefined;
  readonly node: string;
  /** Show the stack of our own bugs. */
  readonly debug: boolean;
  /** Calls back on each request to stop; returns how to stop listening. */
  readonly onInterrupt: (handler: () => void) => () => void;
  readonly search: Searcher;
  readonly shell: Shell;
  /** The summary of the job on GitHub that this runs in. */
  readonly summaryFile?: string | undefined;
  /** The built report page, without data. Throws where it was not built. */
  readonly template: () => string;
  /** Serves on this machine only. */
  readonly listen: Listen;
}

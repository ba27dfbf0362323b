/** Searches with progress on stderr, stopped by SIGINT; the listener goes when they end, however they end. */
import type { Io } from '../io.ts';
import { ProgressLine, type ProgressMode } from '../progress.ts';
import { sideBySide } from './searcher.ts';
import type { Task, TaskOutcome } from './task.ts';

export interface Ran {
  /** In the order of the tasks. */
  readonly outcomes: readonly TaskOutcome[];
  readonly interrupted: boolean;
}

/** Of what is free: what searches may take unless told otherwise. */
const MEMORY_SHARE = 0.75;

export interface RunOptions {
  /** Bytes, shared among the searches that run side by side. */
  readonly memory?: number | undefined;
  /** Of each search. */
  readonly threads?: number | undefined;
  /** Where to keep what XState says; false: nowhere. Where the system keeps such things by default. */
  readonly cache?: string | false | undefined;
  readonly onDone?: (task: number, outcome: TaskOutcome) => void;
}

export async function runTasks(
  io: Io,
  tasks: readonly Task[],
  mode: ProgressMode,
  {
    memory = MEMORY_SHARE * io.freeMemory(),
    threads = 1,
    cache = io.cacheFolder,
    onDone = () => {},
  }: RunOptions = {},
): Promise<Ran> {
  const each = Math.floor(
    memory / Math.max(1, Math.min(sideBySide(io.search.atOnce, threads), tasks.length)),
  );
  const answers = typeof cache === 'string' ? { answers: { folder: cache, build: io.build() } } : {};
  const progress = new ProgressLine(io, tasks, mode);
  let interrupted = false;
  const unlisten = io.onInterrupt(() => {
    interrupted = true;
    io.search.interrupt();
  });
  try {
    const outcomes = await io.search.run(
      tasks.map((task) => ({ ...task, ...answers, memory: each, threads })),
      {
        clock: io.clock,
        now: io.now,
        interrupted: () => interrupted,
        onProgress: (task, of) => progress.update(task, of),
        onDone: (task, of) => {
          progress.done(task, of);
          onDone(task, of);
        },
        onUnkept: (_, message) => io.err(`ballast: CHECKPOINT_NOT_WRITABLE ${message}\n`),
      },
    );
    return { outcomes, interrupted };
  } finally {
    unlisten();
  }
}

/** Searches with progress on stderr, stopped by SIGINT; the listener goes when they end, however they end. */
import type { Io } from '../io.ts';
import { ProgressLine, type ProgressMode } from '../progress.ts';
import type { Task, TaskOutcome } from './task.ts';

export interface Ran {
  /** In the order of the tasks. */
  readonly outcomes: readonly TaskOutcome[];
  readonly interrupted: boolean;
}

export async function runTasks(io: Io, tasks: readonly Task[], mode: ProgressMode): Promise<Ran> {
  const progress = new ProgressLine(io, tasks, mode);
  let interrupted = false;
  const unlisten = io.onInterrupt(() => {
    interrupted = true;
    io.search.interrupt();
  });
  try {
    const outcomes = await io.search.run(tasks, {
      clock: io.clock,
      now: io.now,
      interrupted: () => interrupted,
      onProgress: (task, of) => progress.update(task, of),
      onDone: (task, of) => progress.done(task, of),
    });
    return { outcomes, interrupted };
  } finally {
    unlisten();
  }
}

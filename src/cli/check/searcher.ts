/**
 * How several searches are run: one after the other in this thread, or side by side in worker threads.
 * A search never yields, so only a flag in shared memory can reach one in another thread; SIGINT sets it.
 */
import { Worker } from 'node:worker_threads';
import type { Progress } from '../../search/search.ts';
import { workerStart } from '../models.ts';
import { runTask, type Task, type TaskOutcome } from './task.ts';

export interface SearchHooks {
  readonly clock: () => number;
  readonly now: () => number;
  /** Asked whenever a search looks up. */
  readonly interrupted: () => boolean;
  readonly onProgress: (task: number, progress: Progress) => void;
  readonly onDone: (task: number, outcome: TaskOutcome) => void;
  /** A checkpoint that could not be written; the search goes on. */
  readonly onUnkept?: (task: number, message: string) => void;
}

/** Outcomes in the order of the tasks. Rejects only for a bug of ours. */
export interface Searcher {
  /** How many searches run side by side. */
  readonly atOnce: number;
  readonly run: (tasks: readonly Task[], hooks: SearchHooks) => Promise<readonly TaskOutcome[]>;
  /** Tells searches in other threads to stop. */
  readonly interrupt: () => void;
}

/** One after the other, here. */
export const inThisThread: Searcher = {
  atOnce: 1,
  run: async (tasks, hooks) =>
    tasks.map((task, at) => {
      const outcome = runTask(task, {
        clock: hooks.clock,
        now: hooks.now,
        stop: () => (hooks.interrupted() ? 'interrupted' : undefined),
        onProgress: (progress) => hooks.onProgress(at, progress),
      });
      hooks.onDone(at, outcome);
      return outcome;
    }),
  interrupt: () => {},
};

/** What the pool sends to a worker, and gets back. */
export interface Job {
  readonly id: number;
  readonly task: Task;
}
export type JobMessage =
  | { readonly kind: 'unkept'; readonly id: number; readonly message: string }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'done'; readonly id: number; readonly outcome: TaskOutcome };

/** Searches that run side by side where each takes so many threads. */
export const sideBySide = (atOnce: number, threads: number): number =>
  Math.max(1, Math.floor(atOnce / threads));

/** At most `threads` workers that run `script`; the largest searches start first. */
export function inWorkers(script: URL, threads: number): Searcher {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  return {
    atOnce: threads,
    interrupt: () => {
      Atomics.store(flag, 0, 1);
    },
    run: async (tasks, hooks) => {
      const waiting = tasks.map((task, id): Job => ({ id, task })).sort((a, b) => sizeOf(b) - sizeOf(a));
      const outcomes: TaskOutcome[] = [];
      const workers = Array.from(
        { length: Math.min(sideBySide(threads, tasks[0]?.threads ?? 1), tasks.length) },
        () => new Worker(script, { workerData: workerStart(flag) }),
      );
      try {
        await Promise.all(workers.map((worker) => drain(worker, waiting, outcomes, hooks)));
      } finally {
        await Promise.all(workers.map((worker) => worker.terminate()));
      }
      return outcomes;
    },
  };
}

/** States it is expected to have; one that nobody has counted may be large. */
const sizeOf = ({ task }: Job): number => task.expectation?.states ?? Number.MAX_SAFE_INTEGER;

/** Gives a worker one job after the other until none waits. */
function drain(worker: Worker, waiting: Job[], outcomes: TaskOutcome[], hooks: SearchHooks): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const job = waiting.shift();
      if (job === undefined) resolve();
      else worker.postMessage(job);
    };
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a search thread ended with ${code}`)));
    worker.on('message', (message: JobMessage) => {
      if (message.kind === 'progress') return hooks.onProgress(message.id, message.progress);
      if (message.kind === 'unkept') return hooks.onUnkept?.(message.id, message.message);
      outcomes[message.id] = message.outcome;
      hooks.onDone(message.id, message.outcome);
      next();
    });
    next();
  });
}

/**
 * Fuzz tasks, one after the other here or side by side in worker threads. What a run finds depends on its seed alone, so the
 * number of threads changes nothing but the time.
 */
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Tally } from '../../fuzz/campaign.ts';
import { workerStart } from '../models.ts';
import { type FuzzTask, runFuzzTask } from './task.ts';

export interface FuzzWork {
  /** The next task, or undefined when there are no more. */
  readonly next: () => FuzzTask | undefined;
  readonly onDone: (task: FuzzTask, tally: Tally) => void;
  /** Asked between and within runs. */
  readonly stop: () => boolean;
  readonly clock: () => number;
}

export async function fuzzHere({ next, onDone, stop, clock }: FuzzWork): Promise<void> {
  for (let task = next(); task !== undefined && !stop(); task = next()) {
    onDone(task, runFuzzTask(task, { clock, stop }));
    // Signals are heard in between.
    await setImmediate();
  }
}

/** How often the flag for other threads follows `stop`. */
const FLAG_EVERY_MS = 100;

export async function fuzzInThreads(script: URL, jobs: number, work: FuzzWork): Promise<void> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => {
    if (work.stop()) Atomics.store(flag, 0, 1);
  }, FLAG_EVERY_MS);
  const workers = Array.from({ length: jobs }, () => new Worker(script, { workerData: workerStart(flag) }));
  try {
    await Promise.all(workers.map((worker) => drain(worker, work)));
  } finally {
    clearInterval(timer);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function drain(worker: Worker, { next, onDone, stop }: FuzzWork): Promise<void> {
  return new Promise((resolve, reject) => {
    let task: FuzzTask | undefined;
    const send = (): void => {
      task = stop() ? undefined : next();
      if (task === undefined) resolve();
      else worker.postMessage(task);
    };
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a fuzz thread ended with ${code}`)));
    worker.on('message', (tally: Tally) => {
      if (task !== undefined) onDone(task, tally);
      send();
    });
    send();
  });
}

/**
 * The other thread: runs the searches it is sent, one at a time, and looks at the shared flag as it goes.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { isAsBuilt } from '../build.ts';
import { startWorker } from '../models.ts';
import { keepingOf } from './keeping.ts';
import type { Job, JobMessage } from './searcher.ts';
import { runTask } from './task.ts';

/** Progress is for people; more often than this is noise. */
const PROGRESS_EVERY_MS = 200;

const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');
const flag = await startWorker(workerData);
// Files written since the process began may have been loaded here and not there: then nothing is kept, or believed.
const isBelieved = isAsBuilt();
const send = (message: JobMessage): void => port.postMessage(message);

port.on('message', ({ id, task }: Job) => {
  let last = Number.NEGATIVE_INFINITY;
  const clock = () => performance.now();
  const keeping = keepingOf(task, clock, (message) => send({ kind: 'unkept', id, message }));
  if (!keeping.ok) {
    send({ kind: 'done', id, outcome: keeping });
    return;
  }
  const { answers, ...rest } = task;
  const its = answers === undefined || !isBelieved ? rest : task;
  const outcome = runTask(its, {
    ...keeping.value,
    clock,
    now: () => Date.now(),
    stop: () => (Atomics.load(flag, 0) === 1 ? 'interrupted' : undefined),
    onProgress: (progress) => {
      if (performance.now() - last < PROGRESS_EVERY_MS) return;
      last = performance.now();
      send({ kind: 'progress', id, progress });
    },
  });
  send({ kind: 'done', id, outcome });
});

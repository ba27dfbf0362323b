/**
 * The other thread: fuzzes what it is sent, one task at a time, and looks at the shared flag as it goes.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { startWorker } from '../models.ts';
import { type FuzzTask, runFuzzTask } from './task.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');
const flag = await startWorker(workerData);

port.on('message', (task: FuzzTask) => {
  port.postMessage(
    runFuzzTask(task, { clock: () => performance.now(), stop: () => Atomics.load(flag, 0) === 1 }),
  );
});

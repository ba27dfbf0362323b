/**
 * Other threads that help one search: all run functions of one module in one memory, round by round. What a round finds must not depend
 * on who comes, nor on who does which part of it; that is the business of the functions.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { WasmMemory, WasmModule } from '../wasm/host.ts';

/** What is shared. */
export interface Shared<Job extends string> {
  readonly memory: WasmMemory;
  /** Functions of the module, of two numbers: where the thread has its own area, and an argument. */
  readonly jobs: readonly Job[];
  /** Address of the i32 that is not 0 while all have to stop. */
  readonly stop: number;
}

/** A job that comes back with this is run again: the engine swaps in better code between calls. */
export const AGAIN = -1;

/**
 * Numbers shared with the helpers: the round, helpers at work, its job and argument, whether to go home, helpers there, failures,
 * and whether the round may still be joined.
 */
const CELL = { round: 0, working: 1, job: 2, argument: 3, quit: 4, ready: 5, failed: 6, open: 7 } as const;
/** Looks that a helper takes for the next round before it sleeps: waking up takes as long as a few chunks. */
const LOOKS = 20_000;
/** A machine that is busy may take seconds; more, and something else is wrong. */
const READY_WITHIN_MS = 60_000;

/** Plain JavaScript, so that it runs wherever this file does, compiled or not. */
const HELPER = `
const { receiveMessageOnPort, workerData } = require('node:worker_threads');
const { memory, cells, port, cell, looks, stop, jobs, again } = workerData;
let seen = Atomics.load(cells, cell.round);
let run;
let area = 0;
Atomics.add(cells, cell.ready, 1);
Atomics.notify(cells, cell.ready);
while (Atomics.load(cells, cell.quit) === 0) {
  for (let left = looks; left > 0 && Atomics.load(cells, cell.round) === seen; left--);
  Atomics.wait(cells, cell.round, seen);
  seen = Atomics.load(cells, cell.round);
  if (Atomics.load(cells, cell.quit) === 1) break;
  Atomics.add(cells, cell.working, 1);
  if (Atomics.load(cells, cell.open) === 1) try {
    for (let sent = receiveMessageOnPort(port); sent !== undefined; sent = receiveMessageOnPort(port)) {
      area = sent.message.area;
      run = new WebAssembly.Instance(sent.message.module, { env: { memory } }).exports;
    }
    const job = run[jobs[Atomics.load(cells, cell.job)]];
    while (job(area, Atomics.load(cells, cell.argument)) === again);
  } catch {
    Atomics.add(cells, cell.failed, 1);
    Atomics.store(new Int32Array(memory.buffer), stop / 4, 1);
  }
  if (Atomics.sub(cells, cell.working, 1) === 1) Atomics.notify(cells, cell.working);
}
port.close();
`;

export class Team<Job extends string> {
  private readonly cells = new Int32Array(new SharedArrayBuffer(4 * Object.keys(CELL).length));
  private readonly ports: readonly MessagePort[];
  private readonly shared: Shared<Job>;

  /** Helpers come when they are ready; until then rounds go on without them. */
  constructor(helpers: number, shared: Shared<Job>) {
    const { cells } = this;
    this.shared = shared;
    this.ports = Array.from({ length: helpers }, () => {
      const { port1, port2 } = new MessageChannel();
      const workerData = { ...shared, cells, port: port2, cell: CELL, looks: LOOKS, again: AGAIN };
      const worker = new Worker(HELPER, { eval: true, workerData, transferList: [port2] });
      worker.unref();
      port1.unref();
      return port1;
    });
  }

  /** Blocks until all helpers are there. */
  gather(): void {
    for (let there = this.at('ready'); there < this.ports.length; there = this.at('ready'))
      if (Atomics.wait(this.cells, CELL.ready, there, READY_WITHIN_MS) === 'timed-out')
        throw new Error('a helping thread did not start');
  }

  /** From now on helpers run this module, each with its own area. */
  equip(module: WasmModule, areas: readonly number[]): void {
    for (const [n, port] of this.ports.entries()) port.postMessage({ module, area: areas[n] });
  }

  /**
   * Helpers do the job with this argument; `own` is this thread's part. Returns when all that came are done: who wakes up late finds
   * the round closed, and nobody waits for it. Who fails stops the others, which might wait for it; then this throws.
   */
  round(job: Job, argument: number, own: () => void): void {
    const { cells } = this;
    Atomics.store(cells, CELL.job, this.shared.jobs.indexOf(job));
    Atomics.store(cells, CELL.argument, argument);
    Atomics.store(cells, CELL.open, 1);
    this.next();
    try {
      own();
    } catch (error) {
      const { memory, stop } = this.shared;
      Atomics.store(new Int32Array(memory.buffer), stop / 4, 1);
      throw error;
    } finally {
      Atomics.store(cells, CELL.open, 0);
    }
    for (let left = this.at('working'); left > 0; left = this.at('working'))
      Atomics.wait(cells, CELL.working, left);
    if (this.at('failed') > 0) throw new Error('a helping thread has failed');
  }

  dismiss(): void {
    Atomics.store(this.cells, CELL.quit, 1);
    this.next();
    for (const port of this.ports) port.close();
  }

  private next(): void {
    Atomics.add(this.cells, CELL.round, 1);
    Atomics.notify(this.cells, CELL.round);
  }

  private at(name: keyof typeof CELL): number {
    return Atomics.load(this.cells, CELL[name]);
  }
}

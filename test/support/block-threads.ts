/** Blocks by several threads: helpers that really help, however few states there are. */
import { vi } from 'vitest';
import { Blocks } from '../../src/search/block/blocks.ts';
import type { Job } from '../../src/search/block/kernel-code.ts';
import type { KernelLayout } from '../../src/search/block/kernel-layout.ts';
import { Team } from '../../src/search/team.ts';
import type { WasmMemory } from '../../src/wasm/host.ts';

/** Looks for a helper, in the end one a millisecond, before this thread begins without it. */
const LOOKS_MAX = 30_000;
const AWAKE = 20_000;

/** Rounds in which a helper did something. */
export interface Helped {
  rounds: number;
}

/** The private side of blocks that tests reach into. */
export interface SharedBlocks {
  readonly layout: KernelLayout;
  readonly memory: WasmMemory;
  readonly code: Record<Job, (area: number, argument: number) => number>;
  shares(threads: number): Pick<KernelLayout, 'parts' | 'stripe'>;
  together(job: Job, argument?: number): void;
}

/** From now on helpers are asked for however few states there are; in every round a helper begins, and then this thread. `sign`: that it has begun. */
export function helpWithBlocks(sign: 'claim' | 'stop' = 'claim'): Helped {
  const helped = { rounds: 0 };
  const blocks = Blocks.prototype as unknown as SharedBlocks;
  vi.spyOn(blocks, 'shares').mockImplementation((parts) => ({ parts, stripe: 1 }));
  let isBegun = () => false;
  const { together } = blocks;
  vi.spyOn(blocks, 'together').mockImplementation(function (this: SharedBlocks, ...args) {
    const { layout, memory } = this;
    const cells = new Int32Array(memory.buffer);
    isBegun = () => Atomics.load(cells, layout[sign] / 4) > 0;
    together.apply(this, args);
  });
  const { round } = Team.prototype;
  vi.spyOn(Team.prototype, 'round').mockImplementation(function (this: Team<string>, job, argument, own) {
    this.gather();
    round.call(this, job, argument, () => {
      const sleep = new Int32Array(new SharedArrayBuffer(4));
      for (let looks = 0; !isBegun() && looks < LOOKS_MAX; looks++)
        if (looks >= AWAKE) Atomics.wait(sleep, 0, 0, 1);
      if (isBegun()) helped.rounds++;
      own();
    });
  });
  return helped;
}

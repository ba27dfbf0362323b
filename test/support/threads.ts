/** From now on helpers are asked for as soon as there is anything to share, and waited for, so that small products have them too. */
export function helpEarly(): void {
  vi.spyOn(
    PlainSearch.prototype as unknown as { isWorthHelp: (states: number) => boolean },
    'isWorthHelp',
  ).mockImplementation((states) => states >= 1024);
  const round = Team.prototype.round;
  vi.spyOn(Team.prototype, 'round').mockImplementation(function (this: Team<string>, ...args) {
    this.gather();
    round.apply(this, args);
  });
}

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

/** As `helpEarly` for blocks, of however few states; in every round a helper begins, and then this thread. `sign`: that it has begun. */
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

/** What a search says that must not depend on the number of threads. */
import { vi } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { Blocks } from '../../src/search/block/blocks.ts';
import type { Job } from '../../src/search/block/kernel-code.ts';
import type { KernelLayout } from '../../src/search/block/kernel-layout.ts';
import { PlainSearch } from '../../src/search/plain/plain-search.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { Team } from '../../src/search/team.ts';
import type { WasmMemory } from '../../src/wasm/host.ts';
import { applicable, productOf } from './explored.ts';

export function saidOf(protocol: Protocol, scope: Scope, options: SearchOptions) {
  const watches = applicable(protocol, scope).map(({ watch }) => watch);
  const { path, locals, successors, ...counts } = explore(productOf(protocol, scope), watches, options);
  const some = [0, 0.1, 0.5, 0.9].map((part) => Math.floor(part * counts.states));
  const leads = counts.violations.map((violation) => violation && path(violation.state));
  return {
    ...counts,
    leads,
    states: [...some, counts.states - 1].map((state) => [path(state), ...locals(state)]),
  };
}

/**
 * The module that a search runs, generated for its product and for the present widths of its fields.
 */
import { type I64, i64 } from '../../wasm/expression.ts';
import { compiled, instantiate, type WasmMemory, type WasmModule } from '../../wasm/host.ts';
import { ModuleBuilder } from '../../wasm/module.ts';
import { emitAsk, emitSweep } from './ask.ts';
import type { Design } from './design.ts';
import { Expansion } from './expand.ts';
import type { Layout } from './fields.ts';
import { emitClear, emitCommit, emitLookup, emitRehash, emitRepack } from './index-code.ts';
import { emitSearch, emitWalk, ShareCode } from './search-code.ts';
import { emitDoze } from './sleep.ts';
import { emitSettle, emitTally } from './tally.ts';

export interface Program {
  /** Expands states from `next` to below `until`, as far as there are any. */
  readonly search: (area: number, until: number) => number;
  /** Successors of states that were expanded before, with their ids, into the area. Returns how many states it did. */
  readonly walk: (area: number, from: number, to: number) => number;
  /** What goals the states of a chunk can get to by one of their labels (ask.ts). */
  readonly ask: (area: number, from: number, to: number) => number;
  /** Where there are several threads: as `search`, side by side with other threads up to `until`; why it stopped is in the header. */
  readonly share: (area: number, until: number) => void;
  /** Empties so many blocks of slots, side by side with others, from `claim` on. */
  readonly clear: (area: number, blocks: number) => void;
  /** Enters stored states below `until` into empty slots, side by side with others, from `claim` on. */
  readonly rehash: (area: number, until: number) => void;
  /** Asks all open states, side by side with others (ask.ts); what it found is in the header. */
  readonly sweep: (area: number, size: number) => void;
  readonly repack: () => void;
}

/** Multiplies and swaps halves, so that every bit of the key reaches the upper half. */
export const spread = (words: readonly I64[]): I64 =>
  i64.mul(
    words.reduce(
      (hash, word) => i64.rotl(i64.mul(i64.xor(hash, word), i64.const(0x9e3779b97f4a7c15n)), i64.const(32n)),
      i64.const(0n),
    ),
    i64.const(0xd6e8feb86659fd93n),
  );

export function programFor(
  design: Design,
  old: Layout | undefined,
  memory: WasmMemory,
  { pages, threads }: { readonly pages: number; readonly threads: number },
): { readonly program: Program; readonly module: WasmModule } {
  const module = new ModuleBuilder({ least: 1, most: pages, shared: true });
  const expand = module.function({ parameters: ['i32', 'i32', 'i32'], result: 'i32' }, (f) =>
    new Expansion(design, f).emit(),
  );
  const lookup = module.function({ parameters: ['i32', 'i32'], result: 'i32' }, (f) => emitLookup(design, f));
  const commit = module.function({ parameters: ['i32', 'i32', 'i32'], result: 'i32' }, (f) =>
    emitCommit(design, f),
  );
  const doze = module.function({ parameters: ['i32', 'i32', 'i32', 'i32'] }, (f) => emitDoze(design, f));
  const tally = module.function({ parameters: ['i32', 'i32', 'i32'] }, (f) => emitTally(design, f));
  const settle = module.function({ parameters: ['i32'] }, (f) => emitSettle(design, f));
  const parts = { expand, lookup, commit, doze, tally, settle };
  module.function(
    { parameters: ['i32', 'i32'], result: 'i32' },
    (f) => emitSearch(design, parts, f),
    'search',
  );
  if (threads > 1)
    module.function({ parameters: ['i32', 'i32'] }, (f) => new ShareCode(design, parts, f).emit(), 'share');
  module.function(
    { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
    (f) => emitWalk(design, parts, f),
    'walk',
  );
  if (design.rules.goals.length > 0) {
    const ask = module.function(
      { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
      (f) => emitAsk(design, parts, f),
      'ask',
    );
    module.function({ parameters: ['i32', 'i32'] }, (f) => emitSweep(ask, f), 'sweep');
  }
  module.function({ parameters: ['i32', 'i32'] }, emitClear, 'clear');
  module.function({ parameters: ['i32', 'i32'], result: 'i32' }, (f) => emitRehash(design, f), 'rehash');
  module.function(
    { parameters: [] },
    (f) => {
      if (old !== undefined) emitRepack(design, old, f);
    },
    'repack',
  );
  const built = compiled(module.bytes());
  return { program: instantiate<Program>(built, memory), module: built };
}

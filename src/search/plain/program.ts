/**
 * The module that a search runs, generated for its product and for the present widths of its fields.
 */
import { memory as bulk, drop, type I32, type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { compiled, instantiate, type WasmMemory, type WasmModule } from '../../wasm/host.ts';
import { call, type FunctionRef, ModuleBuilder, run } from '../../wasm/module.ts';
import { emitAsk, emitSweep } from './ask.ts';
import { type Design, header } from './design.ts';
import { Expansion } from './expand.ts';
import type { Layout } from './fields.ts';
import { emitCommit, emitLookup, emitRehash, emitRepack } from './index-code.ts';
import { CHUNK, GROUP, HEADER } from './memory.ts';
import { emitDoze } from './sleep.ts';
import { emitSettle, emitTally } from './tally.ts';

/** Why `search` came back: nothing left to do; a cell to fill or a refusal to report; no room for states. */
export const CAME = { done: 0, unsure: 1, full: 2 } as const;

export interface Program {
  /** Expands states from `next` to below `until`, as far as there are any. */
  readonly search: (area: number, until: number) => number;
  /** Successors of states that were expanded before, with their ids, into the area. Returns how many states it did. */
  readonly walk: (area: number, from: number, to: number) => number;
  /** What goals the states of a chunk can get to by one of their labels (ask.ts). */
  readonly ask: (area: number, from: number, to: number) => number;
  /** As `search`, side by side with other threads up to `until`; why it stopped is in the header. */
  readonly share: (area: number, until: number) => void;
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
  pages: number,
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
  const tally = module.function({ parameters: ['i32', 'i32'] }, (f) => emitTally(design, f));
  const settle = module.function({ parameters: ['i32'] }, (f) => emitSettle(design, f));
  const parts = { expand, lookup, commit, doze, tally, settle };
  module.function(
    { parameters: ['i32', 'i32'], result: 'i32' },
    (f) => emitSearch(design, parts, f),
    'search',
  );
  module.function({ parameters: ['i32', 'i32'] }, (f) => emitShare(design, parts, f), 'share');
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

type Int = Local<'i32'>;

type Parts = Readonly<Record<'expand' | 'lookup' | 'commit' | 'doze' | 'tally' | 'settle', FunctionRef>>;

/** The number of successors of the first `n` states of the chunk. */
const successors = ({ area }: Design, f: FunctionBody, base: Local<'i32'>, n: Local<'i32'>) =>
  i32.load(i32.add(f.get(base), i32.shl(i32.sub(f.get(n), i32.const(1)), i32.const(2))), area.ends);

/** Whether masks of `more` states beyond those stored would overwrite those that wait from `next` on. */
const isCrowded = (next: I32, more: I32): I32 => {
  const waiting = i32.add(i32.sub(header('size'), next), more);
  return i32.and(header('pruning'), i32.gtU(waiting, header('ringMask')));
};

function emitSearch(design: Design, parts: Parts, f: FunctionBody): void {
  const { expand, lookup, commit, doze, tally, settle } = parts;
  const [base, until] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const [from, to, n, first] = [1, 2, 3, 4].map(() => f.local('i32')) as [Int, Int, Int, Int];
  const cameBack = (why: number): void => {
    f.do(run(settle, f.get(base)));
    f.return(i32.const(why));
  };
  const least = (limit: I32): void => {
    f.if(i32.ltU(limit, f.get(to)), () => f.set(to, limit));
  };
  f.loop((again) => {
    f.set(from, header('next'));
    f.set(to, i32.add(f.get(from), i32.const(CHUNK)));
    least(f.get(until));
    least(header('size'));
    f.if(i32.geU(f.get(from), f.get(to)), () => cameBack(CAME.done));
    const room = i32.sub(header('capacity'), header('size'));
    const most = i32.mul(i32.sub(f.get(to), f.get(from)), i32.const(design.product.labels.length));
    f.if(i32.or(i32.ltU(room, most), isCrowded(f.get(from), most)), () => cameBack(CAME.full));
    f.set(n, call(expand, 'i32', f.get(base), f.get(from), f.get(to)));
    f.if(f.get(n), () => {
      f.do(drop(call(lookup, 'i32', f.get(base), successors(design, f, base, n))));
      f.set(first, call(commit, 'i32', f.get(base), f.get(from), f.get(n)));
      f.if(header('pruning'), () => f.do(run(doze, f.get(base), f.get(from), f.get(n), f.get(first))));
      f.do(run(tally, f.get(base), f.get(n)));
      f.do(i32.store(i32.const(0), i32.add(f.get(from), f.get(n)), HEADER.next));
    });
    f.branchIf(i32.eq(i32.add(f.get(from), f.get(n)), f.get(to)), again);
    cameBack(CAME.unsure);
  });
}

function emitWalk(design: Design, { expand, lookup }: Parts, f: FunctionBody): void {
  const [base, from, to] = [f.parameter(0, 'i32'), f.parameter(1, 'i32'), f.parameter(2, 'i32')];
  const n = f.local('i32');
  f.set(n, call(expand, 'i32', f.get(base), f.get(from), f.get(to)));
  f.if(f.get(n), () => f.do(drop(call(lookup, 'i32', f.get(base), successors(design, f, base, n)))));
  f.return(f.get(n));
}

/** Rounds that a thread spins for its turn before it sleeps for a while. */
const SPINS = 8000;
const NAP_NS = 50_000n;

/** Until `next` is there; looks around meanwhile. */
function waitFor(f: FunctionBody, state: Int, look: () => void): void {
  const zero = i32.const(0);
  const spins = f.local('i32');
  f.set(spins, zero);
  f.while(i32.ne(i32.atomicLoad(zero, HEADER.next), f.get(state)), () => {
    look();
    f.set(spins, i32.add(f.get(spins), i32.const(1)));
    f.if(i32.gtU(f.get(spins), i32.const(SPINS)), () => {
      // Nobody wakes it: it looks again after the nap.
      f.do(drop(bulk.wait(i32.const(HEADER.stop), zero, i64.const(NAP_NS))));
    });
  });
}

/**
 * Takes groups of chunks as long as there are any, each chunk in an area of its own. Expanding and looking up go side by side; entering
 * waits until `next` is the start of the group. A thread that cannot enter all stops the others, and who gives up a group takes back
 * what it has counted.
 */
function emitShare(design: Design, parts: Parts, f: FunctionBody): void {
  const { expand, lookup, commit, doze, tally, settle } = parts;
  const { area } = design;
  const [base, until] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const [from, to, at, end, count] = [1, 2, 3, 4, 5].map(() => f.local('i32')) as [Int, Int, Int, Int, Int];
  const chunks = Array.from({ length: GROUP }, () => ({
    base: f.local('i32'),
    states: f.local('i32'),
    first: f.local('i32'),
  }));
  const zero = i32.const(0);
  const stopped = () => i32.atomicLoad(zero, HEADER.stop);
  const within = (its: Int, offset: number) => i32.add(f.get(its), i32.const(offset));
  const violations = i32.const(16 * design.rules.counters);
  const goHome = (): void => {
    for (const chunk of chunks) f.do(run(settle, f.get(chunk.base)));
    f.return();
  };
  const giveUp = (): void => {
    for (const chunk of chunks)
      f.do(bulk.copy(within(chunk.base, area.watches), within(chunk.base, area.saved), violations));
    goHome();
  };
  const stop = (why: number) => f.do(i32.atomicStore(zero, i32.const(why), HEADER.stop));
  /** The chunks that have states, with the first of these in `at`. */
  const each = (inside: (chunk: (typeof chunks)[number]) => void) => {
    f.set(at, f.get(from));
    for (const chunk of chunks)
      f.if(f.get(chunk.states), () => {
        inside(chunk);
        f.set(at, i32.add(f.get(at), f.get(chunk.states)));
      });
  };
  for (const [n, chunk] of chunks.entries()) f.set(chunk.base, within(base, n * area.bytes));
  f.loop((again) => {
    f.if(stopped(), goHome);
    f.set(from, i32.atomicAdd(zero, i32.const(GROUP * CHUNK), HEADER.claim));
    f.if(i32.geU(f.get(from), f.get(until)), goHome);
    f.set(to, i32.add(f.get(from), i32.const(GROUP * CHUNK)));
    f.if(i32.gtU(f.get(to), f.get(until)), () => f.set(to, f.get(until)));
    f.set(count, zero);
    f.set(at, f.get(from));
    for (const chunk of chunks) {
      f.set(chunk.states, zero);
      f.do(bulk.copy(within(chunk.base, area.saved), within(chunk.base, area.watches), violations));
    }
    f.block((enough) => {
      for (const chunk of chunks) {
        f.branchIf(i32.geU(f.get(at), f.get(to)), enough);
        f.set(end, i32.add(f.get(at), i32.const(CHUNK)));
        f.if(i32.gtU(f.get(end), f.get(to)), () => f.set(end, f.get(to)));
        f.set(chunk.states, call(expand, 'i32', f.get(chunk.base), f.get(at), f.get(end)));
        f.if(f.get(chunk.states), () => {
          const found = successors(design, f, chunk.base, chunk.states);
          f.do(drop(call(lookup, 'i32', f.get(chunk.base), found)));
          f.set(count, i32.add(f.get(count), found));
        });
        f.set(at, i32.add(f.get(at), f.get(chunk.states)));
        f.branchIf(i32.ne(f.get(at), f.get(end)), enough);
      }
    });
    f.set(end, f.get(at));
    waitFor(f, from, () => f.if(stopped(), giveUp));
    f.if(stopped(), giveUp);
    const room = i32.sub(header('capacity'), header('size'));
    f.if(i32.or(i32.ltU(room, f.get(count)), isCrowded(f.get(from), f.get(count))), () => {
      stop(CAME.full);
      giveUp();
    });
    each(({ base, states, first }) => {
      f.set(first, call(commit, 'i32', f.get(base), f.get(at), f.get(states)));
    });
    f.if(i32.ne(f.get(end), f.get(to)), () => stop(CAME.unsure));
    f.do(i32.atomicStore(zero, f.get(end), HEADER.next));
    each(({ base, states, first }) => {
      f.if(header('pruning'), () => f.do(run(doze, f.get(base), f.get(at), f.get(states), f.get(first))));
      f.do(run(tally, f.get(base), f.get(states)));
    });
    f.branchIf(i32.eqz(stopped()), again);
  });
  goHome();
}

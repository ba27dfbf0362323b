/**
 * A move as straight-line code over 64-bit words: each class takes its sources, shifts them, and what arrives and was not there
 * before is new. One word operation carries up to 64 transitions.
 */
import { type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import type { FunctionRef, ModuleBuilder } from '../../wasm/module.ts';
import { wordOf } from './bits.ts';
import type { Class, Move } from './moves.ts';

/** Address of the block that moves, of the target's visited block, and of its block of new bits. Leaves whether any is new. */
export const PROGRAM = ['i32', 'i32', 'i32'] as const;

/** What one word of sources puts into one word of the target. */
interface Term {
  readonly from: number;
  readonly to: number;
  readonly sources: bigint;
  /** Positive to the left. */
  readonly by: number;
}

const ALL = (1n << 64n) - 1n;

/** A class word by word; what a shift carries over the edge of a word is a term of its own. */
function termsOf({ shift, sources }: Class, words: number): Term[] {
  const over = Math.floor(shift / 64);
  const by = shift - 64 * over;
  const stays = ALL >> BigInt(by);
  const terms: Term[] = [];
  for (let from = 0; from < words; from++) {
    const word = wordOf(sources, from);
    const to = from + over;
    if ((word & stays) !== 0n) terms.push({ from, to, sources: word & stays, by });
    if ((word & ~stays & ALL) !== 0n)
      terms.push({ from, to: to + 1, sources: word & ~stays & ALL, by: by - 64 });
  }
  return terms;
}

/** Adds one function per distinct program; per move, the function that makes it. Move 0 and moves without effect do nothing. */
export function programs(
  module: ModuleBuilder,
  moves: readonly Pick<Move, 'classes'>[],
  words: number,
): FunctionRef[] {
  const known = new Map<string, FunctionRef>();
  return moves.map(({ classes }) => {
    const key = classes.map(({ shift, sources }) => `${shift}:${sources.join()}`).join(';');
    let program = known.get(key);
    if (program === undefined) {
      const terms = classes.flatMap((its) => termsOf(its, words));
      program = module.function({ parameters: PROGRAM, result: 'i32' }, (f) => define(f, terms, words));
      known.set(key, program);
    }
    return program;
  });
}

function define(f: FunctionBody, terms: readonly Term[], words: number): void {
  if (terms.length === 0) {
    f.return(i32.const(0));
    return;
  }
  const block = f.get(f.parameter(0, 'i32'));
  const visited = f.get(f.parameter(1, 'i32'));
  const next = f.get(f.parameter(2, 'i32'));
  const word: (Local<'i64'> | undefined)[] = Array.from({ length: words });
  const needed = new Map<number, bigint>();
  for (const { from, sources } of terms) needed.set(from, (needed.get(from) ?? 0n) | sources);
  let any: I64 | undefined;
  for (const [from, sources] of needed) {
    const local = f.local('i64');
    word[from] = local;
    f.set(local, i64.load(block, 8 * from));
    const part = masked(f.get(local), sources);
    any = any === undefined ? part : i64.or(any, part);
  }
  f.if(i64.eqz(any ?? i64.const(0n)), () => f.return(i32.const(0)));
  const fresh = f.local('i64');
  const found = f.local('i32');
  for (let to = 0; to < words; to++) {
    let arriving: I64 | undefined;
    for (const { from, sources, by, to: at } of terms) {
      if (at !== to) continue;
      const part = shifted(masked(f.get(word[from] as Local<'i64'>), sources), by);
      arriving = arriving === undefined ? part : i64.or(arriving, part);
    }
    if (arriving === undefined) continue;
    const unseen = i64.and(arriving, i64.xor(i64.load(visited, 8 * to), i64.const(-1n)));
    f.if(i64.ne(f.tee(fresh, unseen), i64.const(0n)), () => {
      f.do(
        i64.store(visited, i64.or(i64.load(visited, 8 * to), f.get(fresh)), 8 * to),
        i64.store(next, i64.or(i64.load(next, 8 * to), f.get(fresh)), 8 * to),
      );
      f.set(found, i32.const(1));
    });
  }
  f.return(f.get(found));
}

const masked = (word: I64, sources: bigint): I64 =>
  sources === ALL ? word : i64.and(word, i64.const(sources));

const shifted = (word: I64, by: number): I64 => {
  if (by === 0) return word;
  return by > 0 ? i64.shl(word, i64.const(BigInt(by))) : i64.shrU(word, i64.const(BigInt(-by)));
};

/**
 * Generated: goals are asked for again, of states of which no edge is known that leads to one. Labels are tried one by one, over a
 * chunk of states side by side, until a state is closed or has no label left.
 */
import { drop, i32, i64, select } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { call, type FunctionRef } from '../../wasm/module.ts';
import { type Design, header } from './design.ts';
import { CHUNK, HEADER, labelWords } from './memory.ts';

type Int = Local<'i32'>;

/** Some state can do more than was known; some state meets an unknown cell. */
export const SWEPT = { changed: 1, unsure: 2 } as const;

/**
 * `ask(area, from, to)`: sets the goal bits that the states of a chunk get from their successors. Returns how often one was set; or
 * −1 − n where the nth state meets an unknown cell.
 */
export function emitAsk(
  design: Design,
  parts: Readonly<Record<'expand' | 'lookup', FunctionRef>>,
  f: FunctionBody,
): void {
  const { area } = design;
  const [base, from, to] = [0, 1, 2].map((n) => f.parameter(n, 'i32')) as [Int, Int, Int];
  const [n, i, end, at, bits, changed, count, label] = f.locals(8, 'i32');
  const words = labelWords(design.product.labels.length);
  const barred = Array.from({ length: words }, () => f.local('i64'));
  const increase = (local: Int, by: number) => f.set(local, i32.add(f.get(local), i32.const(by)));
  const item = (bytes: number, index: Int) => i32.add(f.get(base), i32.mul(f.get(index), i32.const(bytes)));
  const bitsOf = (state: ReturnType<typeof item>) => i32.add(header('asking'), state);
  const remember = () => {
    f.set(label, i32.load16(item(2, i), area.labels));
    const bit = i64.shl(i64.const(1n), i64.extend(f.get(label)));
    for (let word = 0; word < words; word++) {
      const isHere = i32.eq(i32.shrU(f.get(label), i32.const(6)), i32.const(word));
      f.do(i64.store(f.get(base), select(isHere, bit, i64.const(0n)), area.lucky + 8 * word));
    }
  };
  f.set(end, i32.sub(f.get(to), f.get(from)));
  for (const [word, mask] of barred.entries()) f.set(mask, i64.load(f.get(base), area.barred + 8 * word));
  f.while(i32.ltU(f.get(n), f.get(end)), () => {
    f.set(at, item(8 * words, n));
    for (const [word, mask] of barred.entries())
      f.do(i64.store(f.get(at), f.get(mask), area.asleep + 8 * word));
    increase(n, 1);
  });
  f.loop((again) => {
    f.set(n, call(parts.expand, 'i32', f.get(base), f.get(from), f.get(to)));
    f.if(i32.ltU(f.get(n), i32.sub(f.get(to), f.get(from))), () =>
      f.return(i32.sub(i32.const(-1), f.get(n))),
    );
    f.set(
      count,
      i32.load(i32.add(f.get(base), i32.shl(i32.sub(f.get(n), i32.const(1)), i32.const(2))), area.ends),
    );
    f.if(i32.eqz(f.get(count)), () => f.return(f.get(changed)));
    f.do(drop(call(parts.lookup, 'i32', f.get(base), f.get(count))));
    f.set(n, i32.const(0));
    f.set(i, i32.const(0));
    f.while(i32.ltU(f.get(i), f.get(count)), () => {
      f.set(end, i32.load(item(4, n), area.ends));
      f.set(at, bitsOf(i32.add(f.get(from), f.get(n))));
      f.while(i32.ltU(f.get(i), f.get(end)), () => {
        const usable = i32.load8(i32.add(f.get(base), i32.load16(item(2, i), area.labels)), area.usable);
        const there = i32.load8(bitsOf(i32.load(item(4, i), area.ids)));
        f.set(bits, i32.or(i32.load8(f.get(at)), i32.and(there, usable)));
        f.if(i32.ne(f.get(bits), i32.load8(f.get(at))), () => {
          f.do(i32.store8(f.get(at), f.get(bits)));
          increase(changed, 1);
          remember();
        });
        increase(i, 1);
      });
      increase(n, 1);
    });
    f.branch(again);
  });
}

/**
 * `sweep(area, size)`: asks all states that are still open, last first; threads claim chunks. Each sets the bits of its own states
 * only, and bits are only ever set, so it does not matter who reads when. Leaves in the header what `SWEPT` says.
 */
export function emitSweep(ask: FunctionRef, f: FunctionBody): void {
  const [base, size] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const [claimed, from, to, came] = f.locals(4, 'i32');
  const zero = i32.const(0);
  const note = (what: number) => f.do(drop(i32.atomicOr(zero, i32.const(what), HEADER.stop)));
  f.loop((again) => {
    f.set(claimed, i32.atomicAdd(zero, i32.const(CHUNK), HEADER.claim));
    f.if(i32.geU(f.get(claimed), f.get(size)), () => f.return());
    f.set(to, i32.sub(f.get(size), f.get(claimed)));
    f.set(from, zero);
    f.if(i32.gtU(f.get(to), i32.const(CHUNK)), () => f.set(from, i32.sub(f.get(to), i32.const(CHUNK))));
    f.set(came, call(ask, 'i32', f.get(base), f.get(from), f.get(to)));
    f.if(i32.gtS(f.get(came), zero), () => note(SWEPT.changed));
    f.if(i32.ltS(f.get(came), zero), () => note(SWEPT.unsure));
    f.branch(again);
  });
}

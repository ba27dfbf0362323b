/**
 * Generated: how often each label was taken. What is enabled in a state is one mask, and masks are added as they are: the nth plane
 * holds bit n of the count of every label. Now and then the counts are read off.
 */
import { type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import type { Design } from './design.ts';
import { CHUNK, labelWords, PLANES } from './memory.ts';

type Int = Local<'i32'>;
type Long = Local<'i64'>;

/** Bits that count the states of a chunk. */
const CHUNK_BITS = Math.log2(CHUNK) + 1;

/** `tally(area, chunk, expanded)`: adds to the planes of `area` what is enabled in the first states of a chunk. */
export function emitTally({ product, area }: Design, f: FunctionBody): void {
  const [base, chunk, expanded] = [0, 1, 2].map((nth) => f.parameter(nth, 'i32')) as [Int, Int, Int];
  const [n, at] = [f.local('i32'), f.local('i32')];
  const [carry, next] = [f.local('i64'), f.local('i64')];
  const counts = Array.from({ length: CHUNK_BITS }, () => f.local('i64'));
  const words = labelWords(product.labels.length);
  for (let word = 0; word < words; word++) {
    for (const count of counts) f.set(count, i64.const(0n));
    f.set(n, i32.const(0));
    f.set(at, f.get(chunk));
    f.while(i32.ltU(f.get(n), f.get(expanded)), () => {
      f.set(carry, i64.load(f.get(at), area.enabled + 8 * word));
      for (const count of counts) addTo(f, count, carry, next);
      f.set(at, i32.add(f.get(at), i32.const(8 * words)));
      f.set(n, i32.add(f.get(n), i32.const(1)));
    });
    f.set(carry, i64.const(0n));
    for (let plane = 0; plane < PLANES; plane++) {
      const offset = area.planes + 8 * (plane * words + word);
      const count = counts[plane];
      const [a, b] = [i64.load(f.get(base), offset), count === undefined ? i64.const(0n) : f.get(count)];
      const half = i64.xor(a, b);
      f.set(next, i64.or(i64.and(a, b), i64.and(half, f.get(carry))));
      f.do(i64.store(f.get(base), i64.xor(half, f.get(carry)), offset));
      f.set(carry, f.get(next));
    }
  }
}

/** One bit more for the labels in `carry`, which keeps those for the next plane. */
function addTo(f: FunctionBody, count: Long, carry: Long, next: Long): void {
  f.set(next, i64.and(f.get(count), f.get(carry)));
  f.set(count, i64.xor(f.get(count), f.get(carry)));
  f.set(carry, f.get(next));
}

/** `settle(area)`: adds the planes to the transitions per label, and empties them. */
export function emitSettle({ product, area }: Design, f: FunctionBody): void {
  const base = f.parameter(0, 'i32');
  const words = labelWords(product.labels.length);
  const [label, at] = [f.local('i32'), f.local('i32')];
  f.while(i32.ltU(f.get(label), i32.const(product.labels.length)), () => {
    f.set(at, i32.add(f.get(base), i32.shl(i32.shrU(f.get(label), i32.const(6)), i32.const(3))));
    const bit = i64.extend(i32.and(f.get(label), i32.const(63)));
    const bits = Array.from({ length: PLANES }, (_, plane): I64 => {
      const mask = i64.load(f.get(at), area.planes + 8 * plane * words);
      return i64.shl(i64.and(i64.shrU(mask, bit), i64.const(1n)), i64.const(BigInt(plane)));
    });
    const fired = i32.add(f.get(base), i32.shl(f.get(label), i32.const(3)));
    f.do(i64.store(fired, bits.reduce(i64.add, i64.load(fired, area.fired)), area.fired));
    f.set(label, i32.add(f.get(label), i32.const(1)));
  });
  for (let at = 0; at < PLANES * words; at++)
    f.do(i64.store(f.get(base), i64.const(0n), area.planes + 8 * at));
}

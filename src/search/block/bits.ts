/** Sets of inner indices as 64-bit words, each as two halves (low first): what a mask is before it becomes code. */
export type Bits = Uint32Array<ArrayBuffer>;

export const wordsFor = (size: number): number => Math.ceil(size / 64);

/** Small arrays with memory of their own are dear to collect: empty sets are cut from slabs. */
const SLAB = 1 << 13;
let slab: Bits = new Uint32Array(0);
let used = 0;
export function noBits(words: number): Bits {
  const halves = 2 * words;
  if (used + halves > slab.length) {
    slab = new Uint32Array(Math.max(SLAB, halves));
    used = 0;
  }
  used += halves;
  return slab.subarray(used - halves, used) as Bits;
}

export function copyOf(bits: Bits): Bits {
  const copy = noBits(bits.length / 2);
  copy.set(bits);
  return copy;
}

export const addBit = (bits: Bits, at: number): void => {
  bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31));
};
export const hasBit = (bits: Bits, at: number): boolean =>
  (((bits[at >>> 5] as number) >>> (at & 31)) & 1) === 1;
export function addBits(bits: Bits, more: Bits): void {
  for (let n = 0; n < bits.length; n++) bits[n] = (bits[n] as number) | (more[n] as number);
}
export const isEqual = (some: Bits, other: Bits): boolean => some.every((half, n) => half === other[n]);
export function hashOf(bits: Bits): number {
  let hash = 0;
  for (let n = 0; n < bits.length; n++)
    hash = Math.imul(hash ^ (bits[n] as number), 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}
export const isEmpty = (bits: Bits): boolean => bits.every((half) => half === 0);

/** Word `at` as an unsigned 64-bit integer. */
export const wordOf = (bits: Bits, at: number): bigint =>
  (BigInt(bits[2 * at + 1] as number) << 32n) | BigInt(bits[2 * at] as number);

/** The indices in the set, ascending. */
export function indicesOf(bits: Bits): number[] {
  const found: number[] = [];
  bits.forEach((half, n) => {
    for (let rest = half; rest !== 0; rest &= rest - 1) found.push(32 * n + 31 - Math.clz32(rest & -rest));
  });
  return found;
}

export const both = (some: Bits, other: Bits): Bits => some.map((half, n) => half & (other[n] as number));

/** Every index moved by so much; what would leave the set's words is lost. */
export function shiftedBits(bits: Bits, by: number): Bits {
  const moved = new Uint32Array(bits.length);
  const over = Math.floor(by / 32);
  const rest = by - 32 * over;
  for (let n = 0; n < bits.length; n++) {
    const half = bits[n] as number;
    if (half === 0) continue;
    const to = n + over;
    if (to >= 0 && to < moved.length) moved[to] = (moved[to] as number) | (half << rest);
    if (rest > 0 && to + 1 >= 0 && to + 1 < moved.length)
      moved[to + 1] = (moved[to + 1] as number) | (half >>> (32 - rest));
  }
  return moved;
}

/**
 * Bytes of the WebAssembly binary format: numbers as LEB128, vectors, sections (core specification 2.0, chapter 5).
 */

/** A sequence of bytes: parts are joined far more often than read, so a part may stand inside another as it is. */
export type Bytes = readonly (number | Bytes)[] | Uint8Array;

/** All bytes in order. */
export function flat(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const into = new Uint8Array(lengthOf(bytes));
  write(bytes, into, 0);
  return into;
}

/** Behind what is there already. Parts of parts are arrays of their own, which are many in a large module: code that is done keeps none. */
export function append(bytes: Bytes, to: number[]): void {
  for (const one of bytes)
    if (typeof one === 'number') to.push(one);
    else append(one, to);
}

function lengthOf(bytes: Bytes): number {
  if (bytes instanceof Uint8Array) return bytes.length;
  let length = 0;
  for (const one of bytes) length += typeof one === 'number' ? 1 : lengthOf(one);
  return length;
}

/** Returns where it ends. */
function write(bytes: Bytes, into: Uint8Array, from: number): number {
  if (bytes instanceof Uint8Array) {
    into.set(bytes, from);
    return from + bytes.length;
  }
  let at = from;
  for (const one of bytes)
    if (typeof one === 'number') into[at++] = one;
    else at = write(one, into, at);
  return at;
}

/** Unsigned LEB128 of an integer below 2^53. */
export function unsigned(value: number): readonly number[] {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no unsigned integer`);
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** Signed LEB128. */
export function signed(value: bigint): readonly number[] {
  if (value === BigInt.asIntN(32, value)) return signed32(Number(value));
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 127n);
    rest >>= 7n;
    const isLast = (rest === 0n && low < 64) || (rest === -1n && low >= 64);
    bytes.push(isLast ? low : low + 128);
    if (isLast) return bytes;
  }
}

/** The same, of an integer that fits 32 bits. */
export function signed32(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 127) + 128);
  bytes.push(rest & 127);
  return bytes;
}

/** Length first. */
export const vector = (items: readonly Bytes[]): Bytes => [unsigned(items.length), ...items];

export const name = (text: string): Bytes => {
  const bytes = new TextEncoder().encode(text);
  return [unsigned(bytes.length), bytes];
};

/** A section, or nothing where it would be empty. */
export const section = (id: number, items: readonly Bytes[]): Bytes =>
  items.length === 0 ? [] : [id, sized(vector(items))];

/** Its length in bytes first. */
export function sized(body: Bytes): Bytes {
  const bytes = flat(body);
  return [unsigned(bytes.length), bytes];
}

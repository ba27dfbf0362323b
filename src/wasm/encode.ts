/**
 * Bytes of the WebAssembly binary format: numbers as LEB128, vectors, sections (core specification 2.0, chapter 5).
 */

/** A sequence of bytes, as plain numbers: parts are joined far more often than read. */
export type Bytes = readonly number[];

/** Unsigned LEB128 of an integer below 2^53. */
export function unsigned(value: number): Bytes {
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
export function signed(value: bigint): Bytes {
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

/** Length first. */
export const vector = (items: readonly Bytes[]): Bytes => [...unsigned(items.length), ...items.flat()];

export const name = (text: string): Bytes => {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
};

/** A section, or nothing where it would be empty. */
export const section = (id: number, items: readonly Bytes[]): Bytes =>
  items.length === 0 ? [] : sized(id, vector(items));

export const sized = (id: number, body: Bytes): Bytes => [id, ...unsigned(body.length), ...body];

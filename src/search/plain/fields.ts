/**
 * How the local states of one product state share its 64-bit words: a field of some bits for each chart, none across two words.
 */

export interface Field {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

export interface Layout {
  readonly fields: readonly Field[];
  /** 64-bit words a state. */
  readonly words: number;
}

const WORD_BITS = 64;
/** A chart with so few local states has met them all. */
const GROWING = 8;
const SPARED = 2;
const ROOMY_BITS = 3;
const SLACK = 4;

/** Bits that tell `count` values apart. */
export const bitsFor = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/** With bits to spare for what is met later. A chart that owns many labels has many local states, as a rule. */
export const roomy = (charts: readonly { readonly labels: readonly number[]; readonly size: number }[]) =>
  charts.map(({ labels, size }) => Math.max(ROOMY_BITS, bitsFor(SLACK * Math.max(size, labels.length))));

/** The largest first, each into the first word with room. */
export function layOut(bits: readonly number[]): Layout {
  const used: number[] = [0];
  const fields: Field[] = [];
  const order = bits.map((_, chart) => chart).sort((a, b) => (bits[b] ?? 0) - (bits[a] ?? 0) || a - b);
  for (const chart of order) {
    const wanted = bits[chart] ?? 0;
    let word = used.findIndex((taken) => taken + wanted <= WORD_BITS);
    if (word < 0) word = used.push(0) - 1;
    fields[chart] = { word, shift: used[word] ?? 0, bits: wanted };
    used[word] = (used[word] ?? 0) + wanted;
  }
  return { fields, words: used.length };
}

/** The fields of a state whose words stand in `halves` from `from` on, the lower half of each first. */
export function unpack({ fields }: Layout, halves: Uint32Array, from: number, into: Int32Array): void {
  for (let chart = 0; chart < fields.length; chart++) {
    const { word, shift, bits } = fields[chart] as Field;
    const low = halves[from + 2 * word] as number;
    const high = halves[from + 2 * word + 1] as number;
    const value =
      shift >= 32 ? high >>> (shift - 32) : shift === 0 ? low : (low >>> shift) | (high << (32 - shift));
    into[chart] = value & ((1 << bits) - 1);
  }
}

/** Gives bits that the words of a state have left to the charts with the most local states: one each, then another. */
export function spared(bits: readonly number[], sizes: readonly number[]): readonly number[] {
  const { words } = layOut(bits);
  const largest = sizes.map((_, chart) => chart).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  let best = bits;
  for (let round = 0; round < SPARED; round++)
    for (const chart of largest.filter((chart) => (sizes[chart] ?? 0) >= GROWING)) {
      const more = best.map((width, at) => (at === chart ? width + 1 : width));
      if (layOut(more).words === words) best = more;
    }
  return best;
}

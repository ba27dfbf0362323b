/**
 * The visited set: states bit-packed into 32-bit words, full keys, open addressing.
 * Field widths start small and grow: when a chart shows a local state that does not fit, all stored states are repacked.
 * The id of a state is its place in breadth-first order.
 */
const FIRST_BITS = 5;
/** Half full at most. */
const FIRST_SLOTS = 1 << 12;

/** Spreads the words of one state over 32 bits. Only speed depends on it: full keys are compared. */
export type Hash = (words: Int32Array, from: number, length: number) => number;

export class StateStore {
  private bits: number[];
  private word: Int32Array = new Int32Array(0);
  private shift: Int32Array = new Int32Array(0);
  private most: Int32Array = new Int32Array(0);
  private words = 0;
  private states: Int32Array;
  private slots: Int32Array;
  private packed: Int32Array = new Int32Array(0);
  private count = 0;
  private readonly charts: number;
  private readonly hash: Hash;

  constructor(charts: number, hash: Hash = spread) {
    this.charts = charts;
    this.hash = hash;
    this.bits = Array.from({ length: charts }, () => FIRST_BITS);
    this.layOut();
    this.states = new Int32Array(this.words * 1024);
    this.slots = new Int32Array(FIRST_SLOTS).fill(-1);
  }

  get size(): number {
    return this.count;
  }

  /** Bytes held by states and index. */
  get bytes(): number {
    return this.states.byteLength + this.slots.byteLength;
  }

  /** Id of this vector of local states; `~id` when it was known already. */
  intern(locals: Int32Array): number {
    for (let c = 0; c < this.charts; c++)
      if ((locals[c] as number) > (this.most[c] as number)) this.widen(c, locals[c] as number);
    this.packed.fill(0);
    for (let c = 0; c < this.charts; c++) this.put(c, locals[c] as number);
    return this.find();
  }

  /** As `intern`, for a state that differs from a stored one in the first `n` charts listed. */
  internFrom(id: number, charts: Int32Array, locals: Int32Array, n: number): number {
    for (let c = 0; c < n; c++)
      if ((locals[c] as number) > (this.most[charts[c] as number] as number))
        this.widen(charts[c] as number, locals[c] as number);
    const { packed, words, states } = this;
    for (let w = 0, at = id * words; w < words; w++, at++) packed[w] = states[at] as number;
    for (let c = 0; c < n; c++) this.put(charts[c] as number, locals[c] as number);
    return this.find();
  }

  private put(chart: number, local: number): void {
    const w = this.word[chart] as number;
    const shift = this.shift[chart] as number;
    const rest = (this.packed[w] as number) & ~((this.most[chart] as number) << shift);
    this.packed[w] = rest | (local << shift);
  }

  /** Id of the packed state: stored now, or `~id` where it was. */
  private find(): number {
    const { packed, words, states } = this;
    const mask = this.slots.length - 1;
    let slot = this.hash(packed, 0, words) & mask;
    for (;;) {
      const id = this.slots[slot] as number;
      if (id < 0) break;
      let same = true;
      for (let w = 0, at = id * words; w < words; w++, at++)
        if (states[at] !== packed[w]) {
          same = false;
          break;
        }
      if (same) return ~id;
      slot = (slot + 1) & mask;
    }
    const id = this.count++;
    this.slots[slot] = id;
    if ((id + 1) * words > states.length) {
      this.states = new Int32Array(2 * states.length);
      this.states.set(states);
    }
    this.states.set(packed, id * words);
    if (2 * this.count > this.slots.length) this.reindex(2 * this.slots.length);
    return id;
  }

  /** Writes the local states of a stored state into `into`. */
  read(id: number, into: Int32Array): void {
    const at = id * this.words;
    for (let c = 0; c < this.charts; c++)
      into[c] =
        ((this.states[at + (this.word[c] as number)] as number) >>> (this.shift[c] as number)) &
        (this.most[c] as number);
  }

  private layOut(): void {
    this.word = new Int32Array(this.charts);
    this.shift = new Int32Array(this.charts);
    this.most = Int32Array.from(this.bits, (bits) => 2 ** bits - 1);
    let word = 0;
    let used = 0;
    this.bits.forEach((bits, c) => {
      if (used + bits > 32) {
        word++;
        used = 0;
      }
      this.word[c] = word;
      this.shift[c] = used;
      used += bits;
    });
    this.words = word + 1;
    this.packed = new Int32Array(this.words);
  }

  private widen(chart: number, local: number): void {
    const all = new Int32Array(this.count * this.charts);
    const one = new Int32Array(this.charts);
    for (let id = 0; id < this.count; id++) {
      this.read(id, one);
      all.set(one, id * this.charts);
    }
    while (local > 2 ** (this.bits[chart] ?? 0) - 1) this.bits[chart] = (this.bits[chart] ?? 0) + 1;
    this.layOut();
    this.states = new Int32Array(this.words * Math.max(1024, 2 * this.count));
    for (let id = 0; id < this.count; id++)
      for (let c = 0; c < this.charts; c++) {
        const at = id * this.words + (this.word[c] as number);
        this.states[at] =
          (this.states[at] as number) | ((all[id * this.charts + c] as number) << (this.shift[c] as number));
      }
    this.reindex(this.slots.length);
  }

  private reindex(length: number): void {
    const slots = new Int32Array(length).fill(-1);
    for (let id = 0; id < this.count; id++) {
      let slot = this.hash(this.states, id * this.words, this.words) & (length - 1);
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & (length - 1);
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

/** Finalised multiply-xor over the words of one state. */
function spread(words: Int32Array, from: number, length: number): number {
  let h = 0x9e3779b9 | 0;
  for (let w = from; w < from + length; w++) {
    h = Math.imul(h ^ (words[w] as number), 0x85ebca6b);
    h ^= h >>> 13;
  }
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  return (h ^ (h >>> 15)) >>> 0;
}

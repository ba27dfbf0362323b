/**
 * Backward reachability from forward edges: from which states can a goal never be reached again. States are swept from the last to
 * the first, over and over, until nothing changes; most edges lead forward, so few sweeps do.
 */

/** Transitions out of `ends.length` states from `from` on; those of the nth end at `ends[n]`. */
export interface Block {
  readonly from: number;
  readonly ends: Uint32Array;
  readonly targets: Uint32Array;
  /** Goals whose way may use the transition, one bit each. */
  readonly usable: Uint8Array;
}

/** Sets in `bits` (a bit a goal, first where it is met) each goal that a state can get to. `blocks` gives all edges, last first. */
export function closeBackwards(bits: Uint8Array, all: number, blocks: () => Iterable<Block>): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of blocks()) if (sweep(bits, all, block)) changed = true;
  }
}

function sweep(bits: Uint8Array, all: number, { from, ends, targets, usable }: Block): boolean {
  let changed = false;
  for (let n = ends.length - 1; n >= 0; n--) {
    const before = bits[from + n] as number;
    if (before === all) continue;
    let able = before;
    for (let edge = n === 0 ? 0 : (ends[n - 1] as number); edge < (ends[n] as number); edge++)
      able |= (bits[targets[edge] as number] as number) & (usable[edge] as number);
    if (able === before) continue;
    bits[from + n] = able;
    changed = true;
  }
  return changed;
}

/** States without a bit: how many, and the first of them (−1: none). A stored state may stand for several. */
export function without(
  bits: Uint8Array,
  bit: number,
  weigh: (state: number) => number = () => 1,
): { readonly count: number; readonly first: number } {
  let count = 0;
  let first = -1;
  for (let state = bits.length - 1; state >= 0; state--)
    if (((bits[state] as number) & bit) === 0) {
      count += weigh(state);
      first = state;
    }
  return { count, first };
}

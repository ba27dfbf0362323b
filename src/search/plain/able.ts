/**
 * Backward reachability without stored edges: from which states can each goal never be reached again. States are swept from the
 * last to the first, again and again over those still open, until nothing changes; successors are computed anew each time.
 */
import type { Goal } from './watches.ts';

/** Calls back for each transition out of the states from `from` to below `to`. */
export type Walk = (
  from: number,
  to: number,
  visit: (state: number, label: number, to: number) => void,
) => void;

export class Able {
  /** Per state one bit a goal: it meets the goal, or can get to it. */
  private readonly bits: Uint8Array;
  private readonly all: number;
  /** Per label: goals whose way may use it. */
  private readonly usable: Uint8Array;
  private readonly walk: Walk;

  constructor(bits: Uint8Array, goals: readonly Goal[], walk: Walk) {
    this.bits = bits;
    this.all = 2 ** goals.length - 1;
    this.walk = walk;
    const labels = goals[0]?.usable.length ?? 0;
    this.usable = Uint8Array.from({ length: labels }, (_, label) =>
      goals.reduce((mask, { usable }, bit) => mask | (usable[label] === true ? 1 << bit : 0), 0),
    );
  }

  close(): void {
    const { bits, all, usable } = this;
    for (let changed = true; changed; ) {
      changed = false;
      const visit = (state: number, label: number, to: number): void => {
        const before = bits[state] as number;
        const after = before | ((bits[to] as number) & (usable[label] as number));
        if (after === before) return;
        bits[state] = after;
        changed = true;
      };
      for (let state = bits.length - 1; state >= 0; state--)
        if (bits[state] !== all) this.walk(state, state + 1, visit);
    }
  }

  /** How many states cannot reach the goal, and the first of them. */
  lost(bit: number): { readonly count: number; readonly first: number } {
    let count = 0;
    let first = -1;
    for (let state = this.bits.length - 1; state >= 0; state--)
      if (((this.bits[state] as number) & (1 << bit)) === 0) {
        count++;
        first = state;
      }
    return { count, first };
  }
}

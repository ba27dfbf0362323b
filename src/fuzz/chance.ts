/**
 * Chance from numbers: one pick (an integer that fast-check draws and shrinks) becomes the draws of one step.
 */
import type { Chance } from '../../models/sampling/sampling.ts';

/** A small generator (mulberry32); the same seed gives the same numbers everywhere. */
export class PickChance implements Chance {
  private state = 0;

  reseed(pick: number): void {
    this.state = pick | 0;
  }

  below(n: number): number {
    if (n <= 1) return 0;
    return Math.floor(this.unit() * n);
  }

  /** In [0, 1). */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}

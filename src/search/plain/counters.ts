/**
 * What one thread has counted, in its area: transitions per label, and per watch how often it was violated and where first.
 */
import type { Area } from './memory.ts';

/** How often, and by which state and label first (−1: none, or no label). */
export interface Broken {
  readonly count: number;
  readonly state: number;
  readonly label: number;
}

export class Counters {
  /** Transitions per label. */
  readonly fired: BigInt64Array;
  private readonly watches: readonly DataView[];

  constructor(
    memory: ArrayBuffer | SharedArrayBuffer,
    at: number,
    area: Area,
    labels: number,
    watches: number,
  ) {
    this.fired = new BigInt64Array(memory, at + area.fired, labels);
    this.watches = Array.from(
      { length: watches },
      (_, watch) => new DataView(memory, at + area.watches + 16 * watch, 16),
    );
  }

  broken(watch: number): Broken {
    const view = this.watches[watch];
    if (view === undefined) throw new RangeError(`no watch ${watch}`);
    return {
      count: Number(view.getBigInt64(0, true)),
      state: view.getInt32(8, true),
      label: view.getInt32(12, true),
    };
  }

  /** Adds another thread's. The first violation is that of the first state; no two threads have the same. */
  add(other: Counters): void {
    other.fired.forEach((count, label) => {
      this.fired[label] = (this.fired[label] ?? 0n) + count;
    });
    this.watches.forEach((own, watch) => {
      const its = other.watches[watch];
      if (its === undefined) return;
      own.setBigInt64(0, own.getBigInt64(0, true) + its.getBigInt64(0, true), true);
      // As unsigned numbers no state at all is the largest.
      if (its.getUint32(8, true) >= own.getUint32(8, true)) return;
      own.setInt32(8, its.getInt32(8, true), true);
      own.setInt32(12, its.getInt32(12, true), true);
    });
  }

  reset(): void {
    this.fired.fill(0n);
    for (const view of this.watches) {
      view.setBigInt64(0, 0n, true);
      view.setInt32(8, -1, true);
      view.setInt32(12, -1, true);
    }
  }
}

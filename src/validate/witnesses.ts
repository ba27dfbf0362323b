/**
 * The same guest counted by others: what its kernel says it has (MemTotal) and what Xen counts for it (nr_pages), beside what its
 * driver believes (current). Read at rest, each differs from the driver's number by a constant: what the kernel keeps for itself,
 * and what Xen gave the domain outside the driver's books (0 for PV; a few pages, such as the ISA hole, where the P2M is Xen's).
 * The constants are taken from the first reading and stated; the first reading with another one is where the books stop being true.
 */
import type { Place } from '../core/result.ts';

/** One reading at rest, pages. */
export interface Reading extends Place {
  readonly name: string;
  readonly seconds: number;
  /** The driver's target and current. */
  readonly target: number;
  readonly current: number;
  /** MemTotal. */
  readonly managed: number | undefined;
  /** Xen's nr_pages and max_pages of the domain. */
  readonly xen: number | undefined;
  readonly limit: number | undefined;
}

export interface Divergence {
  readonly between: 'driver and kernel' | 'driver and Xen';
  readonly reading: Reading;
  /** Pages: how far the constant has moved. */
  readonly pages: number;
}

export interface Witnesses {
  readonly readings: readonly Reading[];
  /** Readings that the list leaves out. */
  readonly more: number;
  /** nr_pages − current, and current − MemTotal, at the first reading that has them. */
  readonly outside: number | undefined;
  readonly overhead: number | undefined;
  /** The first of each kind. */
  readonly divergences: readonly Divergence[];
}

const READINGS_MAX = 200;

export class WitnessBook {
  private readonly readings: Reading[] = [];
  private more = 0;
  private outside: number | undefined;
  private overhead: number | undefined;
  private readonly divergences: Divergence[] = [];

  add(reading: Reading): void {
    if (this.readings.length < READINGS_MAX) this.readings.push(reading);
    else this.more += 1;
    const { managed, xen, current } = reading;
    if (managed !== undefined) {
      this.overhead ??= current - managed;
      this.compare('driver and kernel', reading, current - managed - this.overhead);
    }
    if (xen !== undefined) {
      this.outside ??= xen - current;
      this.compare('driver and Xen', reading, xen - current - this.outside);
    }
  }

  get result(): Witnesses {
    const { readings, more, outside, overhead, divergences } = this;
    return { readings, more, outside, overhead, divergences };
  }

  private compare(between: Divergence['between'], reading: Reading, pages: number): void {
    if (pages !== 0 && !this.divergences.some((one) => one.between === between))
      this.divergences.push({ between, reading, pages });
  }
}

/** How one list of values follows another up to a constant. */
export interface Fit {
  /** What to add to the guest's value. */
  readonly offset: number;
  /** Values that fit, of so many without repetitions. */
  readonly fits: number;
  readonly of: number;
  /** The first value that does not. */
  readonly strays: number | undefined;
}

/**
 * The constant under which `seen` (somebody's readings, in order) are values that `had` went through, in that order; readings may
 * have missed some. The constant that explains most, and of those the smallest.
 */
export function fitOf(seen: readonly number[], had: readonly number[]): Fit | undefined {
  const [wanted, steps] = [seen, had].map(withoutRepetition);
  const first = wanted?.[0];
  if (wanted === undefined || steps === undefined || first === undefined) return undefined;
  const offsets = [...new Set(steps.map((value) => first - value))].sort((a, b) => Math.abs(a) - Math.abs(b));
  const fits = offsets.map((offset): Fit => {
    let at = 0;
    const count = wanted.findIndex((value) => {
      const found = steps.indexOf(value - offset, at);
      if (found >= 0) at = found;
      return found < 0;
    });
    const matched = count < 0 ? wanted.length : count;
    return { offset, fits: matched, of: wanted.length, strays: wanted[matched] };
  });
  return fits.reduce<Fit | undefined>(
    (best, fit) => (best === undefined || fit.fits > best.fits ? fit : best),
    undefined,
  );
}

const withoutRepetition = (values: readonly number[]): readonly number[] =>
  values.filter((value, at) => value !== values[at - 1]);

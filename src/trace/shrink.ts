/**
 * The project's only shrinker: from a run that fails to a short one that fails the same way.
 *
 * Steps are deleted in chunks, then one by one, then two by two; what remains is made simpler (lower sections, fewer pages,
 * repeats merged). The caller replays each candidate leniently: a label that is not enabled is skipped, so deleting one
 * step also takes away what hung on it. Deterministic: the same input gives the same result and the same number of tries.
 *
 * A result is 1-minimal: no single deletion still fails. It need not be a shortest run: that takes an exhaustive search.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Label } from '../core/label.ts';

/** The labels really taken up to and including the failure; undefined where this run does not fail the same way. */
export type Rerun<L extends Label = Label> = (labels: readonly L[]) => readonly L[] | undefined;

export interface ShrinkOptions<L extends Label = Label> {
  /** Simpler forms of one label, simplest first. */
  readonly simpler?: (label: L) => readonly L[];
  /** Changes of the whole run at once, such as two sections changing places. */
  readonly renamed?: (labels: readonly L[]) => readonly (readonly L[])[];
  /** A rerun that may take other labels than it is told, asked once `run` alone makes nothing shorter. */
  readonly mended?: Rerun<L>;
  /** Labels that could be taken after these, other than what follows: for ways round that are shorter. */
  readonly alternatives?: (before: readonly L[]) => readonly L[];
  /** Reruns at most; 20 000 unless given. */
  readonly triesMax?: number;
  /** After every rerun that was an improvement. */
  readonly onProgress?: (progress: ShrinkProgress) => void;
}

export interface ShrinkProgress {
  readonly tries: number;
  readonly length: number;
}

export interface Shrunk<L extends Label = Label> {
  readonly labels: readonly L[];
  /** Reruns made. */
  readonly tries: number;
  /** Nothing that the shrinker knows makes it shorter or simpler; false where the tries ran out. */
  readonly minimal: boolean;
}

const TRIES_MAX = 20_000;
/** Runs of up to so many labels are also tried without each two of them, and with other ways through them. */
const PAIRS_MAX = 64;
/** Most steps that one other step may stand for. */
const DETOUR_MAX = 8;
/** Longer candidates are not remembered: it would cost more memory than it saves time. */
const REMEMBERED_MAX = 200;

/** Undefined where the run does not fail at all. Labels may carry more than ours do (a domain): it is kept, and told apart by. */
export function shrink<L extends Label = Label>(
  labels: readonly L[],
  run: Rerun<L>,
  options: ShrinkOptions<L> = {},
): Shrunk<L> | undefined {
  const failing = run(labels);
  return failing === undefined ? undefined : new Shrinking(failing, run, options).finish();
}

class Shrinking<L extends Label> {
  private best: readonly L[];
  private cost: readonly [number, number];
  private tries = 1;
  private readonly run: Rerun<L>;
  private readonly options: ShrinkOptions<L>;
  private readonly triesMax: number;
  /** Candidates that did not help: rounds repeat many of them. */
  private readonly seen = new Set<string>();
  /** Plain reruns first: mending a long run leads it astray. */
  private isMending = false;

  constructor(best: readonly L[], run: Rerun<L>, options: ShrinkOptions<L>) {
    this.best = best;
    this.cost = costOf(best);
    this.run = run;
    this.options = options;
    this.triesMax = options.triesMax ?? TRIES_MAX;
  }

  /** Rounds until one changes nothing, so that shrinking a result changes nothing either. */
  finish(): Shrunk<L> {
    this.settle();
    this.isMending = true;
    this.seen.clear();
    if (this.options.mended !== undefined || this.options.alternatives !== undefined) this.settle();
    return { labels: this.best, tries: this.tries, minimal: !this.isSpent };
  }

  private settle(): void {
    let before: readonly L[];
    do {
      before = this.best;
      this.deleteChunks();
      this.deletePairs();
      this.mergeRepeats();
      this.simplify();
      this.rename();
      if (before === this.best && this.isMending) this.wayRound();
    } while (before !== this.best && !this.isSpent);
  }

  private get isSpent(): boolean {
    return this.tries >= this.triesMax;
  }

  /** Keeps a candidate that fails and costs less. */
  private better(candidate: readonly L[]): boolean {
    if (this.isSpent) return false;
    const key = candidate.length <= REMEMBERED_MAX ? JSON.stringify(candidate) : undefined;
    if (key !== undefined && this.seen.has(key)) return false;
    this.tries += 1;
    const found = this.run(candidate) ?? (this.isMending ? this.options.mended?.(candidate) : undefined);
    const cost = found === undefined ? undefined : costOf(found);
    if (found === undefined || cost === undefined || !isLess(cost, this.cost)) {
      if (key !== undefined) this.seen.add(key);
      return false;
    }
    this.best = found;
    this.cost = cost;
    this.options.onProgress?.({ tries: this.tries, length: found.length });
    return true;
  }

  /** Halves, quarters, … single steps, each from the end: what comes late is rarely needed by what comes before. */
  private deleteChunks(): void {
    for (let size = Math.max(1, this.best.length >> 1); ; size >>= 1) {
      this.deleteSized(size);
      if (size <= 1) break;
    }
  }

  private deleteSized(size: number): void {
    let end = this.best.length;
    while (end > 0 && !this.isSpent) {
      const start = Math.max(0, end - size);
      if (this.better([...this.best.slice(0, start), ...this.best.slice(end)]))
        // More than the chunk may have gone; single steps are all asked again.
        end = size === 1 ? this.best.length : Math.min(start, this.best.length);
      else end = start;
    }
  }

  /** Two steps that stand and fall together: an order and its withdrawal. */
  private deletePairs(): void {
    if (this.best.length > PAIRS_MAX) return;
    for (let first = 0; first < this.best.length; first++)
      for (let second = first + 1; second < this.best.length && !this.isSpent; second++)
        if (this.better(this.best.filter((_, at) => at !== first && at !== second))) {
          first = -1;
          break;
        }
  }

  /** A label and its next repeat become one with the pages of both, where the first stood or the second. */
  private mergeRepeats(): void {
    for (let first = 0; first < this.best.length && !this.isSpent; first++) {
      const label = this.best[first];
      const second = this.best.findIndex(
        (other, at) => at > first && label !== undefined && isRepeat(label, other),
      );
      if (label === undefined || second < 0) continue;
      const pages = (label.pages ?? 0) + (this.best[second]?.pages ?? 0);
      const at = (place: number, gone: number) =>
        this.best.flatMap((one, here) =>
          here === place ? [{ ...label, pages }] : here === gone ? [] : [one],
        );
      if (this.better(at(first, second)) || this.better(at(second, first))) first -= 1;
    }
  }

  private simplify(): void {
    const { simpler } = this.options;
    if (simpler === undefined) return;
    for (let at = 0; at < this.best.length && !this.isSpent; at++) {
      const label = this.best[at];
      if (label === undefined) break;
      for (const form of simpler(label)) if (this.better(this.best.with(at, form))) break;
    }
  }

  /** One other step instead of two or more. */
  private wayRound(): void {
    const { alternatives } = this.options;
    if (alternatives === undefined || this.best.length > PAIRS_MAX) return;
    for (let at = this.best.length - 1; at >= 0; at--) {
      const before = this.best.slice(0, at);
      for (const other of alternatives(before))
        for (let to = at + 2; to <= Math.min(this.best.length, at + DETOUR_MAX) && !this.isSpent; to++)
          if (this.better([...before, other, ...this.best.slice(to)])) return;
    }
  }

  private rename(): void {
    const { renamed } = this.options;
    if (renamed === undefined) return;
    const again = () => renamed(this.best).some((candidate) => this.better(candidate));
    while (!this.isSpent && again());
  }
}

/** Labels first, then the size of what they carry. */
function costOf(labels: readonly Label[]): readonly [number, number] {
  let weight = 0;
  for (const { section = 0, block = 0, first = 0, count = 0, pages = 0 } of labels)
    weight += Math.max(0, section) + block + first + count + pages;
  return [labels.length, weight];
}

const isLess = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

/** They differ in their pages, if at all. */
function isRepeat(a: Label, b: Label): boolean {
  if (a.pages === undefined || b.pages === undefined || a.type !== b.type) return false;
  const { pages: _, ...rest } = a;
  const { pages: __, ...other } = b;
  return isDeepStrictEqual(rest, other);
}

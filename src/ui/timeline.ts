/**
 * Thousands of records on one line: counted into bins of equal time, the whole run or a window around one record.
 */
export interface Timed {
  readonly seconds: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The run from its first record to its last; never of no length. */
export function wholeOf(records: readonly Timed[]): Span {
  const from = records[0]?.seconds ?? 0;
  const to = records.at(-1)?.seconds ?? from;
  return { from, to: Math.max(to, from + 1e-6) };
}

/** `seconds` around a moment, pushed back inside the whole where it would stick out. */
export function around(whole: Span, moment: number, seconds: number): Span {
  const length = Math.min(seconds, whole.to - whole.from);
  const from = Math.min(Math.max(whole.from, moment - length / 2), whole.to - length);
  return { from, to: from + length };
}

/** Records per bin; a record at the very end is in the last. */
export function binsOf(records: readonly Timed[], span: Span, bins: number): readonly number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let at = firstFrom(records, span.from); at < records.length; at++) {
    const { seconds } = records[at] ?? { seconds: Number.POSITIVE_INFINITY };
    if (seconds > span.to) break;
    const bin = Math.min(bins - 1, Math.floor((bins * (seconds - span.from)) / (span.to - span.from)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** The first record at or after a moment; the number of records where there is none. Records ascend in time. */
export function firstFrom(records: readonly Timed[], moment: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.seconds ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The record nearest in time. */
export function nearest(records: readonly Timed[], moment: number): number {
  const after = Math.min(firstFrom(records, moment), records.length - 1);
  const before = Math.max(0, after - 1);
  const far = (at: number): number => Math.abs((records[at]?.seconds ?? 0) - moment);
  return far(before) <= far(after) ? before : after;
}

/** Round marks on an axis: at most `count`, at 1, 2 or 5 times a power of ten. */
export function marksOf({ from, to }: Span, count: number): readonly number[] {
  const rough = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 10 * power;
  const marks: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to && marks.length <= count; n++) marks.push(n * step);
  return marks;
}

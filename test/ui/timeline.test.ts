/** Records on a time line, against counting them one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, binsOf, firstFrom, marksOf, nearest, wholeOf } from '../../src/ui/timeline.ts';
import { prop } from '../support/prop.ts';

const records = fc
  .array(fc.nat({ max: 1_000_000_000 }), { minLength: 1, maxLength: 60 })
  .map((times) => times.sort((a, b) => a - b).map((microseconds) => ({ seconds: microseconds / 1e6 })));
const seconds = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('a time line', () => {
  prop(
    'puts every record in a bin',
    { all: records, bins: fc.integer({ min: 1, max: 40 }) },
    ({ all, bins }) => {
      const counts = binsOf(all, wholeOf(all), bins);
      expect(counts).toHaveLength(bins);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(all.length);
    },
  );

  prop(
    'counts what is inside a window, and nothing else',
    { all: records, n: fc.nat(), length: seconds(0.001, 500) },
    ({ all, n, length }) => {
      const moment = all[n % all.length]?.seconds ?? 0;
      const whole = wholeOf(all);
      const span = around(whole, moment, length);
      expect(span.from).toBeLessThanOrEqual(moment + 1e-9);
      expect(span.to).toBeGreaterThanOrEqual(moment - 1e-9);
      expect(span.from).toBeGreaterThanOrEqual(whole.from - 1e-9);
      expect(span.to).toBeLessThanOrEqual(whole.to + 1e-9);
      const inside = all.filter((one) => one.seconds >= span.from && one.seconds <= span.to).length;
      expect(binsOf(all, span, 7).reduce((sum, one) => sum + one, 0)).toBe(inside);
    },
  );

  prop(
    'finds the record nearest to a click',
    { all: records, moment: seconds(-10, 1010) },
    ({ all, moment }) => {
      const far = (at: number) => Math.abs((all[at]?.seconds ?? Number.NaN) - moment);
      expect(far(nearest(all, moment))).toBe(Math.min(...all.map((_, at) => far(at))));
      const first = all.findIndex((one) => one.seconds >= moment);
      expect(firstFrom(all, moment)).toBe(first < 0 ? all.length : first);
    },
  );

  it('marks round moments', () => {
    expect(marksOf({ from: 18.9, to: 43.5 }, 6)).toEqual([20, 25, 30, 35, 40]);
    expect(marksOf({ from: 0, to: 1 }, 5).map((mark) => Number(mark.toPrecision(9)))).toEqual([
      0, 0.2, 0.4, 0.6, 0.8, 1,
    ]);
  });
});

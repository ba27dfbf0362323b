/** Logs that lost records, judged. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import type { TraceItem } from '../../src/logs/records.ts';
import { geometryOf, validateItems } from '../../src/validate/validate.ts';
import type { Validator } from '../../src/validate/validator.ts';
import { itemsOfRun } from './guest-runs.ts';
import { prop } from './prop.ts';

export const judged = (items: readonly TraceItem[]): Validator =>
  validateItems(items, expectOk(geometryOf(items), 'the items are parsed'), { protocol: v3, properties });

export const LOST: TraceItem = { kind: 'gap', reason: 'lost', file: 'x', line: 1 };

/** The items but for some, which the log says are lost. */
export const without = (items: readonly TraceItem[], from: number, count: number): readonly TraceItem[] => [
  ...items.slice(0, from),
  LOST,
  ...items.slice(from + count),
];

/** Lost records and late beginnings alone are never held against the guests of these runs. */
export function lossesAreForgiven(names: readonly string[], most: number): void {
  const runs = new Map(names.map((run) => [run, itemsOfRun(run)]));
  const whole = new Map<string, readonly string[]>();
  /** Properties that the untouched log breaks; judged once. */
  const brokenBy = (run: string): readonly string[] => {
    const known =
      whole.get(run) ?? judged(runs.get(run) ?? []).breaches.certain.map(({ property }) => property);
    whole.set(run, known);
    return known;
  };
  const anyRun = fc.constantFrom(...names);
  const somewhere = fc.double({ min: 0, max: 0.999, noNaN: true });

  prop(
    'lost records alone get no guest rejected, nor blamed',
    { run: anyRun, at: somewhere, count: fc.integer({ min: 1, max: most }) },
    ({ run, at, count }) => {
      const items = runs.get(run) ?? [];
      const found = judged(without(items, Math.floor(at * items.length), count));
      expect(found.rejection).toBeUndefined();
      for (const { property } of found.breaches.certain) expect(brokenBy(run)).toContain(property);
    },
  );

  prop('a log that begins anywhere is not rejected', { run: anyRun, at: somewhere }, ({ run, at }) => {
    const items = runs.get(run) ?? [];
    expect(judged(items.slice(Math.floor(at * items.length))).rejection).toBeUndefined();
  });
}

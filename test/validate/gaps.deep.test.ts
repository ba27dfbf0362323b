/** The same for the longer logs: lost records and late beginnings alone are never held against the guest. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import type { TraceItem } from '../../src/logs/records.ts';
import { geometryOf, validateItems } from '../../src/validate/validate.ts';
import type { Validator } from '../../src/validate/validator.ts';
import { itemsOfRun } from '../support/guest-runs.ts';
import { prop } from '../support/prop.ts';

const judged = (items: readonly TraceItem[]): Validator =>
  validateItems(items, expectOk(geometryOf(items), 'the items are parsed'), { protocol: v3, properties });

const LOST: TraceItem = { kind: 'gap', reason: 'lost', file: 'x', line: 1 };
const without = (items: readonly TraceItem[], from: number, count: number): readonly TraceItem[] => [
  ...items.slice(0, from),
  LOST,
  ...items.slice(from + count),
];
const runs = new Map(
  ['01-balloon', '02-hotplug', '03-auto-online', '04-offline-movable', '07-target-mid', '12-partial'].map(
    (run) => [run, itemsOfRun(run)],
  ),
);
const anyRun = fc.constantFrom(...runs.keys());
const somewhere = fc.double({ min: 0, max: 0.999, noNaN: true });

prop(
  'lost records alone get no guest rejected, nor blamed',
  { run: anyRun, at: somewhere, count: fc.integer({ min: 1, max: 60 }) },
  ({ run, at, count }) => {
    const items = runs.get(run) ?? [];
    const found = judged(without(items, Math.floor(at * items.length), count));
    expect(found.rejection).toBeUndefined();
    const whole = judged(items).breaches.certain.map(({ property }) => property);
    for (const { property } of found.breaches.certain) expect(whole).toContain(property);
  },
);

prop('a log that begins anywhere is not rejected', { run: anyRun, at: somewhere }, ({ run, at }) => {
  const items = runs.get(run) ?? [];
  expect(judged(items.slice(Math.floor(at * items.length))).rejection).toBeUndefined();
});

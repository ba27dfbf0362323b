/** The packed search and the naive explorer say the same of hundreds of random tiny products (design §8). */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chart, role, stay } from '../../models/kit.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Model } from '../../src/core/chart.ts';
import { exploreNaively } from '../support/naive.ts';
import { naively, packed, poorHashes, tinyCase } from '../support/packed.ts';
import { prop } from '../support/prop.ts';
import { helpEarly, shareTwos } from '../support/threads.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const cases = fc.array(tinyCase, { minLength: 4, maxLength: 4 });

describe('packed and naive search agree on tiny products', () => {
  prop(
    'in counts, violations, shortest lengths and refusals, four products a case',
    { cases },
    ({ cases }) => {
      for (const { model, asked } of cases) expect(packed(model, asked)).toEqual(naively(model, asked));
    },
  );

  prop('by two threads that share states in twos', { one: tinyCase }, ({ one: { model, asked } }) => {
    helpEarly(2);
    shareTwos();
    expect(packed(model, asked, { threads: 2 })).toEqual(naively(model, asked));
    vi.restoreAllMocks();
  });

  prop('whatever the hash', { one: tinyCase }, ({ one: { model, asked } }) => {
    const usual = packed(model, asked);
    for (const hash of poorHashes) expect(packed(model, asked, { hash })).toEqual(usual);
  });
});

it('tiny as they are, helpers take part in them', () => {
  const helped = helpEarly(2);
  shareTwos();
  for (const { model, asked } of fc.sample(tinyCase, { numRuns: 20, seed: 2010 }))
    packed(model, asked, { threads: 2 });
  expect(helped()).toBeGreaterThan(5);
});

it('the drawn products are worth drawing: some large, some stuck, every kind of watch both met and not', () => {
  const drawn = fc.sample(cases, { numRuns: 60, seed: 2010 }).flat();
  const results = drawn.map(({ model, asked }) => ({ asked, found: exploreNaively(model, asked) }));
  expect(results.filter(({ found }) => found.states >= 20).length).toBeGreaterThan(20);
  expect(results.filter(({ found }) => found.dead > 0).length).toBeGreaterThan(20);
  expect(results.filter(({ found }) => found.refusals.size > 0).length).toBeGreaterThan(10);
  for (const kind of ['state', 'step', 'possible']) {
    const met = results.flatMap(({ asked, found }) =>
      asked.flatMap((watch, at) => (watch.kind === kind ? [found.violations[at] !== undefined] : [])),
    );
    expect(met.filter((violated) => violated).length, `${kind} violated`).toBeGreaterThan(20);
    expect(met.filter((violated) => !violated).length, `${kind} not violated`).toBeGreaterThan(20);
  }
});

it('a transition that two charts judge badly is one violation', () => {
  const twin = (id: string) =>
    chart<Record<string, never>>({
      id,
      kind: 'twin',
      actor: 'somebody',
      families: role('initiates', 'verb.go'),
      context: {},
      initial: 'here',
      states: { here: { 'verb.go': stay } },
      observe: () => ({}),
    });
  const model: Model = { charts: [twin('a'), twin('b')], alphabet: [{ type: 'verb.go' }] };
  const never: Watch = { kind: 'step', never: [], on: 'twin', holds: () => false };
  expect(packed(model, [never]).violations).toEqual([{ length: 1, count: 1 }]);
});

/** The packed search and the naive explorer say the same of hundreds of random tiny products (design §8). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chart, role, stay } from '../../models/kit.ts';
import type { Watch } from '../../src/compose/observation.ts';
import { composeProduct } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { i64 } from '../../src/wasm/expression.ts';
import { exploreNaively } from '../support/naive.ts';
import { prop } from '../support/prop.ts';
import { tinyModel, tinyWatch } from '../support/tiny.ts';

const cases = fc.array(
  fc.record({ model: tinyModel, asked: fc.array(tinyWatch, { minLength: 1, maxLength: 6 }) }),
  {
    minLength: 4,
    maxLength: 4,
  },
);

/** All that both can say, in one shape. */
function packed(model: Model, asked: readonly Watch[], options: SearchOptions = {}) {
  const product = expectOk(composeProduct(model), 'the generator makes only products');
  const found = explore(product, asked, options);
  return {
    states: found.states,
    transitions: found.transitions,
    depth: found.depth,
    violations: found.violations.map((violation) =>
      violation === undefined
        ? undefined
        : {
            length: found.path(violation.state).length + (violation.label === undefined ? 0 : 1),
            count: violation.count,
          },
    ),
    taken: [
      ...new Set(product.labels.flatMap(({ type }, id) => ((found.fired[id] ?? 0) > 0 ? [type] : []))),
    ].sort(),
    refusals: [
      ...new Set(
        found.refusals.map(
          ({ chart, label }) =>
            `${product.tables[chart]?.chart.id}: ${JSON.stringify(product.labels[label])}`,
        ),
      ),
    ].sort(),
  };
}

function naive(model: Model, asked: readonly Watch[]) {
  const { states, transitions, depth, violations, taken, refusals } = exploreNaively(model, asked);
  return { states, transitions, depth, violations, taken: [...taken].sort(), refusals: [...refusals].sort() };
}

describe('packed and naive search agree on tiny products', () => {
  prop(
    'in counts, violations, shortest lengths and refusals, four products a case',
    { cases },
    ({ cases }) => {
      for (const { model, asked } of cases) expect(packed(model, asked)).toEqual(naive(model, asked));
    },
  );

  prop('whatever the hash', { cases }, ({ cases }) => {
    for (const { model, asked } of cases) {
      const usual = packed(model, asked);
      expect(packed(model, asked, { hash: () => i64.const(0n) })).toEqual(usual);
      expect(
        packed(model, asked, { hash: ([word = i64.const(0n)]) => i64.shl(word, i64.const(32n)) }),
      ).toEqual(usual);
    }
  });
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

/** Telling two products apart agrees with a breadth-first walk straight over XState, on random pairs of tiny products. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellApart } from '../../src/compare/tell-apart.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { NaiveProduct, type State } from '../support/naive-product.ts';
import { tinyModel } from '../support/tiny.ts';

const product = (model: Model): Product => expectOk(composeProduct(model), 'tiny models compose');

/** Lengths of the shortest run that only the second, and only the first, has: by sets of traces, one length after the other. */
function naiveLengths(first: Model, second: Model, pairsMax: number) {
  const [a, b] = [new NaiveProduct(first), new NaiveProduct(second)];
  const texts = [...new Set([...first.alphabet, ...second.alphabet].map(labelText))];
  const idIn = (model: Model, text: string) => model.alphabet.findIndex((label) => labelText(label) === text);
  const ids = texts.map((text) => [idIn(first, text), idIn(second, text)] as const);
  const seen = new Set<string>();
  let frontier: (readonly [State, State])[] = [[a.initial, b.initial]];
  let [gained, lost]: (number | undefined)[] = [undefined, undefined];
  for (let length = 1; frontier.length > 0; length++) {
    const next: (readonly [State, State])[] = [];
    for (const [p, q] of frontier)
      for (const [inA, inB] of ids) {
        const toA = inA < 0 ? undefined : a.step(p, inA);
        const toB = inB < 0 ? undefined : b.step(q, inB);
        if (toA === undefined && toB !== undefined) gained ??= length;
        if (toA !== undefined && toB === undefined) lost ??= length;
        if (toA === undefined || toB === undefined) continue;
        const key = JSON.stringify([toA, toB]);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push([toA, toB]);
      }
    if (seen.size > pairsMax) return undefined;
    frontier = next;
  }
  return { gained, lost };
}

/** Two strangers, which part at once, or a product and itself with one label fewer on either side, which part where that is enabled. */
const pairs = fc.oneof(
  { arbitrary: fc.tuple(tinyModel, tinyModel), weight: 1 },
  {
    arbitrary: fc
      .tuple(tinyModel, fc.nat({ max: 9 }), fc.nat({ max: 9 }))
      .map(([model, a, b]) => [without(model, a), without(model, b)] as const),
    weight: 3,
  },
);
function without(model: Model, at: number): Model {
  const product = new NaiveProduct(model);
  const late = model.alphabet.filter((_, id) => product.step(product.initial, id) === undefined);
  const gone = late[at % Math.max(1, late.length)];
  const fewer = model.alphabet.filter((label) => label !== gone);
  return { ...model, alphabet: fewer.length === 0 ? model.alphabet : fewer };
}

const PAIRS = 600;

describe('telling two products apart', () => {
  it('finds the shortest run gained and the shortest run lost, as the naive walk does', () => {
    let told = 0;
    fc.assert(
      fc.property(pairs, ([first, second]) => {
        const naive = naiveLengths(first, second, PAIRS);
        fc.pre(naive !== undefined);
        const ours = tellApart(product(first), product(second));
        const lengths = {
          gained: ours.gained && ours.gained.run.length + 1,
          lost: ours.lost && ours.lost.run.length + 1,
        };
        expect(lengths).toEqual(naive);
        if (naive?.gained === undefined || naive.lost === undefined) expect(ours.complete).toBe(true);
        if ((naive?.gained ?? 0) > 1 || (naive?.lost ?? 0) > 1) told++;
      }),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(10);
  });

  it('finds nothing between a product and itself, and says that it has seen everything', () => {
    fc.assert(
      fc.property(tinyModel, (model) => {
        const same = tellApart(product(model), product(model));
        expect(same).toMatchObject({ gained: undefined, lost: undefined, complete: true });
      }),
      { numRuns: 100 },
    );
  });

  it('says so when it has not seen everything', () => {
    fc.assert(
      fc.property(tinyModel, (model) => {
        const all = tellApart(product(model), product(model));
        fc.pre(all.pairs > 3);
        expect(tellApart(product(model), product(model), 1).complete).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

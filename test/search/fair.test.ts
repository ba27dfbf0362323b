/** Fair lassos: the fast judge and the slow one say the same of hundreds of random products and fairness sets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemporalWatch } from '../../src/compose/observation.ts';
import { composeProduct } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { judgeTemporal, type Lasso } from '../../src/search/fair/judge-temporal.ts';
import { explore } from '../../src/search/search.ts';
import { lassoFaults, naiveGraph, naiveLassos } from '../support/naive-lasso.ts';
import { prop } from '../support/prop.ts';
import { tinyModel, tinyTemporal } from '../support/tiny.ts';

/** The slow judge squares the number of states. */
const STATES_MAX = 40;

const cases = fc.array(
  fc.record({ model: tinyModel, watches: fc.array(tinyTemporal, { minLength: 1, maxLength: 3 }) }),
  { minLength: 3, maxLength: 3 },
);

interface Judged {
  readonly model: Model;
  readonly watch: TemporalWatch;
  readonly lasso: Lasso | undefined;
}

function judged(model: Model, watches: readonly TemporalWatch[]): readonly Judged[] {
  const product = expectOk(composeProduct(model), 'the generator makes only products');
  const found = explore(product, watches, { statesMax: STATES_MAX + 1 });
  if (!found.complete || found.refusals.length > 0) return [];
  const lassos = judgeTemporal(product, found, watches);
  return watches.map((watch, at) => ({ model, watch, lasso: lassos[at] }));
}

const labelsOf = (model: Model, ids: readonly number[]) => ids.flatMap((id) => model.alphabet[id] ?? []);

describe('the fast judge and the slow one agree on tiny products', () => {
  prop('on whether, how far away, and through how many states', { cases }, ({ cases: drawn }) => {
    for (const { model, watches } of drawn)
      for (const { watch, lasso } of judged(model, watches)) {
        const ours = lasso && { length: lasso.prefix.length, count: lasso.count };
        expect(ours).toEqual(naiveLassos(naiveGraph(model), watch));
      }
  });

  prop('and what is shown is a lasso by definition', { cases }, ({ cases: drawn }) => {
    for (const { model, watches } of drawn)
      for (const { watch, lasso } of judged(model, watches)) {
        if (lasso === undefined) continue;
        const [prefix, loop] = [labelsOf(model, lasso.prefix), labelsOf(model, lasso.loop)];
        expect(lassoFaults(naiveGraph(model), watch, prefix, loop)).toEqual([]);
      }
  });

  it('on products worth judging', () => {
    const all = fc
      .sample(cases, { numRuns: 120, seed: 2010 })
      .flat()
      .flatMap(({ model, watches }) => judged(model, watches));
    const found = all.flatMap(({ lasso }) => lasso ?? []);
    const answers = found.flatMap((lasso) => lasso.answers.map(({ strength, how }) => `${strength} ${how}`));
    expect(all.length - found.length).toBeGreaterThan(60);
    expect(found.filter(({ loop }) => loop.length === 0).length).toBeGreaterThan(30);
    expect(found.filter(({ loop }) => loop.length > 1).length).toBeGreaterThan(10);
    expect(found.filter(({ prefix }) => prefix.length > 1).length).toBeGreaterThan(10);
    for (const kind of ['weak taken', 'weak notOfferedOnce', 'strong taken', 'strong neverOffered'])
      expect(answers.filter((answer) => answer === kind).length, kind).toBeGreaterThan(3);
  });
});

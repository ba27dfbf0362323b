/** Ten thousand random tiny products: blocks, the plain engine and the naive explorer agree. The large scopes of the reference model. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import { referenceModel, referenceSplit, referenceWatches } from '../../bench/reference-model.ts';
import { blockCase, compose, inBlocks, said, shownRuns } from '../../support/blocks.ts';
import { exploreNaively } from '../../support/naive.ts';
import { saidNaively } from '../../support/packed.ts';

it('ten thousand products', () => {
  const all = fc.property(blockCase, ({ model, asked, split }) => {
    const watches = asked.filter(({ kind }) => kind !== 'temporal');
    const product = compose(model);
    const found = inBlocks(product, watches, split);
    const naive = exploreNaively(model, watches);
    expect(said(product, found)).toEqual(saidNaively(naive));
    expect([found.layers, found.deadlocks]).toEqual([naive.layers, naive.dead]);
    expect(shownRuns(found)).toEqual(shownRuns(explore(compose(model), watches)));
  });
  fc.assert(all, { numRuns: 10_000, seed: 2010 });
});

it.each([
  [{ sections: 5, pages: 2, host: 10 }, 72_275_940, 1_165_294_299, 49, 1],
  [{ sections: 5, pages: 2, host: 10 }, 72_275_940, 1_165_294_299, 49, 2],
  [{ sections: 6, pages: 2, host: 12 }, 1_093_705_529, 20_521_060_462, 57, 1],
  [{ sections: 6, pages: 2, host: 12 }, 1_093_705_529, 20_521_060_462, 57, 2],
] as const)(
  '%j: %d states, %d transitions, depth %d, by %d threads',
  (scope, states, transitions, depth, threads) => {
    const found = inBlocks(compose(referenceModel(scope)), referenceWatches(scope), referenceSplit, {
      threads,
    });
    expect(found).toMatchObject({ states, transitions, depth, deadlocks: 0 });
    expect(found.violations.every((violation) => violation === undefined)).toBe(true);
  },
);

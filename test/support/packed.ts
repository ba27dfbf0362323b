/** What the packed search and the naive explorer say of tiny products, in one shape. */
import fc from 'fast-check';
import type { Watch } from '../../src/compose/observation.ts';
import type { Model } from '../../src/core/chart.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { i64 } from '../../src/wasm/expression.ts';
import { compose, said } from './blocks.ts';
import { exploreNaively } from './naive.ts';
import { tinyModel, tinyWatch } from './tiny.ts';

export const tinyCase = fc.record({
  model: tinyModel,
  asked: fc.array(tinyWatch, { minLength: 1, maxLength: 6 }),
});

/** All that both can say. */
export function packed(model: Model, asked: readonly Watch[], options: SearchOptions = {}) {
  const product = compose(model);
  return said(product, explore(product, asked, options));
}

export function saidNaively(found: ReturnType<typeof exploreNaively>) {
  const { states, transitions, depth, violations, taken, refusals } = found;
  return { states, transitions, depth, violations, taken: [...taken].sort(), refusals: [...refusals].sort() };
}

export const naively = (model: Model, asked: readonly Watch[]) => saidNaively(exploreNaively(model, asked));

/** Hashes that make every state meet every other, or leave the tag empty. */
export const poorHashes: readonly NonNullable<SearchOptions['hash']>[] = [
  () => i64.const(0n),
  ([word = i64.const(0n)]) => i64.shl(word, i64.const(32n)),
];

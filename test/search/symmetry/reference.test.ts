/** The reference model under symmetry has the canonical counts that two other engines found, and whole counts as ever. */
import { expect, it } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import { type ReferenceScope, referenceModel, referenceWatches } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';

const scope = (sections: number, pages: number, host: number): ReferenceScope => ({ sections, pages, host });
const reduced = (its: ReferenceScope) =>
  explore(compose(referenceModel(its)), referenceWatches(its), { symmetry: true });

it.each([
  [scope(2, 2, 4), { states: 10_197, transitions: 80_574 }, 25],
  [scope(3, 2, 4), { states: 118_800, transitions: 1_229_202 }, 31],
  [scope(4, 2, 8), { states: 4_373_975, transitions: 58_827_290 }, 41],
] as const)('%j: the whole is what it was', (its, whole, depth) => {
  const t = performance.now();
  const found = reduced(its);
  console.log(found.engine, performance.now() - t);
  expect(found).toMatchObject({ whole, depth, violations: [undefined, undefined, undefined, undefined] });
});

it.each([
  [scope(4, 2, 8), { states: 309_350 }, { states: 4_373_975 }],
  [
    scope(5, 2, 10),
    { states: 1_432_692, transitions: 23_188_323 },
    { states: 72_275_940, transitions: 1_165_294_299 },
  ],
  [scope(6, 2, 12), { states: 5_444_390, transitions: 102_655_938 }, { states: 1_093_705_529 }],
] as const)('%j: %j orbits', (its, orbits, whole) => {
  const t = performance.now();
  const found = reduced(its);
  console.log(found.engine, performance.now() - t);
  expect(found).toMatchObject({ ...orbits, whole });
});

/** On shipped variants in larger scopes, as models.test.ts; and the reference model at sizes that take seconds. */
import { expect, it } from 'vitest';
import { full } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { v0 } from '../../../models/variants/v0.ts';
import { v3 } from '../../../models/variants/v3.ts';
import { explore } from '../../../src/search/search.ts';
import { referenceModel, referenceWatches } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';
import { expectSameOverOrbits } from '../../support/symmetric-models.ts';

it.each([
  [v0, 710_415],
  [v3, 662_049],
  [lifecycle, 94_851],
] as const)('$id', (protocol, orbits) => {
  expectSameOverOrbits(protocol, full, new RegExp(`: ${orbits} orbits`));
  expectSameOverOrbits(protocol, full, new RegExp(`: ${orbits} orbits.*; blocks of`), { engine: 'block' });
});

it.each([
  [
    { sections: 5, pages: 2, host: 10 },
    { states: 1_432_692, transitions: 23_188_323 },
    { states: 72_275_940, transitions: 1_165_294_299 },
  ],
  [
    { sections: 6, pages: 2, host: 12 },
    { states: 5_444_390, transitions: 102_655_938 },
    { states: 1_093_705_529, transitions: 20_521_060_462 },
  ],
  [
    { sections: 7, pages: 2, host: 14 },
    { states: 17_791_424 },
    { states: 15_509_574_080, transitions: 331_590_617_588 },
  ],
])('the reference model, %j: %j between orbits', (scope, orbits, whole) => {
  const found = explore(compose(referenceModel(scope)), referenceWatches(scope), { symmetry: true });
  expect(found).toMatchObject({ ...orbits, whole });
});

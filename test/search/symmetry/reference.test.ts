/** The reference model over orbits: as many as two other engines found, and of the whole graph what it ever had. */
import { expect, it } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import { referenceModel, referenceWatches } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';

it.each([
  [{ sections: 3, pages: 2, host: 4 }, 26_176, [118_800, 1_229_202, 31]],
  [{ sections: 4, pages: 2, host: 8 }, 309_350, [4_373_975, 58_827_290, 41]],
])('%j: %d orbits', (scope, states, [all, transitions, depth]) => {
  const found = explore(compose(referenceModel(scope)), referenceWatches(scope), { symmetry: true });
  expect(found).toMatchObject({ states, whole: { states: all, transitions }, depth });
  expect(found.violations.every((violation) => violation === undefined)).toBe(true);
});

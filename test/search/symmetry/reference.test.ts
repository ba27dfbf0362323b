/** The reference model over orbits: as many as two other engines found, and of the whole graph what it ever had. */
import { expect, it } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import { referenceModel, referenceSplit, referenceWatches } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';

const small = [
  [{ sections: 2, pages: 2, host: 4 }, 5_580, [10_197, 80_574, 25]],
  [{ sections: 3, pages: 1, host: 3 }, 10_624, [43_184, 443_938, 30]],
  [{ sections: 3, pages: 2, host: 4 }, 26_176, [118_800, 1_229_202, 31]],
  [{ sections: 4, pages: 2, host: 4 }, 82_725, [1_101_600, 14_071_860, 37]],
  [{ sections: 4, pages: 2, host: 8 }, 309_350, [4_373_975, 58_827_290, 41]],
] as const;
/** Of which blocks find the orbits in a second. The last was counted over plain states too, in the deep tests. */
const large = [
  [{ sections: 5, pages: 2, host: 10 }, 1_432_692, [72_275_940, 1_165_294_299, 49]],
  [{ sections: 6, pages: 2, host: 12 }, 5_444_390, [1_093_705_529, 20_521_060_462, 57]],
  [{ sections: 7, pages: 2, host: 14 }, 17_791_424, [15_509_574_080, 331_590_617_588, 65]],
] as const;

it.each(small)('%j: %d orbits', (scope, states, [all, transitions, depth]) => {
  const found = explore(compose(referenceModel(scope)), referenceWatches(scope), { symmetry: true });
  expect(found).toMatchObject({ states, whole: { states: all, transitions }, depth });
  expect(found.violations.every((violation) => violation === undefined)).toBe(true);
});

it.each([...small, ...large])('%j in blocks: %d orbits', (scope, states, [all, transitions, depth]) => {
  const found = explore(compose(referenceModel(scope)), referenceWatches(scope), {
    symmetry: true,
    engine: 'block',
    split: referenceSplit,
  });
  expect(found.engine).toMatch(new RegExp(`in any order: ${states} orbits.*; blocks of`));
  expect(found).toMatchObject({ states, whole: { states: all, transitions }, depth });
  expect(found.violations.every((violation) => violation === undefined)).toBe(true);
});

it('two threads in blocks: weights are counted once', () => {
  const scope = { sections: 8, pages: 2, host: 16 };
  const [one, two] = [1, 2].map((threads) => {
    const found = explore(compose(referenceModel(scope)), referenceWatches(scope), {
      symmetry: true,
      engine: 'block',
      split: referenceSplit,
      threads,
    });
    const { states, transitions, whole, depth, fired, violations } = found;
    return { states, transitions, whole, depth, fired, violations };
  });
  expect(one).toMatchObject({
    whole: { states: 209_207_063_979, transitions: 5_016_694_151_826 },
    depth: 73,
  });
  expect(two).toEqual(one);
});

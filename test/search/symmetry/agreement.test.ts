/** A search over orbits says of random products what the naive explorer says of every state (design §8). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenRuns, isReduced, naivelyWhole, overOrbits } from '../../support/orbits.ts';
import { tinyCase } from '../../support/packed.ts';
import { prop } from '../../support/prop.ts';
import { symmetricCase } from '../../support/symmetric.ts';

const cases = fc.array(symmetricCase, { minLength: 3, maxLength: 3 });

prop(
  'counts of the whole graph, verdicts, shortest lengths; runs can be taken; three products a case',
  { cases },
  ({ cases }) => {
    for (const { model, asked } of cases) {
      const [orbits, naive] = [overOrbits(model, asked), naivelyWhole(model, asked)];
      expect(orbits.says).toEqual(naive.says);
      expect(brokenRuns(model, asked, orbits.found, naive.lost)).toEqual([]);
    }
  },
);

prop('also where nothing was made alike', { one: tinyCase }, ({ one: { model, asked } }) => {
  expect(overOrbits(model, asked).says).toEqual(naivelyWhole(model, asked).says);
});

it('the drawn products are worth drawing: most are reduced, some by their two ends, some not', () => {
  const found = fc
    .sample(cases, { numRuns: 60, seed: 2010 })
    .flat()
    .map(({ model, asked }) => overOrbits(model, asked).found);
  const reduced = found.filter(({ states, whole = { states } }) => states < whole.states);
  const ends = found.filter(({ engine = '' }) => engine.includes('the two ends'));
  expect(reduced.length).toBeGreaterThan(40);
  expect(ends.length).toBeGreaterThan(20);
  expect(found.filter((one) => !isReduced(one)).length).toBeGreaterThan(20);
});

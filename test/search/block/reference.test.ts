/** The reference model has the counts that SPIN, TLC and others found. */
import { expect, it } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import {
  type ReferenceScope,
  referenceModel,
  referenceSplit,
  referenceWatches,
} from '../../bench/reference-model.ts';
import { compose, inBlocks } from '../../support/blocks.ts';

const scope = (sections: number, pages: number, host: number): ReferenceScope => ({ sections, pages, host });

it.each([
  [scope(1, 1, 1), 152, 680, 17],
  [scope(2, 2, 4), 10_197, 80_574, 25],
  [scope(3, 2, 4), 118_800, 1_229_202, 31],
  [scope(4, 2, 8), 4_373_975, 58_827_290, 41],
] as const)('%j: %d states, %d transitions, depth %d', (its, states, transitions, depth) => {
  const product = compose(referenceModel(its));
  const found = inBlocks(product, referenceWatches(its), referenceSplit);
  const holds = referenceWatches(its).map(() => undefined);
  expect(found).toMatchObject({ states, transitions, depth, violations: holds, deadlocks: 0 });
});

it('an invariant that does not hold is violated in as many states as the plain engine says', () => {
  const its = scope(2, 2, 4);
  const product = compose(referenceModel(its));
  const watches = referenceWatches({ ...its, host: 2 });
  const [blocks, plain] = [inBlocks(product, watches, referenceSplit), explore(product, watches)];
  expect(blocks.violations.map((v) => v?.count)).toEqual(plain.violations.map((v) => v?.count));
  expect(blocks.violations.some((v) => v !== undefined)).toBe(true);
});

it('measuring finds a split as well', () => {
  const its = scope(3, 2, 4);
  const found = explore(compose(referenceModel(its)), [], { engine: 'block' });
  expect(found).toMatchObject({ states: 118_800, transitions: 1_229_202, depth: 31 });
  expect(found.engine).toMatch(/^blocks of \d+ bits/);
});

it('where no variable is dense the plain engine answers, and says why', () => {
  const its = scope(1, 1, 1);
  const found = explore(compose(referenceModel(its)), [], {
    engine: 'block',
    split: ['section', 'section.pages'],
    statesMax: 99,
  });
  expect(found.engine).toMatch(/^plain states, since/);
});

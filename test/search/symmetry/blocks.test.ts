/** Blocks over orbits say of random products what the naive explorer says of every state, and refuse what they must (design §8). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenRuns, naivelyWhole, overOrbits, overOrbitsInBlocks } from '../../support/orbits.ts';
import { prop } from '../../support/prop.ts';
import { symmetricBlockCase } from '../../support/symmetric.ts';

const cases = fc.array(symmetricBlockCase, { minLength: 2, maxLength: 2 });

prop(
  'counts of the whole graph, of each layer too; verdicts, shortest lengths; runs can be taken; two products a case',
  { cases },
  ({ cases }) => {
    for (const { model, asked, split } of cases) {
      const [blocks, naive] = [overOrbitsInBlocks(model, asked, split), naivelyWhole(model, asked)];
      expect(blocks.says).toEqual(naive.says);
      if (blocks.beside !== undefined) expect(blocks.beside).toEqual(naive.beside);
      expect(brokenRuns(model, asked, blocks.found, naive.lost)).toEqual([]);
      const plain = overOrbits(model, asked).found;
      expect([blocks.found.states, blocks.found.transitions]).toEqual([plain.states, plain.transitions]);
    }
  },
);

it('the drawn products are worth drawing: most are reduced in blocks, some by their two ends; some splits are refused', () => {
  const engines = fc
    .sample(cases, { numRuns: 90, seed: 2010 })
    .flat()
    .map(({ model, asked, split }) => overOrbitsInBlocks(model, asked, split).found.engine ?? '');
  const many = (how: RegExp) => engines.filter((engine) => how.test(engine)).length;
  expect(many(/^symmetry.*; blocks of/)).toBeGreaterThan(90);
  expect(many(/^symmetry of the two ends.*; blocks of/)).toBeGreaterThan(20);
  expect(many(/^symmetry.*(tells sections apart|depends on|would be that of)/)).toBeGreaterThan(5);
});

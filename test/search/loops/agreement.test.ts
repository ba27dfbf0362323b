/** Loops on blocks: the lassos of the explicit judge, on random products however they are split. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TemporalWatch } from '../../../src/compose/observation.ts';
import { exploreBlocks } from '../../../src/search/block/block-search.ts';
import { judgeTemporal } from '../../../src/search/fair/judge-temporal.ts';
import { explore } from '../../../src/search/search.ts';
import { blockCase, compose } from '../../support/blocks.ts';
import { prop } from '../../support/prop.ts';
import { tinyTemporal } from '../../support/tiny.ts';

const one = fc.record({ its: blockCase, watches: fc.array(tinyTemporal, { minLength: 1, maxLength: 3 }) });
const cases = fc.array(one, { minLength: 1, maxLength: 1 });

function judged({ its, watches }: typeof one extends fc.Arbitrary<infer T> ? T : never) {
  const product = compose(its.model);
  const plain = explore(product, []);
  return {
    blocks: exploreBlocks(compose(its.model), watches, its.split),
    lassos: judgeTemporal(product, plain, watches as TemporalWatch[]),
  };
}

prop('the same lassos, step by step; four products a case', { cases }, ({ cases }) => {
  for (const each of cases) {
    const { blocks, lassos } = judged(each);
    if ('unfit' in blocks) expect(blocks.unfit).toMatch(/depends on the way/);
    else expect(blocks.lassos).toEqual(lassos);
  }
});

it('the drawn products are worth drawing', () => {
  const all = fc.sample(cases, { numRuns: 100, seed: 2010 }).flat().map(judged);
  const answers = all.flatMap(({ blocks }) => ('unfit' in blocks ? [] : (blocks.lassos ?? [])));
  console.log(
    all.length,
    answers.length,
    answers.filter((l) => l).length,
    answers.filter((l) => (l?.loop.length ?? 0) > 1).length,
  );
});

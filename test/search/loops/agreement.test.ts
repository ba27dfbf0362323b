/** Loops on blocks: the lassos of the explicit judge on random products, however they are split; faults planted are noticed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemporalWatch } from '../../../src/compose/observation.ts';
import { exploreBlocks } from '../../../src/search/block/block-search.ts';
import { judgeTemporal } from '../../../src/search/fair/judge-temporal.ts';
import { type Question, questionOf } from '../../../src/search/fair/question.ts';
import { explore } from '../../../src/search/search.ts';
import { blockCase, compose } from '../../support/blocks.ts';
import { searchedInBlocks, statesOnLoops } from '../../support/loops.ts';
import { prop } from '../../support/prop.ts';
import { tinyTemporal } from '../../support/tiny.ts';

const one = fc.record({ its: blockCase, watches: fc.array(tinyTemporal, { minLength: 1, maxLength: 3 }) });
type Case = typeof one extends fc.Arbitrary<infer T> ? T : never;

/** The explicit judge, over states; not of a model whose observers refuse, which is no answer. */
function explicitly({ its, watches }: Case) {
  const product = compose(its.model);
  return judgeTemporal(product, explore(product, []), watches);
}

prop('the same lassos, step by step', { one }, ({ one: each }) => {
  const blocks = exploreBlocks(compose(each.its.model), each.watches, each.its.split);
  if ('unfit' in blocks) expect(blocks.unfit).toMatch(/depends on the way/);
  else expect(blocks.lassos).toEqual(explicitly(each));
});

describe('trimmed as far as it goes', () => {
  const drawn = fc.sample(one, { numRuns: 160, seed: 2010 }).map((each) => ({
    ...each,
    searched: searchedInBlocks(compose(each.its.model), each.its.split),
    counts: explicitly(each).map((lasso) => lasso?.count ?? 0),
  }));

  /** Watches that get another answer, where the question is read so. */
  const noticed = (fault: (question: Question) => Partial<Question> = () => ({})): number =>
    drawn.reduce((sum, { counts, searched, watches }) => {
      const read = (product: typeof searched.product, watch: TemporalWatch) => {
        const question = questionOf(product, watch);
        return { ...question, ...fault(question) };
      };
      const found = statesOnLoops(searched, watches, { few: 0, read });
      return sum + found.filter((count, at) => (count < 0 ? counts[at] === 0 : count !== counts[at])).length;
    }, 0);

  it('no state of a fair loop is struck out', () => expect(noticed()).toBe(0));
  it('on products worth judging', () => {
    const counts = drawn.flatMap((each) => each.counts);
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(20);
    expect(counts.filter((count) => count > 1).length).toBeGreaterThan(20);
  });
  it('weak fairness forgotten', () => expect(noticed(() => ({ weak: 0 }))).toBeGreaterThan(2));
  it('strong fairness forgotten', () => expect(noticed(() => ({ strong: 0 }))).toBeGreaterThan(2));
  it('quiet labels in the loop', () =>
    expect(noticed(({ inLoop }) => ({ inLoop: inLoop.map(() => 1) }))).toBeGreaterThan(2));
  it('what the loop must take', () => expect(noticed(() => ({ takes: undefined }))).toBeGreaterThan(2));
  it('a premise that nothing spoils', () =>
    expect(noticed(({ spoils }) => ({ spoils: spoils.map(() => 0) }))).toBeGreaterThan(0));
});

/** The block engine, the plain one and the naive explorer say the same of random tiny products, however they are split. */
import { describe, expect } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import { blockCase, compose, inBlocks, said, shownRuns } from '../../support/blocks.ts';
import { exploreNaively } from '../../support/naive.ts';
import { prop } from '../../support/prop.ts';

describe('blocks', () => {
  prop('agree with the naive explorer', { one: blockCase }, ({ one: { model, asked, split } }) => {
    const watches = asked.filter(({ kind }) => kind !== 'temporal');
    const product = compose(model);
    const found = inBlocks(product, watches, split);
    const naive = exploreNaively(model, watches);
    const { states, transitions, depth, violations, taken, refusals } = naive;
    expect(said(product, found)).toEqual({
      states,
      transitions,
      depth,
      violations,
      taken: [...taken].sort(),
      refusals: [...refusals].sort(),
    });
    expect(found.layers).toEqual(naive.layers);
    expect(found.deadlocks).toBe(naive.dead);
  });

  prop('show the run that the plain engine shows', { one: blockCase }, ({ one: { model, asked, split } }) => {
    const watches = asked.filter(({ kind }) => kind !== 'temporal');
    const found = inBlocks(compose(model), watches, split);
    expect(shownRuns(found)).toEqual(shownRuns(explore(compose(model), watches)));
  });
});

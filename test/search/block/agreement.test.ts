/** The block engine, the plain one and the naive explorer say the same of random tiny products, however they are split. */
import { expect } from 'vitest';
import { explore } from '../../../src/search/search.ts';
import { blockCase, compose, inBlocks, said, shownRuns } from '../../support/blocks.ts';
import { exploreNaively } from '../../support/naive.ts';
import { saidNaively } from '../../support/packed.ts';
import { prop } from '../../support/prop.ts';

prop(
  'agree with the naive explorer, and show the run that the plain engine shows',
  { one: blockCase },
  ({ one: { model, asked, split } }) => {
    const watches = asked.filter(({ kind }) => kind !== 'temporal');
    const product = compose(model);
    const found = inBlocks(product, watches, split);
    const naive = exploreNaively(model, watches);
    expect(said(product, found)).toEqual(saidNaively(naive));
    expect([found.layers, found.deadlocks]).toEqual([naive.layers, naive.dead]);
    expect(shownRuns(found)).toEqual(shownRuns(explore(compose(model), watches)));
  },
);

/** A table that is given what XState said before is the table that asks XState itself, however much of it was said. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { full } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { type KeptAnswers, runSearch } from '../../src/check/run-search.ts';
import type { ChartAnswers } from '../../src/compile/answers.ts';
import { LtsTable } from '../../src/compile/table.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';
import { type BlockCase, blockCase, compose, inBlocks, said, shownRuns } from '../support/blocks.ts';
import { taskOf } from '../support/explored.ts';
import { prop } from '../support/prop.ts';

const answersOf = ({ tables }: Product) => tables.map(({ answers }) => answers);
const composeWith = (model: Model, answers: readonly ChartAnswers[]) =>
  expectOk(composeProduct(model, answers), 'the generator makes only products');

/** Everything of the tables, and what XState is left with in each local state. */
const contentOf = ({ tables }: Product) =>
  tables.map((table) => ({
    next: [...table.next],
    origins: table.origins,
    problems: table.problems,
    locals: Array.from({ length: table.size }, (_, state) => {
      const { value, context, key, snapshot } = table.local(state);
      return { value, context, key, left: [snapshot.value, snapshot.context, snapshot.status] };
    }),
  }));

/** What plain states and blocks find, the runs they show, and the tables after each. */
function everything({ model, asked, split }: BlockCase, answers: readonly ChartAnswers[]) {
  const plain = composeWith(model, answers);
  const found = explore(plain, asked);
  const blocks = composeWith(model, answers);
  const inner = inBlocks(blocks, asked, split);
  return {
    plain: [said(plain, found), shownRuns(found), contentOf(plain)],
    blocks: [said(blocks, inner), shownRuns(inner), inner.engine, contentOf(blocks)],
  };
}

prop(
  'whatever a search, stopped or not, has left of answers',
  { one: blockCase, statesMax: fc.integer({ min: 1, max: 30 }) },
  ({ one, statesMax }) => {
    const fresh = everything(one, []);
    const stopped = compose(one.model);
    explore(stopped, one.asked, { statesMax });
    expect(everything(one, answersOf(stopped))).toEqual(fresh);
    // Answers on top of answers lose nothing.
    const whole = composeWith(one.model, answersOf(stopped));
    for (const table of whole.tables) table.enumerate();
    const again = composeWith(one.model, answersOf(whole));
    explore(again, one.asked);
    expect(again.tables.map(({ hasAsked }) => hasAsked)).toEqual(again.tables.map(() => false));
  },
);

it('XState is not asked again, and every verdict and run is the same', () => {
  const task = taskOf(lifecycle, full);
  let kept: readonly ChartAnswers[] | undefined;
  const answers = (known: readonly ChartAnswers[]): KeptAnswers => ({
    known,
    keep: (all) => {
      kept = all;
    },
  });
  for (const engine of ['plain', 'block'] as const) {
    kept = undefined;
    const fresh = runSearch({ ...task, answers: answers([]) }, { engine });
    const known = structuredClone(kept) as unknown as readonly ChartAnswers[];
    kept = undefined;
    expect(runSearch({ ...task, answers: answers(known) }, { engine })).toEqual(fresh);
    expect(kept).toBeUndefined();
  }
});

it('answers of another chart are found out', () => {
  const { model } = taskOf(lifecycle, full);
  const { charts, alphabet } = model;
  const [chart] = charts;
  if (chart === undefined) throw new Error('it has charts');
  const table = new LtsTable(chart, alphabet);
  table.enumerate(100);
  const { answers } = table;
  expect(() => new LtsTable(chart, alphabet, { ...answers, labels: answers.labels + 1 })).toThrow(
    'not those of toolstack',
  );
  // Another target of one transition: as soon as XState is asked for what lies behind it.
  const at = answers.next.findIndex((to) => to > 0);
  const next = answers.next.slice();
  next[at] = (answers.next[at] as number) + 1;
  const wrong = new LtsTable(chart, alphabet, { ...answers, next });
  const to = wrong.successor(Math.floor(at / answers.labels), at % answers.labels);
  expect(() => wrong.local(to).snapshot).toThrow('the answers kept say');
});

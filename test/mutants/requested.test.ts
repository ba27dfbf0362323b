/** Properties on request: each kills some mutant, and each kill is one that its base does not have. */
import { describe, expect, it } from 'vitest';
import { mutants } from '../../models/mutants/all.ts';
import { onRequest } from '../../properties/all.ts';
import { mutantsCatalog } from '../../properties/mutants-catalog.ts';
import { killers } from '../support/mutation.ts';

const asked = mutantsCatalog.filter(({ expectation }) => expectation.onRequest !== undefined);

it('each kills a mutant: none is there for show', () => {
  const killed = new Set(asked.flatMap(({ expectation }) => Object.keys(expectation.onRequest ?? {})));
  expect(onRequest.map(({ id }) => id).filter((id) => !killed.has(id))).toEqual([]);
});

describe.each(asked.map((row) => [row.mutant, row] as const))('%s', (id, row) => {
  it('is killed by them as its row says, and they hold on its base', () => {
    const mutant = mutants.find((one) => one.id === id);
    if (mutant === undefined) throw new Error('the catalog names what there is');
    expect([...killers(mutant)].sort()).toEqual(Object.keys(row.kills).sort());
  });
});

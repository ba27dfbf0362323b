/** Properties on request: each kills some mutant, and each kill is one that its base does not have. */
import { describe, expect, it } from 'vitest';
import { onRequest } from '../../properties/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { killers } from '../support/mutation.ts';

const asked = mutants.filter(({ row }) => row?.expectation.onRequest !== undefined);

it('each kills a mutant: none is there for show', () => {
  const killed = new Set(asked.flatMap(({ row }) => Object.keys(row?.expectation.onRequest ?? {})));
  expect(onRequest.map(({ id }) => id).filter((id) => !killed.has(id))).toEqual([]);
});

describe.each(asked)('$id', (mutant) => {
  it('is killed by them as its row says, and they hold on its base', () => {
    expect([...killers(mutant)].sort()).toEqual(Object.keys(mutant.row?.kills ?? {}).sort());
  });
});

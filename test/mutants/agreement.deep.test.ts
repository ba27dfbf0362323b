/** Every mutant is counted the same by both explorers too, with its verdicts, shortest lengths and violating states. */
import { expect, it } from 'vitest';
import { mutants } from '../../properties/mutants/all.ts';
import { countedTwice, printed } from '../support/agreement.ts';
import { scopeOf } from '../support/mutation.ts';

it.each(mutants)('$id', (mutant) => {
  const { packed, naive } = countedTwice(mutant.protocol, scopeOf(mutant), mutant.form);
  expect(packed).toEqual(naive);
  expect(packed.refusals).toBe(0);
  printed(mutant.protocol, scopeOf(mutant), naive);
});

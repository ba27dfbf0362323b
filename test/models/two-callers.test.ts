/**
 * Who may be second in the reserve step while the first is between the drop of balloon_mutex and the count (W2c, W3a): the borrower
 * beside the thread, and the thread beside the borrower. A second borrower runs the same function as the thread does, under the same locks.
 */
import { expect, it } from 'vitest';
import { scopes } from '../../models/scopes.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { nothingTwice } from '../../properties/invariants/g-1.ts';
import { explore } from '../../src/search/search.ts';
import { productOf } from '../support/explored.ts';

/** Labels in the shortest run in which such a reservation asks for what is under way already. */
function shortest(protocol: typeof v3, family: string): number | undefined {
  const scope = scopes.find(({ name }) => name === 'lent-waiting');
  const { watch } = nothingTwice;
  if (scope === undefined || watch.kind !== 'step') throw new Error('the scope and the step are there');
  const { holds = () => true } = watch;
  const only: typeof watch = {
    ...watch,
    holds: (before, label, after) => label.type !== family || holds(before, label, after),
  };
  const found = explore(productOf(protocol, scope), [only]);
  const [violation] = found.violations;
  return violation === undefined ? undefined : found.path(violation.state).length + 1;
}

it.each([
  ['the borrower, while the thread adds', 'userreserve.ok', 9],
  ['the thread, while the borrower adds', 'reserve.ok', 9],
])('%s, reserves once more what is on its way', (_, family, length) => {
  expect(shortest(v3, family)).toBe(length);
  // Where the mutex is held over add, neither can.
  expect(shortest(v2, family)).toBeUndefined();
});

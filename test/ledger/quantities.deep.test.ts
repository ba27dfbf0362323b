/** No quantity escapes the ledger, in any variant or mutant. */
import { describe, expect, it } from 'vitest';
import { variants } from '../../models/variants/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { quantitiesOf, unnoticed } from './falsified.ts';

describe.each([...variants, ...mutants.map(({ protocol }) => protocol)])('$id', (protocol) => {
  it('every quantity of every chart is compared', () => {
    expect(new Set(quantitiesOf(protocol).map(({ id }) => id)).size).toBeGreaterThan(8);
    expect(unnoticed(protocol)).toEqual([]);
  });
});

/** No quantity escapes the ledger: the variants that differ most. The others are in the deep test. */
import { describe, expect, it } from 'vitest';
import { v1c } from '../../models/variants/v1c.ts';
import { v3Patched } from '../../models/variants/v3-patched.ts';
import { quantitiesOf, unnoticed } from './falsified.ts';

describe.each([v1c, v3Patched])('$id', (protocol) => {
  it('every quantity of every chart is compared', () => {
    expect(new Set(quantitiesOf(protocol).map(({ id }) => id)).size).toBeGreaterThan(8);
    expect(unnoticed(protocol)).toEqual([]);
  });
});

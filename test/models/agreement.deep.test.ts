/** As agreement.test.ts, in the scopes that the naive explorer needs minutes for. */
import { describe, expect, it } from 'vitest';
import { auto, bootBalloon, full, nobody } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { countedTwice, printed } from '../support/agreement.ts';

describe.each([full, auto, nobody, bootBalloon])('in $name', (scope) => {
  it.each(variants)('$id is counted the same by both', (protocol) => {
    const { packed, naive } = countedTwice(protocol, scope);
    expect(packed).toEqual(naive);
    expect(packed.refusals).toBe(0);
    printed(protocol, scope, naive);
  });
});

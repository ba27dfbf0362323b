/** Every shipped variant in the small scopes, counted twice by different code: the packed search and the naive explorer. */
import { describe, expect, it } from 'vitest';
import { pair, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { v3 } from '../../models/variants/v3.ts';
import { v3Patched } from '../../models/variants/v3-patched.ts';
import { countedTwice, printed } from '../support/agreement.ts';

describe.each([
  { scope: single, protocols: variants },
  { scope: pair, protocols: [v3, v3Patched] },
])('in $scope.name', ({ scope, protocols }) => {
  it.each(protocols)('$id is counted the same by both, and no observer refuses', (protocol) => {
    const { packed, naive } = countedTwice(protocol, scope);
    expect(packed).toEqual(naive);
    expect(packed.refusals).toBe(0);
    printed(protocol, scope, naive);
  });
});

/** Every shipped variant in scope `single`, counted twice by different code: the packed search and the naive explorer. */
import { describe, expect, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { countedTwice, printed } from '../support/agreement.ts';

describe.each(variants)('$id in single', (protocol) => {
  it('is counted the same by both', () => {
    const { packed, naive } = countedTwice(protocol, single);
    expect(packed).toEqual(naive);
    printed(protocol, single, naive);
  });
});

/** As full.test.ts, for the variants that it leaves out. */
import { describe, expect, it } from 'vitest';
import { full, single } from '../../models/scopes.ts';
import { v0 } from '../../models/variants/v0.ts';
import { v3Patched } from '../../models/variants/v3-patched.ts';
import { outcome, verdictOf } from '../support/explored.ts';

describe.each([v0, v3Patched])('$id in full', (protocol) => {
  it('breaks no rule of the product, and whatever single violates is violated in no more labels', () => {
    for (const { property, verdict } of outcome(protocol, single).cases) {
      if (verdict.kind !== 'violated') continue;
      const wider = verdictOf(protocol, full, property);
      expect(wider.kind, property).toBe('violated');
      expect(wider.kind === 'violated' && wider.trace.length, property).toBeLessThanOrEqual(
        verdict.trace.length,
      );
    }
  });
});

/** Temporal properties in scope `single`, judged twice by different code, and as the catalog says; other rows are in the deep test. */
import { describe, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { expectJudgedTwice } from './temporal.ts';

describe.each([v3, lifecycle])('$id in single', (protocol) => {
  it('both find the same, what is shown is a lasso, and the catalog says so', () => {
    expectJudgedTwice(protocol, single);
  });
});

/** Temporal properties of shipped variants: on blocks the verdicts and the very lassos of the explicit judge. */
import { expect, it } from 'vitest';
import { nobody, single } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { v3 } from '../../../models/variants/v3.ts';
import { expectSameLoops } from '../../support/loop-models.ts';

it('lifecycle, where there is none', () => {
  expect(expectSameLoops(lifecycle, nobody)).toMatch(/^blocks of/);
});

it('v3, where there are some', () => {
  expect(expectSameLoops(v3, single)).toMatch(/^blocks of/);
});

it('a loop that depends on the way to it is left to plain states', () => {
  expect(expectSameLoops(v3, nobody)).toBe(
    'plain states, since a loop was found that depends on the way to it',
  );
});

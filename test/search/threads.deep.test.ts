/** In a scope of some size two and three threads find what one finds, under the same ids. */
import { afterEach, expect, it, vi } from 'vitest';
import { bootBalloon } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { helpEarly, saidOf } from '../support/threads.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('v3/boot-balloon', () => {
  const one = saidOf(v3, bootBalloon, {});
  helpEarly();
  for (const threads of [2, 3]) expect(saidOf(v3, bootBalloon, { threads })).toEqual(one);
});

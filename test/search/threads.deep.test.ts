/** In a scope of some size two and three threads find what one finds, under the same ids. */
import { expect, it } from 'vitest';
import { bootBalloon } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { saidOf } from '../support/threads.ts';

it('v3/boot-balloon', () => {
  const one = saidOf(v3, bootBalloon, {});
  for (const threads of [2, 3]) expect(saidOf(v3, bootBalloon, { threads })).toEqual(one);
});

import { pv32 } from '../../models/forms/pv.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const highBeforeLow = mutant({
  id: 'high-before-low',
  base: v2,
  form: pv32,
  summary: 'the balloon list is in any order',
  change: { listOrder: 'any' },
  reference:
    'linux drivers/xen/balloon.c `balloon_append`: high pages go to the tail, so that low ones come back first',
  caughtBy: 'R-1',
  row: {
    scope: 'single',
    counts: [24_645, 135_433, 66],
    kills: { 'R-1': 24, 'I-9': 29, 'I-27': 33 },
    others: found('W3d', { 'I-10': 20, 'I-16': 23 }),
  },
});

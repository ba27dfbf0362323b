import { v2 } from '../../models/variants/v2-4.4.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const mutexDroppedOverAdd = mutant({
  id: 'mutex-dropped-over-add',
  base: v2,
  summary: 'the mutex is dropped around add, and the second caller reads the total of before',
  change: { dropMutexOverAdd: true },
  reference: 'linux drivers/xen/balloon.c reserve_additional_memory, windows W2c and W3a',
  caughtBy: 'G-1',
  row: {
    scope: 'lent-growing',
    counts: [374_310, 1_321_431, 55],
    kills: { 'G-1': 9 },
    others: { ...found('W2f', { 'I-19': 4 }), ...found('lent-adds', { 'C-1': 9 }) },
  },
});

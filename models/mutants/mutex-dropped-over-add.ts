import { mutant } from '../mutant.ts';
import { v2 } from '../variants/v2-4.4.ts';

export const mutexDroppedOverAdd = mutant({
  id: 'mutex-dropped-over-add',
  base: v2,
  summary: 'the mutex is dropped around add, and the second caller reads the total of before',
  change: { dropMutexOverAdd: true },
  reference: 'linux drivers/xen/balloon.c reserve_additional_memory, windows W2c and W3a',
  caughtBy: 'G-1',
});

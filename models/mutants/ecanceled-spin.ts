import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const ecanceledSpin = mutant({
  id: 'ecanceled-spin',
  base: v3,
  summary: 'the thread wakes whenever its credit is not 0, also after an order was given up',
  change: { wakeTest: 'notZero' },
  reference:
    'linux 5.10 drivers/xen/balloon.c `balloon_thread_cond`; mended 2021 by "xen/balloon: fix cancelled balloon action"',
  caughtBy: 'P-1',
});

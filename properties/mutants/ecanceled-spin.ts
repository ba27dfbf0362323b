import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const ecanceledSpin = mutant({
  id: 'ecanceled-spin',
  base: v3,
  summary: 'the thread wakes whenever its credit is not 0, also after an order was given up',
  change: { wakeTest: 'notZero' },
  reference:
    'linux 5.10 drivers/xen/balloon.c `balloon_thread_cond`; mended 2021 by "xen/balloon: fix cancelled balloon action"',
  caughtBy: 'P-1',
  row: {
    scope: 'single',
    counts: [29_250, 163_416, 68],
    kills: { 'P-1': 6, 'I-40': 4, 'L-1': 4 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});

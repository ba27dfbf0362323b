import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const creditIsCompared = mutant({
  id: 'credit-is-compared',
  base: lifecycle,
  summary: 'the wait compares the credit, which another order and pages given up can leave as it was',
  change: { waitsFor: 'credit' },
  reference: 'linux drivers/xen/balloon.c balloon_thread_cond',
  caughtBy: 'D-3',
  row: {
    scope: 'lent',
    counts: [40_748, 152_566, 46],
    kills: { 'D-3': 11 },
  },
});

import { v3Patched } from '../../models/variants/v3-patched.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const mutexHeldOverAdd = mutant({
  id: 'mutex-held-over-add',
  base: v3Patched,
  summary: 'balloon_mutex is held over add',
  change: { dropMutexOverAdd: false },
  reference: 'linux 4.4 drivers/xen/balloon.c, window W2a',
  caughtBy: 'D-1',
  row: {
    scope: 'pair',
    counts: [68_787, 288_435, 44],
    kills: { 'I-8': 14, 'D-1': 14, 'D-2': 14 },
    others: { ...found('lost-target', { 'D-3': 7 }) },
  },
});

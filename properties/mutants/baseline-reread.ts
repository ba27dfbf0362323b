import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const baselineReread = mutant({
  id: 'baseline-reread',
  base: lifecycle,
  summary: 'the wait compares with a credit read after the decision',
  change: { baseline: 'sleep' },
  reference: 'linux drivers/xen/balloon.c balloon_thread, lost target',
  caughtBy: 'D-3',
  row: {
    scope: 'single',
    counts: [14_976, 79_332, 44],
    kills: {
      'D-3': 8,
      'I-37': 8,
      'L-4': 8,
    },
  },
});

import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const removalNotCounted = mutant({
  id: 'removal-not-counted',
  base: lifecycleRemoving,
  summary: 'what was removed stays in total_pages and current_pages',
  change: { countsRemoved: false },
  reference: 'planted: drivers/xen/balloon.c balloon_stats after a removal',
  caughtBy: 'I-24',
  row: {
    scope: 'single',
    counts: [13_104, 68_157, 47],
    kills: { 'I-24': 30, 'S-4': 10 },
  },
});

import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const removedWithFrames = mutant({
  id: 'removed-with-frames',
  base: lifecycleRemoving,
  summary: 'a block is removed as it is, its frames behind it',
  change: { removes: 'backed' },
  reference:
    'planted: try_remove_memory before the decrease; what the struct pages were for is gone, the frames stay',
  caughtBy: 'I-27',
  row: {
    scope: 'single',
    counts: [11_160, 56_397, 44],
    kills: { 'I-2': 28, 'I-3': 27, 'I-24': 27, 'I-27': 27, 'I-42': 27, 'S-4': 10 },
  },
});

import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const vmemForgottenBlock = mutant({
  id: 'vmem-forgotten-block',
  base: lifecycleRemoving,
  summary: 'a block that could not be removed once is never tried again',
  change: { retriesRemoval: false },
  reference:
    'virtio-mem, series of 2023-07-13, 3/4: an emptied block whose offlining failed once stayed for good',
  caughtBy: 'S-4',
  row: {
    scope: 'single',
    counts: [15_849, 84_354, 53],
    kills: { 'S-4': 27 },
  },
});

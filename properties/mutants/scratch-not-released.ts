import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const scratchNotReleased = mutant({
  id: 'scratch-not-released',
  base: lifecycle,
  summary: 'a section for foreign maps that cannot be mapped stays registered',
  change: { releasesScratch: false },
  reference:
    'plants what linux drivers/xen/unpopulated-alloc.c `fill_list` gives back on its way out (err_pgmap)',
  caughtBy: 'U-2',
  row: {
    scope: 'scratch',
    counts: [26_703, 111_204, 46],
    kills: { 'U-2': 2 },
  },
});

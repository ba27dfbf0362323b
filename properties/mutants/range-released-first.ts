import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const rangeReleasedFirst = mutant({
  id: 'range-released-first',
  base: lifecycleRemoving,
  summary: 'the range of a block is released before the block is gone',
  change: { releasesRemoved: 'before' },
  reference: 'planted: mm/memory_hotplug.c try_remove_memory with release_mem_region_adjustable first',
  caughtBy: 'S-2',
  row: {
    scope: 'single',
    counts: [13_356, 68_544, 51],
    kills: { 'I-16': 31, 'C-1': 35, 'S-1': 28, 'S-2': 28 },
  },
});

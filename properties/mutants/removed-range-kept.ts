import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const removedRangeKept = mutant({
  id: 'removed-range-kept',
  base: lifecycleRemoving,
  summary: 'the range of a removed block stays registered',
  change: { releasesRemoved: 'never' },
  reference: 'planted: mm/memory_hotplug.c try_remove_memory without release_mem_region_adjustable',
  caughtBy: 'I-42',
  row: {
    scope: 'single',
    counts: [11_196, 57_294, 46],
    kills: { 'I-42': 30, 'S-4': 10 },
  },
});

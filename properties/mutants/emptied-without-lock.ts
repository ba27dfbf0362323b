import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const emptiedWithoutLock = mutant({
  id: 'emptied-without-lock',
  base: lifecycleRemoving,
  summary: 'a block is emptied before device_hotplug is taken; somebody brings it online meanwhile',
  change: { emptiesUnder: 'balloonMutex' },
  reference:
    'planted: drivers/base/memory.c state_store takes device_hotplug, mm/memory_hotplug.c try_remove_memory looks at the block only then',
  caughtBy: 'I-5',
  row: {
    scope: 'single',
    counts: [44_730, 208_356, 66],
    kills: {
      'I-5': 25,
      'I-16': 33,
      'I-18': 36,
      'I-20': 36,
      'I-24': 31,
      'I-27': 42,
      'D-1': 36,
      'D-2': 36,
      'C-1': 46,
      'S-1': 35,
      'S-2': 42,
      'S-4': 29,
    },
  },
});

import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const addOnlineLockInversion = mutant({
  id: 'add-online-lock-inversion',
  base: v3,
  summary:
    'whoever onlines a block takes the lock of its device first, the hotplug lock second; add takes them the other way round',
  change: { writerTakes: 'deviceFirst' },
  reference: '"mm, hotplug: fix concurrent memory hot-add deadlock" (2015)',
  caughtBy: 'I-8',
});

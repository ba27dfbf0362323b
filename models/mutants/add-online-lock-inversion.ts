import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const addOnlineLockInversion = mutant({
  id: 'add-online-lock-inversion',
  base: v3,
  summary: 'onlining takes device lock, then hotplug lock; add the other way round',
  change: { writerTakes: 'deviceFirst' },
  reference: '"mm, hotplug: fix concurrent memory hot-add deadlock" (2015)',
  caughtBy: 'I-8',
});

import { mutant } from '../mutant.ts';
import { v2 } from '../variants/v2-4.4.ts';

export const onlineNotTold = mutant({
  id: 'online-not-told',
  base: v2,
  summary: 'a block that went online does not queue the work item',
  change: { hearsOnline: false },
  reference: 'linux drivers/xen/balloon.c xen_memory_notifier; what became of it in the thread is W3e',
  caughtBy: 'L-3',
});

import { v2 } from '../../models/variants/v2-4.4.ts';
import { each, found, violated } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const onlineNotTold = mutant({
  id: 'online-not-told',
  base: v2,
  summary: 'a block that went online does not queue the work item',
  change: { hearsOnline: false },
  reference: 'linux drivers/xen/balloon.c xen_memory_notifier; what became of it in the thread is W3e',
  caughtBy: 'L-3',
  row: {
    scope: 'pair',
    counts: [148_989, 619_688, 67],
    kills: { 'L-3': 15 },
    others: {
      ...found('W3d', { 'I-9': 22, 'I-10': 20, 'I-16': 22, 'I-27': 25 }),
      ...each(violated(13, 'W2a'), 'I-8', 'D-1', 'D-2'),
    },
  },
});

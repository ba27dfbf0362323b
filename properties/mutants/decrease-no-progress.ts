import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const decreaseNoProgress = mutant({
  id: 'decrease-no-progress',
  base: lifecycle,
  summary: 'a decrease looks for events that wait before it has done anything',
  change: { decreaseProgresses: false },
  reference: 'xen 79de2d31f1, mm: ensure useful progress in decrease_reservation (2014)',
  caughtBy: 'D-1',
  row: {
    scope: 'single',
    counts: [11_628, 62_724, 42],
    kills: { 'D-1': 19, 'I-36': 20, 'I-37': 20, 'I-38': 20, 'L-4': 21 },
  },
});

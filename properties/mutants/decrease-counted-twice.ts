import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const decreaseCountedTwice = mutant({
  id: 'decrease-counted-twice',
  base: lifecycle,
  summary: 'each page given back is subtracted twice from current_pages',
  change: { decreaseCounts: 2 },
  reference: 'planted: current_pages wraps below zero',
  caughtBy: 'I-18',
  row: {
    scope: 'single',
    counts: [14_274, 75_081, 49],
    kills: {
      'I-14': 22,
      'I-16': 20,
      'I-18': 21,
      'I-24': 20,
      'I-36': 24,
      'I-37': 24,
    },
  },
});

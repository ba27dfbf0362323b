import { lifecycle } from '../../models/variants/lifecycle.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const minimumNotKept = mutant({
  id: 'minimum-not-kept',
  base: lifecycle,
  summary: 'shares are counted from nothing, not from the minimum',
  change: { keepsMinimum: false },
  reference: 'a slip to be planted: allocate_memory_in_proportion without its dynamic_min',
  caughtBy: 'B-2',
  row: {
    scope: 'building',
    counts: [4_667, 18_902, 50],
    kills: { 'B-2': 4, 'B-4': 16, 'B-5': 2 },
    others: each(
      vacuous,
      'I-2',
      'I-3',
      'I-5',
      'I-7',
      'I-8',
      'I-12',
      'I-16',
      'I-28',
      'I-32',
      'D-1',
      'D-2',
      'C-1',
      'P-2',
      'S-1',
      'S-2',
    ),
  },
});

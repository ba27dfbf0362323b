import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingReserved } from '../catalog/shared.ts';
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
    counts: [4_095, 15_806, 56],
    kills: { 'B-2': 4, 'B-4': 16, 'B-5': 2 },
    others: { ...nothingReserved, ...each(vacuous, 'I-3') },
  },
});

import { v1c } from '../../models/variants/v1c.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const conflictCheckedLate = mutant({
  id: 'conflict-checked-late',
  base: v1c,
  summary: 'add looks for a conflict after it has made the section',
  change: { conflictFirst: false },
  reference: '"memory hotadd fixes: enhance collision check" (2006)',
  caughtBy: 'I-32',
  row: {
    scope: 'single',
    counts: [29_838, 160_996, 69],
    kills: { 'I-17': 9, 'I-32': 7, 'D-2': 16, 'C-1': 11, 'S-1': 14, 'S-2': 7 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-27': 35 }),
      ...found('W1d', { 'I-18': 22 }),
      ...found('W1-retry', { 'P-2': 7 }),
    },
  },
});

import { lifecycle } from '../../models/variants/lifecycle.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const currentNotCounted = mutant({
  id: 'current-not-counted',
  base: lifecycle,
  summary: 'current_pages does not grow with the populated run',
  change: { countCurrent: false },
  reference: 'the 2010 proposal counts nothing (window list of V0)',
  caughtBy: 'I-24',
  row: {
    scope: 'single',
    counts: [5_220, 24_312, 31],
    kills: { 'I-16': 16, 'I-24': 16 },
    others: { ...each(vacuous, 'I-18') },
  },
});

import { lifecycle } from '../../models/variants/lifecycle.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const libxlOffsetWraps = mutant({
  id: 'libxl-offset-wraps',
  base: lifecycle,
  summary: 'the limit is a sum that wraps to nearly nothing',
  change: { limitFor: 'wrapped' },
  reference: 'libxl, the offset between limit and target kept through changes (2015, reverted)',
  caughtBy: 'T-1',
  row: {
    scope: 'single',
    counts: [2_328, 12_044, 19],
    kills: { 'T-1': 2 },
    others: {
      ...each(
        vacuous,
        'I-3',
        'I-5',
        'I-7',
        'I-8',
        'I-9',
        'I-10',
        'I-12',
        'I-14',
        'I-16',
        'I-18',
        'I-20',
        'I-21',
        'I-22',
        'I-24',
        'I-27',
        'I-28',
        'I-32',
        'D-2',
        'P-2',
        'P-3',
        'S-1',
      ),
    },
  },
});

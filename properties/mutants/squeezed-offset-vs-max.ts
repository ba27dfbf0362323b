import { lifecycle } from '../../models/variants/lifecycle.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const squeezedOffsetVsMax = mutant({
  id: 'squeezed-offset-vs-max',
  base: lifecycle,
  summary: 'the overhead of a domain is left out of its limit',
  change: { limitFor: 'less' },
  reference: 'squeezed CA-327822 (2019)',
  caughtBy: 'T-1',
  row: {
    scope: 'single',
    counts: [3_228, 15_944, 22],
    kills: { 'T-1': 2 },
    others: {
      ...each(
        vacuous,
        'I-5',
        'I-7',
        'I-8',
        'I-10',
        'I-12',
        'I-14',
        'I-16',
        'I-18',
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

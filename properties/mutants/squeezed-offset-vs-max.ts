import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingAdded } from '../catalog/shared.ts';
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
    counts: [3_300, 16_256, 22],
    kills: { 'T-1': 2 },
    others: {
      ...nothingAdded,
      ...each(vacuous, 'P-3'),
    },
  },
});

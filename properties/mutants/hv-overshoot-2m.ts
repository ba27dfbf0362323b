import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const hvOvershoot2m = mutant({
  id: 'hv-overshoot-2m',
  base: lifecycle,
  summary: 'a shrink is rounded up to a larger unit',
  change: { shrinkUnit: 2 },
  reference: '"hv_balloon: Balloon up according to request page number" (2020)',
  caughtBy: 'C-2',
  row: {
    scope: 'single',
    counts: [12_924, 70_338, 48],
    kills: { 'C-2': 18 },
  },
});

import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const claimsTwoCriticalSections = mutant({
  id: 'claims-two-critical-sections',
  base: lifecycle,
  summary: 'free memory and the claim on it are lowered one after the other',
  change: { claimsSettledAtOnce: false },
  reference: 'xen 75d29d9b5e "xen/mm: move adjustment of claimed pages counters on allocation"',
  caughtBy: 'I-23',
  row: {
    scope: 'claims',
    counts: [8_128, 30_244, 42],
    kills: { 'I-23': 7 },
  },
});

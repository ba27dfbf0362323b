import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const claimsTwoCriticalSections = mutant({
  id: 'claims-two-critical-sections',
  base: lifecycle,
  summary: 'free memory and the claim on it are lowered one after the other',
  change: { claimsSettledAtOnce: false },
  reference: 'xen 75d29d9b5e "xen/mm: move adjustment of claimed pages counters on allocation"',
  caughtBy: 'I-23',
});

import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const lowFramesDrift = mutant({
  id: 'low-frames-drift',
  base: lifecycle,
  summary: 'current at boot is what the guest counts as RAM, which leaves frames out',
  change: { bootCurrent: 'guestRam' },
  reference: '"improve accuracy of initial balloon target for dom0" and its partial revert (2026)',
  caughtBy: 'I-24',
  row: {
    scope: 'single',
    counts: [8_550, 43_053, 41],
    kills: { 'I-16': 0, 'I-24': 0 },
  },
});

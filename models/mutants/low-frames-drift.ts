import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const lowFramesDrift = mutant({
  id: 'low-frames-drift',
  base: lifecycle,
  summary:
    'the guest\u2019s count of its RAM, which leaves out frames that Xen did populate, is current at boot',
  change: { bootCurrent: 'guestRam' },
  reference: '"improve accuracy of initial balloon target for dom0" and its partial revert (2026)',
  caughtBy: 'I-24',
});

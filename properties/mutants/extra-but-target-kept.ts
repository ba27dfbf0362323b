import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const extraButTargetKept = mutant({
  id: 'extra-but-target-kept',
  base: lifecycle,
  summary: 'the target at boot is all of boot memory, also what has no frames',
  change: { bootTarget: 'maximum' },
  reference: '"xen/x86: fix initial memory balloon target" (2025)',
  caughtBy: 'I-39',
  row: {
    scope: 'boot-single',
    counts: [19_380, 108_934, 49],
    kills: { 'I-39': 1 },
  },
});

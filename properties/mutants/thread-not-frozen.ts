import { v3 } from '../../models/variants/v3.ts';
import { lost } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const threadNotFrozen = mutant({
  id: 'thread-not-frozen',
  base: v3,
  summary: 'the balloon thread is not frozen before a suspend',
  change: { freezes: false },
  reference:
    'the work item of linux 4.4 (finding suspended-in-call); mainline: set_freezable in `balloon_thread`',
  caughtBy: 'E-1',
  row: {
    scope: 'p2m-suspend',
    counts: [24_012, 111_064, 58],
    kills: { 'E-1': 18, 'E-3': 24, 'I-5': 18, 'I-24': 21, 'I-26': 17, 'D-1': 23, 'D-2': 23 },
    others: { ...lost(11) },
  },
});

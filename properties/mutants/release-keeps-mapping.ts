import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const releaseKeepsMapping = mutant({
  id: 'release-keeps-mapping',
  base: lifecycle,
  summary: 'the guest keeps a mapping, so Xen cannot free the frame',
  change: { decreaseFrees: false },
  reference: 'xen: actually release memory when shrinking domain, 1058a75f07b (2009)',
  caughtBy: 'I-20',
  row: {
    scope: 'single',
    counts: [9_387, 43_734, 34],
    kills: {
      'I-20': 11,
      'I-24': 12,
      'I-27': 12,
    },
  },
});

import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const releaseKeepsMapping = mutant({
  id: 'release-keeps-mapping',
  base: lifecycle,
  summary: 'the guest keeps a mapping, so Xen cannot free the frame',
  change: { decreaseFrees: false },
  reference: 'xen: actually release memory when shrinking domain, 1058a75f07b (2009)',
  caughtBy: 'I-20',
});

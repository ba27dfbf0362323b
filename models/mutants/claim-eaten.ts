import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const claimEaten = mutant({
  id: 'claim-eaten',
  base: lifecycle,
  summary: 'a page that cannot be assigned keeps its claim',
  change: { claimSurvivesFailedAssign: false },
  reference: 'xen/common/page_alloc.c: known, accepted',
  caughtBy: 'H-1',
});

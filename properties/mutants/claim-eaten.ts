import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const claimEaten = mutant({
  id: 'claim-eaten',
  base: lifecycle,
  summary: 'a page that cannot be assigned keeps its claim',
  change: { claimSurvivesFailedAssign: false },
  reference: 'xen/common/page_alloc.c: known, accepted',
  caughtBy: 'H-1',
  row: {
    scope: 'claims',
    counts: [6_432, 26_568, 40],
    kills: { 'H-1': 2 },
  },
});

import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const claimOnDying = mutant({
  id: 'claim-on-dying',
  base: lifecycle,
  summary: 'a domain that dies is given a claim',
  change: { refusesClaimOfDying: false },
  reference: 'xen 2379ca04fe "xen/domain: Disallow XENMEM_claim_pages on dying domains"',
  caughtBy: 'I-23',
  row: {
    scope: 'claims',
    counts: [9_356, 34_638, 40],
    kills: { 'I-23': 3 },
  },
});

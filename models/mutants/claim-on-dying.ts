import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const claimOnDying = mutant({
  id: 'claim-on-dying',
  base: lifecycle,
  summary: 'a domain that dies is given a claim',
  change: { refusesClaimOfDying: false },
  reference: 'xen 2379ca04fe "xen/domain: Disallow XENMEM_claim_pages on dying domains"',
  caughtBy: 'I-23',
});

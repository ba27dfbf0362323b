import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const claimsIgnoredByAllocator = mutant({
  id: 'claims-ignored-by-allocator',
  base: lifecycle,
  summary: 'an allocator that never looks at claims',
  change: { claimsHonoured: false },
  reference: 'xen b068cafc73 "xen/mm: reject XENMEM_claim_pages when using LLC coloring"',
  caughtBy: 'I-23',
});

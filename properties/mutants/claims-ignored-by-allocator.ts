import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const claimsIgnoredByAllocator = mutant({
  id: 'claims-ignored-by-allocator',
  base: lifecycle,
  summary: 'an allocator that never looks at claims',
  change: { claimsHonoured: false },
  reference: 'xen b068cafc73 "xen/mm: reject XENMEM_claim_pages when using LLC coloring"',
  caughtBy: 'I-23',
  row: {
    scope: 'claims',
    counts: [7_016, 27_696, 40],
    kills: { 'I-23': 7 },
  },
});

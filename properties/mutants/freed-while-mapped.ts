import { pvh64 } from '../../models/forms/pvh.ts';
import { v3 } from '../../models/variants/v3.ts';
import { lentAdds, lost } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const freedWhileMapped = mutant({
  id: 'freed-while-mapped',
  base: v3,
  form: pvh64,
  summary: 'a page comes back on the list while something foreign is still mapped into it',
  change: { unmapsFirst: false },
  reference:
    'xen/arch/x86/mm/p2m.c `p2m_add_page`: the domain is destroyed; linux drivers/xen/grant-table.c `gnttab_unmap_refs_async` waits for that reason',
  caughtBy: 'I-6',
  row: {
    scope: 'lent-mapped',
    counts: [310_736, 1_148_244, 55],
    kills: { 'I-6': 8, 'D-1': 7, 'D-2': 14, 'D-4': 7 },
    others: { ...lost(9), ...lentAdds(6) },
  },
});

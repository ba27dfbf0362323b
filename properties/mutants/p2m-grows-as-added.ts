import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const p2mGrowsAsAdded = mutant({
  id: 'p2m-grows-as-added',
  base: lifecycle,
  summary: 'the P2M gets leaves when a run is reserved',
  change: { p2mLeaves: 'asAdded' },
  reference: 'linux arch/x86/xen/p2m.c xen_alloc_p2m_entry; xen xg_sr_save_x86_pv.c x86_pv_check_vm_state',
  caughtBy: 'I-44',
  row: {
    scope: 'migration',
    counts: [5_440, 17_156, 39],
    kills: { 'I-44': 5 },
  },
});

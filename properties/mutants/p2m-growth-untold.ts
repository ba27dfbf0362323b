import { v3 } from '../../models/variants/v3.ts';
import { violated } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const p2mGrowthUntold = mutant({
  id: 'p2m-growth-untold',
  base: v3,
  summary: 'Xen cannot see that the P2M has grown',
  change: { tellsP2mGrowth: false },
  reference:
    'xen xg_sr_save_x86_pv.c x86_pv_check_vm_state: nothing is compared where p2m_generation is not kept (32 bits, kernels before 4.3)',
  caughtBy: 'M-1',
  row: {
    scope: 'migration',
    counts: [11_912, 46_444, 37],
    kills: { 'M-1': 8 },
    others: { 'I-44': violated(5, 'migration-aborted'), 'D-3': violated(11, 'lost-target') },
  },
});

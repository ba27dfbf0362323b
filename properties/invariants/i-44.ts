import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const noGrowthWhileCopied: Property = {
  id: 'I-44',
  title: 'the P2M does not grow while it is copied',
  statement: 'While a PV guest is copied to another host, it makes no leaf of its P2M.',
  at: 'step',
  grounding: [
    { tree: 'xen', path: 'tools/libs/guest/xg_sr_save_x86_pv.c', symbol: 'x86_pv_check_vm_state' },
    { tree: 'linux', path: 'arch/x86/xen/p2m.c', symbol: 'xen_alloc_p2m_entry' },
  ],
  witness: ['migrate.round'],
  appliesTo: (_, scope) => has(scope, 'migrator'),
  watch: {
    kind: 'step',
    never: [],
    on: 'migrator',
    holds: (before, _, after) => (before['grown'] ?? 0) >= (after['grown'] ?? 0),
  },
};

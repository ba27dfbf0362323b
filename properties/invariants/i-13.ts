import { judgesReach } from '../../models/guest/reach.ts';
import type { Property } from '../property.ts';

/** A form has its limits too, so that all forms are asked in a scope that has one. */
export const withinReach: Property = {
  id: 'I-13',
  title: 'within reach of addresses',
  statement:
    'Every section that has struct pages ends within what the kernel can address, and (PV) within what the P2M has room for.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'mhp_range_allowed' },
    { tree: 'linux', path: 'arch/x86/xen/p2m.c', symbol: '__set_phys_to_machine' },
  ],
  witness: ['reserve.ok', 'place.ok', 'find.ok', 'scratch.map'],
  appliesTo: (_, scope) => judgesReach(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.beyond': 1 }, is: 'above', to: 0 }]],
  },
};

import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** It gives no section back, so what it registers and cannot map must not stay with it. */
export const scratchIsRegistered: Property = {
  id: 'U-2',
  title: 'scratch is registered',
  statement:
    'The allocator of address space has a section registered in iomem exactly while it maps it or has its pages.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/unpopulated-alloc.c', symbol: 'fill_list' }],
  witness: ['scratch.map', 'scratch.enomem'],
  appliesTo: (_, scope) => has(scope, 'scratch'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'slot.scratch': 1, 'section.scratch': -1, 'scratch.mapping': -1 }, is: 'unequal', to: 0 }],
    ],
  },
};

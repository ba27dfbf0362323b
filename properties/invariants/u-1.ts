import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** Not in the reference's list; U for address space that was never populated. The disjointness of I-4, for pages outside the balloon. */
export const oneUserOfAddresses: Property = {
  id: 'U-1',
  title: 'scratch or memory',
  statement:
    'No section is memory of the balloon driver, or in its hand, and mapped by the allocator of address space as well.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/unpopulated-alloc.c', symbol: 'fill_list' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'additional_memory_resource' },
  ],
  witness: ['scratch.map'],
  appliesTo: (_, scope) => has(scope, 'scratch'),
  watch: {
    kind: 'state',
    perIndex: true,
    clauses: [[{ sum: { 'section.taken': 1, 'section.scratch': 1 }, is: 'above', to: 1 }]],
  },
};

import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** By net effect: whatever the calls were, no frame is left of one that the call did not count. Extents that are counted are I-20 and I-5. */
export const failedExtentLeavesNothing: Property = {
  id: 'I-33',
  title: 'a failed extent leaves nothing',
  statement:
    'A populate that returns k leaves the domain with k frames more, each in its map, and with none that it was not told of.',
  at: 'state',
  grounding: [{ tree: 'xen', path: 'xen/common/memory.c', symbol: 'populate_physmap' }],
  witness: ['populate.unmapped', 'fill.unmapped'],
  appliesTo: (_, scope) => has(scope, 'tables'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'hypervisor.unmapped': 1 }, is: 'above', to: 0 }]],
  },
};

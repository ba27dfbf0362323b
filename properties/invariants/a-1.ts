import { hasAdder } from '../../models/guest/adder.ts';
import type { Property } from '../property.ts';

/** Not in the reference's list; A for adder. A page that the driver takes from the allocator and gives back to Xen is another matter. */
export const foreignIsUsable: Property = {
  id: 'A-1',
  title: 'what others add is usable',
  statement:
    'A page of memory that somebody else added goes to the allocator when it comes online: not onto the balloon list with its frame, and not to nobody.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'set_online_page_callback' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_online_page' },
  ],
  witness: ['dimm.add'],
  appliesTo: (_, scope) => hasAdder(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.astray': 1 }, is: 'above', to: 0 }]],
  },
};

import { everywhere, type Property } from '../property.ts';

export const admission: Property = {
  id: 'I-21',
  title: 'admission',
  statement: 'Frames are assigned only while tot stays within max; above max, tot never grows.',
  at: 'step',
  grounding: [{ tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'assign_pages' }],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'hypervisor',
    holds: (before, _, after) =>
      (after['tot'] ?? 0) <= (before['tot'] ?? 0) || (after['tot'] ?? 0) <= (before['max'] ?? 0),
  },
};

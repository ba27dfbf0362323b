import type { Property } from '../property.ts';

/** Only protocols that populate before add put frames into an interval at all. */
export const reservedFirst: Property = {
  id: 'I-3',
  title: 'reserved before populated',
  statement: 'Frames are put only into an interval that the driver has reserved.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['fill.ok'],
  appliesTo: (protocol) => protocol.populateFirst,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.unreserved': 1 }, is: 'above', to: 0 }]],
  },
};

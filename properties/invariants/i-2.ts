import { everywhere, type Property } from '../property.ts';

/** A section populated without a reservation occupies its interval all the same; that is the double claim of W0a. */
export const oneHolder: Property = {
  id: 'I-2',
  title: 'one holder',
  statement:
    'Every interval of address space has at most one holder: who registered it in iomem, or a driver that put frames there.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'kernel/resource.c', symbol: '__request_resource' }],
  witness: ['reserve.ok', 'find.ok', 'place.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: true,
    clauses: [
      [{ sum: { 'slot.holders': 1, 'section.unreserved': 1 }, is: 'above', to: 1 }],
      [{ sum: { 'gap.holders': 1 }, is: 'above', to: 1 }],
    ],
  },
};

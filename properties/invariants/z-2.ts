import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** Pages populated while the first block is still going online are in use before the lists are built. */
export const usableIsLookedAt: Property = {
  id: 'Z-2',
  title: 'usable pages are looked for',
  statement: 'Once a block is online, pages with the allocator are in a zone that it looks at.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'mm/page_alloc.c', symbol: 'build_zonerefs_node' }],
  witness: ['populate.ok', 'online.kept', 'autoonline.done'],
  appliesTo: (_, scope) => has(scope, 'zones'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'zones.online': 1 }, is: 'above', to: 0 },
        { sum: { 'zones.managed': 1 }, is: 'above', to: 0 },
        { sum: { 'zones.listed': 1 }, is: 'equal', to: 0 },
      ],
    ],
  },
};

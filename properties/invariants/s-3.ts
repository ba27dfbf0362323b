import { lends } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** The type shares its place with the count of mappings, so a page is never both. */
export const typedWhileListed: Property = {
  id: 'S-3',
  title: 'typed while on the list',
  statement: 'A page bears the type of an offline page exactly while it is on the balloon list.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_append' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_retrieve' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_add_regions' },
  ],
  witness: ['decrease.ok', 'populate.ok', 'lend.take'],
  // Elsewhere only the driver itself puts pages on the list and takes them off.
  appliesTo: (_, scope) => scope.bootBallooned > 0 || lends(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.mistyped': 1 }, is: 'above', to: 0 }]],
  },
};

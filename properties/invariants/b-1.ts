import { builds } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** Not in the reference's list; B for balance. */
export const reservedIsThere: Property = {
  id: 'B-1',
  title: 'what is reserved is there',
  statement: 'Frames that a memory manager has promised to a new domain stay free until it is built.',
  at: 'state',
  grounding: [{ tree: 'xen-api', path: 'ocaml/squeezed/src/memory_server.ml', symbol: 'reserve_memory' }],
  witness: ['manage.yes'],
  appliesTo: (_, scope) => builds(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'toolstack.reserved': 1, 'hypervisor.free': -1 }, is: 'above', to: 0 }]],
  },
};

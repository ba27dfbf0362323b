import { isManaged } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const targetsWithinRange: Property = {
  id: 'B-2',
  title: 'targets within range',
  statement: 'A memory manager tells no domain to have less than its minimum or more than its maximum.',
  at: 'state',
  grounding: [
    { tree: 'xen-api', path: 'ocaml/squeezed/lib/squeeze.ml', symbol: 'allocate_memory_in_proportion' },
  ],
  witness: ['target.set', 'neighbour.order'],
  appliesTo: (_, scope) => isManaged(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'toolstack.outOfRange': 1 }, is: 'above', to: 0 }]],
  },
};

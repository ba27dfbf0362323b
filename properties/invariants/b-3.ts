import { isManaged } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const marksEnd: Property = {
  id: 'B-3',
  title: 'nobody is blamed who obeyed',
  statement: 'A domain that has what it was told to have is not marked as one that does not move.',
  at: 'state',
  grounding: [{ tree: 'xen-api', path: 'ocaml/squeezed/lib/squeeze.ml', symbol: 'Stuckness_monitor' }],
  witness: ['stuck.guest', 'stuck.neighbour'],
  appliesTo: (_, scope) => isManaged(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'toolstack.slandered': 1 }, is: 'above', to: 0 }]],
  },
};

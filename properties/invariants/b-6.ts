import { isManaged } from '../../models/scope.ts';
import { managing } from '../fairness.ts';
import type { Property } from '../property.ts';

export const limitsFollow: Property = {
  id: 'B-6',
  title: 'no target above its limit for ever',
  statement:
    'A memory manager does not leave a guest for ever with a limit below the target it has given it.',
  at: 'temporal',
  grounding: [
    { tree: 'xen-api', path: 'ocaml/squeezed/lib/squeeze.ml', symbol: 'change_host_free_memory' },
    { tree: 'xen-api', path: 'ocaml/squeezed/lib/squeeze.ml', symbol: 'is_host_memory_unbalanced' },
  ],
  witness: ['stuck.guest'],
  appliesTo: (_, scope) => isManaged(scope),
  watch: {
    kind: 'temporal',
    stays: [[{ sum: { 'toolstack.target': 1, 'hypervisor.max': -1 }, is: 'above', to: 0 }]],
    fairness: managing,
  },
};

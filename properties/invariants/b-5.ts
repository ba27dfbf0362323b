import { isManaged } from '../../models/scope.ts';
import { managing } from '../fairness.ts';
import type { Property } from '../property.ts';

export const targetsComeToRest: Property = {
  id: 'B-5',
  title: 'targets come to rest',
  statement: 'While nobody asks and nobody comes or goes, a memory manager does not move targets for ever.',
  at: 'temporal',
  grounding: [
    { tree: 'xen-api', path: 'ocaml/squeezed/src/memory_server.ml', symbol: 'start_balance_thread' },
    { tree: 'xen-api', path: 'ocaml/squeezed/lib/squeeze.ml', symbol: 'is_host_memory_unbalanced' },
  ],
  witness: ['manage.balance'],
  appliesTo: (_, scope) => isManaged(scope),
  watch: { kind: 'temporal', takes: ['target.set', 'neighbour.order'], fairness: managing },
};

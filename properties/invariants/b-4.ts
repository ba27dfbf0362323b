import { builds } from '../../models/scope.ts';
import { managing } from '../fairness.ts';
import type { Property } from '../property.ts';

export const askedIsAnswered: Property = {
  id: 'B-4',
  title: 'who asks is answered',
  statement: 'Somebody who asks a memory manager for frames gets a yes or a no, whatever the domains do.',
  at: 'temporal',
  grounding: [{ tree: 'xen-api', path: 'ocaml/squeezed/lib/squeeze.ml', symbol: 'change_host_free_memory' }],
  witness: ['manage.ask'],
  appliesTo: (_, scope) => builds(scope),
  watch: {
    kind: 'temporal',
    stays: [[{ sum: { 'builder.asking': 1 }, is: 'equal', to: 1 }]],
    fairness: managing,
  },
};

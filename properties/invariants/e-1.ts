import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** The other half of I-26: what the guest believes of its P2M is so. */
export const entriesAreOwn: Property = {
  id: 'E-1',
  title: 'the P2M names own frames',
  statement: 'No entry of the P2M names a machine frame that the domain has lost.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'arch/x86/xen/p2m.c', symbol: 'set_phys_to_machine' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' },
  ],
  witness: ['p2mset.ok'],
  appliesTo: (_, scope) => has(scope, 'p2m'),
  watch: { kind: 'state', perIndex: false, clauses: [[{ sum: { 'section.stale': 1 }, is: 'above', to: 0 }]] },
};

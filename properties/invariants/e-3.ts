import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const nobodyDiesInACall: Property = {
  id: 'E-3',
  title: 'no call ends the guest',
  statement:
    'Neither a populate nor a decrease, nor the writes of the P2M around them, nor a request for address space, stops the kernel.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'decrease_reservation' },
  ],
  witness: ['p2mset.ok', 'p2mdrop.ok', 'scratch.take'],
  appliesTo: (_, scope) => has(scope, 'p2m', 'scratch'),
  watch: { kind: 'step', never: ['p2mset.bug', 'decrease.bug', 'scratch.bug', 'scratch.empty'] },
};

import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const standingTargetFits: Property = {
  id: 'T-2',
  title: 'the target that stands fits',
  statement:
    'Between operations the target in xenstore is no more than Xen\u2019s limit and static-max, so that the guest can get there.',
  at: 'state',
  grounding: [{ tree: 'xen', path: 'tools/libs/light/libxl_mem.c', symbol: 'libxl_set_memory_target' }],
  witness: ['store.set'],
  appliesTo: (_, scope) => has(scope, 'libxl'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'toolstack.pending': 1, 'hypervisor.wrapped': 1 }, is: 'equal', to: 0 },
        { sum: { 'toolstack.stored': 1, 'hypervisor.max': -1 }, is: 'above', to: 0 },
      ],
      [{ sum: { 'toolstack.stored': 1, 'toolstack.staticMax': -1 }, is: 'above', to: 0 }],
    ],
  },
};

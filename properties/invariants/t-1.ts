import { has, isManaged } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** Judged where every order sets both and none fails; the constant slack of real limits is 0 here. */
export const limitGoesWithTarget: Property = {
  id: 'T-1',
  title: 'limit and target agree',
  statement:
    'Whenever the toolstack has given an order, the limit at Xen is the one that goes with the target.',
  at: 'state',
  grounding: [
    { tree: 'xen', path: 'tools/libs/light/libxl_mem.c', symbol: 'libxl_set_memory_target' },
    { tree: 'xen', path: 'xen/common/domctl.c', symbol: 'XEN_DOMCTL_max_mem' },
  ],
  witness: ['target.set'],
  appliesTo: (_, scope) => !has(scope, 'libxl') && !isManaged(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'toolstack.pairs': 1 }, is: 'equal', to: 1 },
        { sum: { 'toolstack.pending': 1, 'hypervisor.wrapped': 1 }, is: 'equal', to: 0 },
        { sum: { 'hypervisor.max': 1, 'toolstack.target': -1 }, is: 'unequal', to: 0 },
      ],
    ],
  },
};

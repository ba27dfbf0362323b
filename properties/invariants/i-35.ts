import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** Undone or never done: between operations Xen's limit is the one that the last success has set. */
export const failedOrderLeavesLimit: Property = {
  id: 'I-35',
  title: 'a failed order leaves the limit',
  statement: 'A mem-set or mem-max that fails leaves Xen\u2019s limit as it was.',
  at: 'state',
  grounding: [
    { tree: 'xen', path: 'tools/libs/light/libxl_mem.c', symbol: 'libxl_set_memory_target' },
    { tree: 'xen', path: 'tools/libs/light/libxl_mem.c', symbol: 'libxl_domain_setmaxmem' },
  ],
  witness: ['store.fail', 'memmax.fail'],
  appliesTo: (_, scope) => has(scope, 'libxl'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'toolstack.pending': 1, 'hypervisor.wrapped': 1 }, is: 'equal', to: 0 },
        { sum: { 'hypervisor.max': 1, 'toolstack.limit': -1 }, is: 'unequal', to: 0 },
      ],
    ],
  },
};

import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const claimsAddUp: Property = {
  id: 'I-23',
  title: 'claims add up',
  statement: 'What Xen holds back is what is promised to domains that live, and no more than what is free.',
  at: 'state',
  grounding: [
    { tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'domain_set_outstanding_pages' },
    { tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'alloc_heap_pages' },
  ],
  witness: ['claim.use', 'claim.settle'],
  appliesTo: (_, scope) => has(scope, 'newcomer'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'hypervisor.claims': 1, 'newcomer.outstanding': -1 }, is: 'unequal', to: 0 }],
      [{ sum: { 'hypervisor.claims': 1, 'hypervisor.free': -1 }, is: 'above', to: 0 }],
    ],
  },
};

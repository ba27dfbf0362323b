import { everywhere, type Property } from '../property.ts';

export const noWrap: Property = {
  id: 'I-18',
  title: 'no counter wraps',
  statement: 'Every counter stays in [0, 2^63).',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'include/xen/balloon.h', symbol: 'balloon_stats' }],
  witness: ['decrease.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'books.wrapped': 1, 'need.wrapped': 1, 'hypervisor.wrapped': 1 }, is: 'above', to: 0 }],
    ],
  },
};

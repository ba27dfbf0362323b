import { everywhere, type Property } from '../property.ts';

export const hostAddsUp: Property = {
  id: 'I-22',
  title: 'the host adds up',
  statement: 'Free frames, the domain\u2019s and everybody else\u2019s make up what is installed.',
  at: 'state',
  grounding: [{ tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'alloc_heap_pages' }],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        {
          sum: {
            'hypervisor.free': 1,
            'hypervisor.tot': 1,
            'hypervisor.other': 1,
            'hypervisor.installed': -1,
          },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

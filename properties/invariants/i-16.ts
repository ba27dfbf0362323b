import { type Property, quiet } from '../property.ts';

export const totalAddsUp: Property = {
  id: 'I-16',
  title: 'total adds up',
  statement: 'At rest, total = current + low + pages lent + pages added and never online.',
  at: 'quiescent',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['count.done'],
  appliesTo: ({ claimFirst, fillsTo }) => claimFirst && fillsTo === 'run',
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        ...quiet,
        {
          sum: {
            'need.total': 1,
            'books.current': -1,
            'books.low': -1,
            'section.lent': -1,
            'section.lentBacked': -1,
            'section.offlineEmpty': -1,
          },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

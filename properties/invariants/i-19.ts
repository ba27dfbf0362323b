import { lends } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const lentIsCounted: Property = {
  id: 'I-19',
  title: 'lent pages are counted',
  statement: 'target_unpopulated is the number of pages lent and asked for.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_alloc_ballooned_pages' }],
  witness: ['lend.done'],
  appliesTo: (protocol, scope) => lends(scope) && protocol.claimFirst && protocol.countsLent,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'pageUser.idle': 1 }, is: 'equal', to: 1 },
        {
          sum: {
            'need.lent': 1,
            'section.lent': -1,
            'section.lentBacked': -1,
            'secondBorrower.asks': -1,
          },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

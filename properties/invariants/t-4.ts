import { looksFirst } from '../../models/guest/first-look.ts';
import { type Property, quiet } from '../property.ts';

/** Not in the reference’s list. What Xen counts beside the driver is 0 here, so that the two numbers are the same. */
export const orderIsTheAim: Property = {
  id: 'T-4',
  title: 'the order is the aim',
  statement:
    'A guest that has read what stands in xenstore aims at that, less what Xen counts beside the driver and nothing else.',
  at: 'quiescent',
  grounding: [{ tree: 'linux', path: 'drivers/xen/xen-balloon.c', symbol: 'watch_target' }],
  witness: ['look.first'],
  appliesTo: (_, scope) => looksFirst(scope),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        ...quiet,
        { sum: { 'xenstore.news': 1 }, is: 'equal', to: 0 },
        { sum: { 'xenstore.looked': 1 }, is: 'equal', to: 1 },
        { sum: { 'books.target': 1, 'xenstore.value': -1 }, is: 'unequal', to: 0 },
      ],
    ],
  },
};

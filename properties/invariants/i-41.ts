import { isManaged } from '../../models/scope.ts';
import { optionalFailures, type Property } from '../property.ts';

/** With the help of whoever sets targets and onlines blocks, and with the other domain's memory given back. */
export const growthCanBeUndone: Property = {
  id: 'I-41',
  title: 'growth can be undone',
  statement: 'From everywhere the frames of the start can be reached again, with the driver agreeing.',
  at: 'possible',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'decrease_reservation' },
    { tree: 'xen', path: 'xen/common/memory.c', symbol: 'decrease_reservation' },
  ],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: (_, scope) => !isManaged(scope),
  watch: {
    kind: 'possible',
    goal: [
      { sum: { 'hypervisor.atStart': 1 }, is: 'equal', to: 1 },
      { sum: { 'books.current': 1, 'hypervisor.tot': -1 }, is: 'equal', to: 0 },
      { sum: { 'balloon.busy': 1 }, is: 'equal', to: 0 },
    ],
    without: optionalFailures,
  },
};

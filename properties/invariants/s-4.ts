import { isManaged } from '../../models/scope.ts';
import { optionalFailures, type Property } from '../property.ts';

/** With the help of whoever sets targets and takes blocks offline, and with the other domain's memory given back. */
export const everythingCanBeRemoved: Property = {
  id: 'S-4',
  title: 'what was added can be removed',
  statement:
    'From everywhere the start can be reached again: no hot-added section, its intervals free, frames and counters as at boot.',
  at: 'possible',
  grounding: [{ tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'try_remove_memory' }],
  witness: ['remove.begin'],
  appliesTo: ({ removes }, scope) => removes !== 'never' && scope.offliner && !isManaged(scope),
  watch: {
    kind: 'possible',
    goal: [
      { sum: { 'slot.driver': 1, 'section.filled': 1 }, is: 'equal', to: 0 },
      { sum: { 'block.stored': 1 }, is: 'equal', to: 0 },
      { sum: { 'hypervisor.atStart': 1 }, is: 'equal', to: 1 },
      { sum: { 'books.current': 1, 'hypervisor.tot': -1 }, is: 'equal', to: 0 },
      { sum: { 'need.total': 1, 'books.current': -1, 'books.low': -1 }, is: 'equal', to: 0 },
      { sum: { 'balloon.busy': 1 }, is: 'equal', to: 0 },
    ],
    without: optionalFailures,
  },
};

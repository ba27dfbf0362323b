import { everywhere, type Property } from '../property.ts';

/** An interval that stays registered is lost to everybody; one that is not is given to somebody else. */
export const registeredWhileTaken: Property = {
  id: 'S-2',
  title: 'registered while in hand or present',
  statement:
    'The driver has an interval registered exactly while it has the section in hand or the section is there.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'kernel/resource.c', symbol: 'release_resource' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'release_memory_resource' },
  ],
  witness: ['reserve.ok', 'add.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: true,
    clauses: [[{ sum: { 'section.taken': 1, 'slot.driver': -1 }, is: 'unequal', to: 0 }]],
  },
};

import { BOOT } from '../../src/core/label.ts';
import { everywhere, type Property } from '../property.ts';

/**
 * Where there is high memory; elsewhere there is one kind of page, and nothing to put in an order. It speaks of all forms, so an order
 * from the toolstack is witness enough: a form without high memory is not vacuous, it cannot go wrong.
 */
export const lowFirst: Property = {
  id: 'R-1',
  title: 'low memory comes back first',
  statement: 'A page without a direct map is populated only when no page with one is on the balloon list.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_append' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_retrieve' },
  ],
  witness: ['target.set'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'highmem',
    holds: (before, { type, section = BOOT }) =>
      !type.startsWith('populate.') || section === BOOT || before['lowLeft'] === 0,
  },
};

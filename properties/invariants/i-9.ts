import { everywhere, type Property } from '../property.ts';

export const populateOnlyEmpty: Property = {
  id: 'I-9',
  title: 'populate only where empty',
  statement: 'A populate lands on a page that has no frame.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' },
    { tree: 'xen', path: 'xen/common/memory.c', symbol: 'populate_physmap' },
  ],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: everywhere,
  watch: { kind: 'step', never: ['populate.over', 'fill.over'] },
};

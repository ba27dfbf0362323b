import { everywhere, type Property } from '../property.ts';

export const usableMeansBacked: Property = {
  id: 'I-5',
  title: 'usable pages have frames',
  statement: 'A page that the allocator may hand out has a frame behind it.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'generic_online_page' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' },
  ],
  witness: ['online.done', 'autoonline.done'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.inUseEmpty': 1 }, is: 'above', to: 0 }]],
  },
};

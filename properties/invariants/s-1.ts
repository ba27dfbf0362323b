import { everywhere, type Property } from '../property.ts';

export const sectionsInOrder: Property = {
  id: 'S-1',
  title: 'sections in order',
  statement:
    'Nothing happens to a memory section before what it rests on: no online before add, no add twice, no remove while online.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'add_memory_resource' },
    { tree: 'linux', path: 'mm/sparse.c', symbol: 'sparse_add_section' },
  ],
  witness: ['add.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.disordered': 1 }, is: 'above', to: 0 }]],
  },
};

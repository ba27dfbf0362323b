import { everywhere, type Property } from '../property.ts';

/** Where the locks are one, this is true by that lock; where they are two, nothing makes it so. */
export const oneMover: Property = {
  id: 'I-7',
  title: 'one moves memory at a time',
  statement: 'Nobody adds, onlines or offlines memory while somebody else does.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'mem_hotplug_begin' }],
  witness: ['add.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'hotplugLock.held': 1 }, is: 'above', to: 1 }]],
  },
};

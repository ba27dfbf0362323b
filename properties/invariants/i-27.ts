import { everywhere, type Property, quiet } from '../property.ts';

/** Counts both frames that lost their page (populated over) and frames put behind pages that never came to exist. */
export const noOrphan: Property = {
  id: 'I-27',
  title: 'no orphaned frame',
  statement:
    'At rest, every frame of the domain is behind a page that exists: in use, on the balloon list, lent, or offline; or kept to fill pages on demand; or given back while somebody else still refers to it.',
  at: 'quiescent',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_online_page' },
    { tree: 'xen', path: 'xen/common/memory.c', symbol: 'populate_physmap' },
  ],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        ...quiet,
        {
          sum: {
            'hypervisor.tot': 1,
            'hypervisor.held': -1,
            'section.inUse': -1,
            'section.balloonedBacked': -1,
            'section.lentBacked': -1,
            'section.offlineBacked': -1,
            'pod.cache': -1,
            'adder.brought': 1,
          },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

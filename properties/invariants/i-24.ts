import { everywhere, type Property, quiet } from '../property.ts';

/**
 * Frames outside driver control are the constant k of the reference. An HVM guest that is filled on demand has fewer frames than it
 * believes, by what is owed: entries that no frame of the cache is kept for.
 */
export const guestAgreesWithXen: Property = {
  id: 'I-24',
  title: 'guest and Xen agree',
  statement:
    'At rest, current equals what Xen counts for the domain, but for what is owed on demand, and for frames given back that somebody else still refers to.',
  at: 'quiescent',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_stats' },
    { tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'domain_adjust_tot_pages' },
  ],
  witness: ['populate.ok', 'fill.ok', 'decrease.ok'],
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
            'books.current': -1,
            'pod.entries': 1,
            'pod.cache': -1,
          },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

import { everywhere, type Property, quiet } from '../property.ts';

/** A PV guest without frames outside driver control: the constant k of the reference is 0 here. */
export const guestAgreesWithXen: Property = {
  id: 'I-24',
  title: 'guest and Xen agree',
  statement: 'At rest, current equals what Xen counts for the domain.',
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
    clauses: [[...quiet, { sum: { 'hypervisor.tot': 1, 'books.current': -1 }, is: 'unequal', to: 0 }]],
  },
};

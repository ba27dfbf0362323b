import { begunGoesOn, blocksAreOnlined, calm, hostIsGivenBack } from '../fairness.ts';
import type { Property } from '../property.ts';

/**
 * `lifecycle` gives an order up for good after the last retry, as its design says, so the sentence is not asked of it; the kernel's
 * drivers are asked, for there pages can come onto the list after the order was given up.
 */
export const nothingLiesReady: Property = {
  id: 'L-3',
  title: 'nothing lies ready unused',
  statement:
    'An order is not given up for good while pages lie on the balloon list and Xen would grant their frames.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_memory_notifier' }],
  witness: ['online.done', 'autoonline.done'],
  appliesTo: (protocol) => !protocol.populateFirst,
  watch: {
    kind: 'temporal',
    stays: [
      [
        { sum: { 'balloon.cancelled': 1 }, is: 'equal', to: 1 },
        // A target that nobody tried is L-4's.
        { sum: { 'wake.untried': 1 }, is: 'equal', to: 0 },
        { sum: { 'books.target': 1, 'books.current': -1 }, is: 'above', to: 0 },
        { sum: { 'books.low': 1 }, is: 'above', to: 0 },
        { sum: { 'hypervisor.free': 1 }, is: 'above', to: 0 },
        { sum: { 'hypervisor.max': 1, 'hypervisor.tot': -1 }, is: 'above', to: 0 },
      ],
    ],
    fairness: {
      quiet: calm,
      groups: [...begunGoesOn, blocksAreOnlined, hostIsGivenBack],
    },
  },
};

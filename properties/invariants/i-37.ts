import { begunGoesOn, blocksAreOnlined, calm, failuresEnd, hostIsGivenBack, vetoes } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

/** What the reference asks for without a limit of retries; with one, giving the order up is a named rest (design §4). */
export const recovers: Property = {
  id: 'I-37',
  title: 'failures that end do no harm',
  statement:
    'Whatever has failed: once nothing is missing any more, current becomes the target, or the driver has given up the order that stands.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'update_schedule' }],
  witness: ['target.set'],
  appliesTo: everywhere,
  watch: {
    kind: 'temporal',
    visits: [
      [
        { sum: { 'books.target': 1, 'books.current': -1 }, is: 'unequal', to: 0 },
        { sum: { 'balloon.cancelled': 1 }, is: 'equal', to: 0 },
      ],
      [
        { sum: { 'books.target': 1, 'books.current': -1 }, is: 'unequal', to: 0 },
        { sum: { 'wake.untried': 1 }, is: 'equal', to: 1 },
      ],
    ],
    fairness: {
      quiet: [...calm, ...vetoes],
      groups: [...begunGoesOn, blocksAreOnlined, hostIsGivenBack, ...failuresEnd],
    },
  },
};

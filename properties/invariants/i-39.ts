import { bystanders, driverGoesOn, orders, ordersAreWhole, writersGoOn } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

/** In effect, not in the variable: the driver has acted on the last target, or has nothing to do for it. */
export const lastTargetWins: Property = {
  id: 'I-39',
  title: 'the last target wins',
  statement: 'The driver acts on the last target that was written.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_set_new_target' }],
  witness: ['target.set'],
  appliesTo: everywhere,
  watch: {
    kind: 'temporal',
    stays: [
      [
        { sum: { 'wake.untried': 1 }, is: 'equal', to: 1 },
        { sum: { 'books.target': 1, 'books.current': -1 }, is: 'unequal', to: 0 },
      ],
    ],
    fairness: { quiet: [...orders, ...bystanders], groups: [driverGoesOn, writersGoOn, ordersAreWhole] },
  },
};

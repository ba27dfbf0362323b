import { hasSecondCaller } from '../../models/guest/second-caller.ts';
import type { Property } from '../property.ts';

const RESERVES = ['reserve.ok', 'userreserve.ok'];

/** Not in the reference's list; G for growth. `underWay` is a ghost: no driver keeps it. */
export const nothingTwice: Property = {
  id: 'G-1',
  title: 'no memory is added twice',
  statement: 'A run is no longer than what is missing beside the runs that are under way already.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['userreserve.ok'],
  appliesTo: hasSecondCaller,
  watch: {
    kind: 'step',
    never: [],
    on: 'need',
    holds: ({ target = 0, lent = 0, total = 0, underWay = 0 }, { type, count = 0 }, after) => {
      if (!RESERVES.includes(type)) return true;
      const run = (after['underWay'] ?? 0) - underWay;
      const missing = target + lent - total - underWay;
      // One section less would not do.
      return run - run / count < missing;
    },
  },
};

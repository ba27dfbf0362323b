import { everywhere, type Property } from '../property.ts';

/** bp_state. */
const DONE = 0;
const AGAIN = 2;

export const shortIsProgress: Property = {
  id: 'P-3',
  title: 'short is progress',
  statement:
    'A populate that was granted some of its extents ends in BP_DONE: the rest is asked for at once, and no failure is counted.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' }],
  witness: ['populate.short', 'populate.full', 'fill.full'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'balloon',
    holds: (before, { type }, after) => {
      // A run in hand is filled within one step of the driver, whose outcome is not known yet.
      if (type === 'fill.short') return after['st'] !== AGAIN || before['st'] === AGAIN;
      return type !== 'populate.short' || after['st'] === DONE;
    },
  },
};

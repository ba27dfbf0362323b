import { deed } from '../../models/guest/second-caller.ts';
import type { Property } from '../property.ts';

/** Whoever else registers there meanwhile has changed something. */
export const refusedIsRemembered: Property = {
  id: 'P-4',
  title: 'a refused range is not asked for again',
  statement:
    'A range that add has refused because something is there already is not reserved again while nothing there has changed.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['add.eexist'],
  // No shipped driver remembers; where nobody looks there is nothing to judge by.
  appliesTo: ({ refusedRange }) => refusedRange !== 'forgotten',
  watch: {
    kind: 'step',
    never: [],
    on: 'slot',
    holds: (before, { type }) => deed(type) !== 'reserve.ok' || before['refused'] === 0,
  },
};

import { begunGoesOn, calm } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

/** I-39 asks for the variable, this for its effect. */
export const targetsAreActedOn: Property = {
  id: 'L-4',
  title: 'targets are acted on',
  statement: 'The driver tries every target that stands and is not reached yet.',
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
    fairness: { quiet: calm, groups: begunGoesOn },
  },
};

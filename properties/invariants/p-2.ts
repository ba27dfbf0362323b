import { everywhere, type Property } from '../property.ts';

/** bp_state. */
const AGAIN = 2;

export const failedAddIsFinal: Property = {
  id: 'P-2',
  title: 'a failed add is final',
  statement:
    'A failed add gives the order up; it is not backed off from and tried again, because the same range would fail again.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['add.eexist', 'add.enomem'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'balloon',
    holds: (before, { type }, after) =>
      (type !== 'add.end' && type !== 'release') || after['st'] !== AGAIN || before['st'] === AGAIN,
  },
};

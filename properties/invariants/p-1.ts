import { everywhere, type Property } from '../property.ts';

/** bp_state. */
const DONE = 0;

/** Labels that end in `.done` are woken by a credit that is not 0, and by nothing else. */
export const noSpinning: Property = {
  id: 'P-1',
  title: 'no spinning',
  statement:
    'A driver that waits, backs off or has given up an order does not run again just because it still lacks pages: something must have changed, or a timer fired.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_thread_cond' }],
  witness: ['reserve.nogap', 'find.none', 'add.enomem', 'decrease.nomem'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'balloon',
    holds: (before, label) =>
      before['asleep'] === 0 || before['st'] === DONE || !label.type.endsWith('.done'),
  },
};

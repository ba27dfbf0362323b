import { everywhere, type Property } from '../property.ts';

/** Named rests: done (current = target), waiting for somebody to online a block (BP_WAIT polls), order given up (BP_ECANCELED for this very target). */
export const namedRest: Property = {
  id: 'D-3',
  title: 'rests are named',
  statement:
    'A thread that sleeps without a timer has reached its target or has given up the order that stands.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_thread_cond' }],
  witness: ['target.set'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'balloon.cancelled': 1 }, is: 'equal', to: 1 },
        { sum: { 'wake.changed': 1 }, is: 'equal', to: 0 },
        { sum: { 'wake.untried': 1 }, is: 'equal', to: 1 },
        { sum: { 'books.target': 1, 'books.current': -1 }, is: 'unequal', to: 0 },
      ],
    ],
  },
};

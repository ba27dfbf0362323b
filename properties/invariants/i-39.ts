import type { Condition } from '../../src/compose/observation.ts';
import { everywhere, type Property } from '../property.ts';

/** Counters out of range are frozen, their copy of the target with them. */
const counting: Condition = { sum: { 'books.wrapped': 1, 'books.overflow': 1 }, is: 'equal', to: 0 };
const reached: Condition = { sum: { 'books.target': 1, 'books.current': -1 }, is: 'equal', to: 0 };
const differs: Condition = { sum: { 'books.target': 1, 'toolstack.target': -1 }, is: 'unequal', to: 0 };

export const lastTargetWins: Property = {
  id: 'I-39',
  title: 'the last order wins',
  statement: 'The driver acts on the target that was ordered last, and rests on no other.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_set_new_target' },
    { tree: 'linux', path: 'drivers/xen/xen-balloon.c', symbol: 'watch_target' },
  ],
  witness: ['target.set'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'balloon.busy': 1 }, is: 'equal', to: 1 }, counting, differs],
      [{ sum: { 'balloon.asleep': 1 }, is: 'equal', to: 1 }, counting, reached, differs],
    ],
  },
};

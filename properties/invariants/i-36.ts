import { begunGoesOn, blocksAreOnlined, calm, failures, failuresEnd, hostIsGivenBack } from '../fairness.ts';
import type { Property } from '../property.ts';

/** A misaligned add is no failure of others: whoever asks for half a block is refused every time (W3j). */
export const converges: Property = {
  id: 'I-36',
  title: 'the target is reached',
  statement: 'Where nothing fails, current becomes the last target and stays there.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_thread' }],
  witness: ['target.set'],
  // Where nothing is counted, current says nothing.
  appliesTo: (protocol) => !protocol.populateFirst || protocol.countCurrent,
  watch: {
    kind: 'temporal',
    visits: [[{ sum: { 'books.target': 1, 'books.current': -1 }, is: 'unequal', to: 0 }]],
    fairness: {
      quiet: calm,
      groups: [...begunGoesOn, blocksAreOnlined, hostIsGivenBack, ...failuresEnd],
    },
    premise: { since: [], never: failures },
  },
};

import { begunGoesOn, calm } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

/** Of the driver's own thread; a page allocation that waits (W2e) needs an actor that allocates. */
export const nothingBlocks: Property = {
  id: 'I-38',
  title: 'the driver never blocks for ever',
  statement: 'What the driver has begun ends: it comes to rest, again and again.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['hotplug.done', 'hotplug.queued'],
  appliesTo: everywhere,
  watch: {
    kind: 'temporal',
    stays: [[{ sum: { 'balloon.asleep': 1 }, is: 'equal', to: 0 }]],
    fairness: { quiet: calm, groups: begunGoesOn },
  },
};

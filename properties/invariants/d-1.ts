import { everywhere, optionalFailures, type Property } from '../property.ts';

/** Deadlock judged per actor: a state without successors never occurs while some environment label is on. */
export const threadSleepsAgain: Property = {
  id: 'D-1',
  title: 'the thread sleeps again',
  statement: 'From everywhere the balloon thread can go back to sleep.',
  at: 'possible',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_thread' }],
  witness: ['hotplug.done', 'hotplug.queued'],
  appliesTo: everywhere,
  watch: {
    kind: 'possible',
    goal: [{ sum: { 'balloon.asleep': 1 }, is: 'equal', to: 1 }],
    without: optionalFailures,
  },
};

import { everywhere, type Property } from '../property.ts';

export const callsWithinCredit: Property = {
  id: 'C-2',
  title: 'a call asks for no more than is missing',
  statement:
    'A populate or decrease, and a block to be removed, is of no more pages than lie between current and the target it acts on.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'current_credit' }],
  witness: ['refill.done', 'shrink.done', 'refill.queued', 'shrink.queued', 'hotplug.done', 'hotplug.queued'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'books',
    holds: (before, label) => {
      const [decision] = label.type.split('.');
      const missing = (before['target'] ?? 0) - (before['current'] ?? 0) - (before['hotplug'] ?? 0);
      if (decision === 'refill' || decision === 'grow') return (label['pages'] ?? 0) <= missing;
      const gives = decision === 'shrink' || decision === 'vacate';
      return !gives || (label['pages'] ?? 0) <= -missing;
    },
  },
};

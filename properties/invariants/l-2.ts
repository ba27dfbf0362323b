import { begunGoesOn, calm } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

export const writersEnd: Property = {
  id: 'L-2',
  title: 'no writer blocks for ever',
  statement: 'Whoever has begun to online or offline a block ends.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/base/memory.c', symbol: 'state_store' }],
  witness: ['online.begin', 'offline.begin', 'autoonline.begin'],
  appliesTo: everywhere,
  watch: {
    kind: 'temporal',
    stays: [[{ sum: { 'hotplugLock.held': 1 }, is: 'equal', to: 1 }]],
    fairness: { quiet: calm, groups: begunGoesOn },
  },
};

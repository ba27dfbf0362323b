import { everywhere, optionalFailures, type Property } from '../property.ts';

export const writersFinish: Property = {
  id: 'D-2',
  title: 'writers finish',
  statement: 'From everywhere whoever moves a memory block can finish.',
  at: 'possible',
  grounding: [{ tree: 'linux', path: 'drivers/base/core.c', symbol: 'lock_device_hotplug' }],
  witness: ['online.begin', 'offline.begin', 'autoonline.begin'],
  appliesTo: everywhere,
  watch: {
    kind: 'possible',
    goal: [{ sum: { 'hotplugLock.held': 1 }, is: 'equal', to: 0 }],
    without: optionalFailures,
  },
};

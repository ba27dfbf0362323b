import { deed } from '../../models/guest/second-caller.ts';
import { everywhere, type Property } from '../property.ts';

/** What the driver itself must give back afterwards is for I-24, I-27 and S-2. */
export const failedAddChangesNothing: Property = {
  id: 'I-32',
  title: 'a failed add changes nothing',
  statement: 'An add that fails leaves the sections of its run as they were.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'add_memory_resource' }],
  witness: ['add.eexist', 'add.enomem'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'section',
    holds: (before, { type }, after) =>
      !['add.eexist', 'add.enomem'].includes(deed(type)) ||
      Object.keys(after).every((name) => before[name] === after[name]),
  },
};

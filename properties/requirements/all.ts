/** Every requirement, text by text. A new text is one file in this folder and one line here. */
import { kconfig } from './kconfig.ts';
import { libxl } from './libxl.ts';
import { memoryHotplug } from './memory-hotplug.ts';
import { proposal2010 } from './proposal-2010.ts';
import type { BeyondTheText, Requirement } from './requirement.ts';
import { sysfsAbi } from './sysfs-abi.ts';
import { xenInterface } from './xen-interface.ts';

export const requirements: readonly Requirement[] = [
  ...proposal2010,
  ...kconfig,
  ...sysfsAbi,
  ...libxl,
  ...memoryHotplug,
  ...xenInterface,
];

/** Properties and charts that no sentence asks for. */
export const beyondTheText: readonly BeyondTheText[] = [
  { what: 'property', id: 'I-17', why: 'balances counters that only the driver of Linux 3.1 kept' },
  { what: 'property', id: 'I-19', why: 'target_unpopulated is told of in no text' },
  { what: 'property', id: 'I-38', why: 'that a request for pages returns is told of in no text' },
  { what: 'property', id: 'G-1', why: 'the second caller of the reserve step is told of in no text' },
  { what: 'property', id: 'G-2', why: 'the switch hotplug_unpopulated is documented nowhere' },
  { what: 'chart', id: 'pageUser', why: 'who borrows pages of the balloon is told of in no text' },
  {
    what: 'chart',
    id: 'ramEnd',
    why: 'where the driver of Linux 3.1 puts the next section; no text fixes it',
  },
];

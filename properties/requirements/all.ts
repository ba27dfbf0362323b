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
  { what: 'chart', id: 'iomem', why: 'which free interval is taken is the kernel’s own affair' },
  { what: 'chart', id: 'pageList', why: 'in which order pages leave the list is the driver’s own affair' },
  { what: 'chart', id: 'secondBorrower', why: 'who borrows pages of the balloon is told of in no text' },
  ...[
    ['G-1', 'the second caller of the reserve step is told of in no text'],
    ['T-2', 'no text says that the target which stands can be reached'],
    ['I-23', 'what claims add up to; the interface says only what one promises'],
    ['H-1', 'what becomes of a claim when an assignment fails; no text says'],
    ['B-1', 'memory managers of a host are told of in no text here'],
    ['B-2', 'memory managers of a host are told of in no text here'],
    ['B-3', 'memory managers of a host are told of in no text here'],
    ['B-4', 'memory managers of a host are told of in no text here'],
    ['B-5', 'memory managers of a host are told of in no text here'],
    ['B-6', 'memory managers of a host are told of in no text here'],
    ['M-1', 'that a migrated guest is whole goes without saying'],
    ['E-1', 'what the P2M of a guest names; the documents take for granted that it is right'],
    ['E-2', 'that add maps no address of somebody else goes without saying'],
    ['E-3', 'that a call does not stop the kernel goes without saying'],
    ['E-4', 'what becomes of entries of a run that was given up; no text says'],
    ['E-5', 'the list that a guest publishes for its saver; no text here tells of it'],
    ['I-6', 'what Xen does with a populate over a map or a device is told of in no text here'],
    ['R-1', 'in which order pages come back is the driver\u2019s own affair'],
    ['I-26', 'no text says when a guest may be suspended'],
    ['I-31', 'what comes onto the balloon list is the driver\u2019s own affair'],
    ['L-3', 'no text says what becomes of an order that was given up'],
    ['I-32', 'what a failed add must leave alone; no text says that it does'],
    ['I-7', 'no text says that one lock covers all who move memory'],
    ['I-8', 'that nobody waits in a circle goes without saying'],
    ['C-1', 'no text says that a driver adds only what is missing'],
    ['C-2', 'no text says that a call asks for no more than is missing'],
    ['P-1', 'no text says when a driver that gave up runs again'],
    ['P-2', 'what the driver makes of a failed add is its own affair'],
    ['P-3', 'what the driver makes of a short populate is its own affair'],
    ['P-4', 'what a driver remembers of a refused range is its own affair'],
    ['S-1', 'the order of a section\u2019s life, which the documents take for granted'],
    ['T-4', 'what a guest makes of its toolstack\u2019s numbers is told of in no text'],
    ['T-3', 'what a driver that cannot grow makes of its target is its own affair'],
    ['Z-1', 'what a zone spans is the kernel\u2019s own affair'],
    ['Z-2', 'which zones the allocator looks at is the kernel\u2019s own affair'],
    ['S-3', 'what a page on the balloon list is marked as is the kernel\u2019s own affair'],
    ['S-2', 'that registered means in hand or present, which the documents take for granted'],
  ].map(([id = '', why = '']): BeyondTheText => ({ what: 'property', id, why })),
  {
    what: 'chart',
    id: 'backend',
    why: 'who maps pages of a guest, and for how long, is told of in no text here',
  },
  { what: 'chart', id: 'frameList', why: 'what a guest publishes for its saver is told of in no text here' },
  { what: 'chart', id: 'zones', why: 'the kernel\u2019s zones are told of in no text' },
  { what: 'chart', id: 'suspender', why: 'saving and restoring is told of in no text here' },
  {
    what: 'chart',
    id: 'neighbour',
    why: 'another domain of a memory manager; the requirements are about ours',
  },
  { what: 'chart', id: 'builder', why: 'somebody who has domains built; the requirements are about ours' },
  { what: 'chart', id: 'newcomer', why: 'another domain with a claim; the requirements are about ours' },
  {
    what: 'chart',
    id: 'ramEnd',
    why: 'where the driver of Linux 3.1 puts the next section; no text fixes it',
  },
];

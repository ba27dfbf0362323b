/**
 * Linux's own account of memory hotplug: phases, states, notifications, locks.
 * Source: linux Documentation/admin-guide/mm/memory-hotplug.rst and Documentation/core-api/memory-hotplug.rst.
 */
import type { Requirement, RequirementSource } from './requirement.ts';

const inGuide =
  (path: string) =>
  (symbol: string): RequirementSource => ({ text: 'Linux on memory hotplug', tree: 'linux', path, symbol });
const admin = inGuide('Documentation/admin-guide/mm/memory-hotplug.rst');
const core = inGuide('Documentation/core-api/memory-hotplug.rst');

const PHASES: readonly Requirement[] = [
  {
    id: 'R-M1',
    status: 'modelled',
    source: admin('granularity'),
    sentence:
      'A block is one or more sections, all blocks are alike, and nothing smaller than a block is added.',
    charts: ['block', 'balloon', 'section'],
    families: [['add.ok', 'add.einval']],
    properties: ['I-12'],
    scopes: ['blocks'],
    inLogs: ['add.ok'],
    note: 'Scope `blocks` has two sections in a block; elsewhere a block is a section, and nothing smaller can be asked for.',
  },
  {
    id: 'R-M2',
    status: 'modelled',
    source: admin('phases of hotplug'),
    sentence: 'Adding makes the memory known and creates its blocks; they are offline.',
    charts: ['block', 'section', 'balloon'],
    families: ['add.begin', 'add.ok', 'add.end'],
    properties: ['I-28'],
    inLogs: ['add.begin', 'add.ok', 'add.end'],
  },
  {
    id: 'R-M3',
    status: 'modelled',
    source: admin('phases of hotplug'),
    sentence: 'Onlining hands the memory to the page allocator, which may use it from then on.',
    charts: ['block', 'section'],
    families: [
      ['online.begin', 'autoonline.begin'],
      ['online.page', 'autoonline.page'],
      ['online.done', 'autoonline.done'],
    ],
    properties: ['I-5', 'I-28'],
    inLogs: ['online.begin', 'online.page', 'online.done', 'autoonline.done'],
    note: 'The balloon’s callback keeps every page, so with it a block can be online and hold nothing that is usable.',
  },
  {
    id: 'R-M4',
    status: 'modelled',
    source: admin('onlining by hand'),
    sentence: 'A block that nobody brings online stays offline.',
    charts: ['block', 'need', 'books', 'balloon'],
    families: ['add.ok', 'need.none'],
    properties: ['I-16', 'D-1'],
    scopes: ['nobody'],
    inLogs: ['add.ok', 'need.none'],
    note: 'total counts the block all the same, so nothing is added in its place: the driver polls.',
  },
  {
    id: 'R-M5',
    status: 'modelled',
    source: admin('onlining by hand'),
    sentence: 'An online that succeeds leaves the block online; one that fails leaves its state as it was.',
    charts: ['block', 'section', 'onliner'],
    families: ['online.done', 'online.veto'],
    properties: ['I-28'],
    inLogs: ['online.done'],
  },
  {
    id: 'R-M6',
    status: 'modelled',
    source: admin('onlining by itself'),
    sentence:
      'With auto-online, added blocks are brought online; one for which that fails stays offline, and nobody tries again.',
    charts: ['block', 'section', 'balloon'],
    families: ['autoonline.begin', 'autoonline.done', 'autoonline.veto'],
    properties: ['I-28', 'D-1'],
    scopes: ['auto'],
    inLogs: ['autoonline.begin', 'autoonline.done'],
  },
  {
    id: 'R-M7',
    status: 'modelled',
    source: admin('offlining'),
    sentence:
      'An offline takes a block’s memory away from the page allocator; it can come back by onlining it again.',
    charts: ['block', 'section', 'offliner'],
    families: ['offline.begin', 'offline.done', 'online.done'],
    properties: ['I-28', 'I-10', 'I-27', 'I-43'],
    inLogs: ['offline.begin', 'offline.done', 'online.done'],
    note: 'Offline and online again being the identity (I-43) is not judged as such; what it breaks is.',
  },
  {
    id: 'R-M8',
    status: 'modelled',
    source: admin('offlining'),
    sentence: 'An offline that fails leaves the block as it was.',
    charts: ['block', 'section', 'offliner'],
    families: ['offline.ebusy', 'offline.cancel'],
    properties: ['I-28'],
    inLogs: ['offline.ebusy'],
  },
  {
    id: 'R-M9',
    status: 'modelled',
    source: admin('state of blocks'),
    sentence: 'A block reads online, offline or going-offline, and nothing else.',
    charts: ['block'],
    families: ['add.ok', ['online.done', 'autoonline.done'], 'offline.begin', 'offline.done'],
    properties: ['I-28'],
    inLogs: ['add.ok', 'online.done', 'offline.begin', 'offline.done'],
  },
  {
    id: 'R-M10',
    status: 'not modelled',
    source: admin('offlining'),
    sentence: 'An offline may go on trying for ever, until somebody stops it.',
    why: 'an offline under way can be ended at any time; how long it takes is not modelled',
  },
  {
    id: 'R-M11',
    status: 'modelled',
    source: admin('phases of hotunplug'),
    sentence: 'Only a block that is offline can be removed.',
    charts: ['block', 'section'],
    families: ['remove.ok'],
    properties: ['I-28'],
    inLogs: [],
    note: 'lifecycle removes after a veto, lifecycle-removing an offline block too; no released balloon driver ever does.',
  },
  {
    id: 'R-M12',
    status: 'not modelled',
    source: admin('phases of hotunplug'),
    sentence: 'Removing frees what was allocated to describe the memory.',
    why: 'page structures and page tables cost nothing in these models',
  },
  {
    id: 'R-M13',
    status: 'not modelled',
    source: admin('block configuration'),
    sentence: 'A block with a hole in it, or in several zones, cannot go offline.',
    why: 'no block has a hole or lies in several zones: in scope `zones` each has one',
  },
  {
    id: 'R-M14',
    status: 'modelled',
    source: admin('probing, ACPI'),
    sentence: 'Others add memory too: firmware, and whoever writes to the probe file.',
    charts: ['adder', 'block', 'section'],
    families: ['dimm.add', ['online.page', 'online.kept']],
    properties: ['A-1', 'I-2', 'I-28'],
    scopes: ['dimm'],
    inLogs: [],
    note: 'What they add is theirs; the online callback is one for all.',
  },
];

const INSIDE: readonly Requirement[] = [
  {
    id: 'R-M15',
    status: 'modelled',
    source: core('notifier'),
    sentence: 'A notifier may veto an online; the block then stays offline.',
    charts: ['block', 'section'],
    families: [
      ['online.begin', 'autoonline.begin'],
      ['online.veto', 'autoonline.veto'],
    ],
    properties: ['I-28'],
    inLogs: ['online.begin'],
  },
  {
    id: 'R-M16',
    status: 'modelled',
    source: core('notifier'),
    sentence: 'A cancelled offline leaves the block online, its memory available again.',
    charts: ['block', 'section'],
    families: ['offline.begin', 'offline.cancel'],
    properties: ['I-28'],
    inLogs: ['offline.begin'],
  },
  {
    id: 'R-M17',
    status: 'modelled',
    source: core('locking'),
    sentence:
      'Whoever adds, removes, onlines or offlines memory holds the lock of device hotplug, and lets it go again.',
    charts: ['hotplugLock', 'mutex', 'balloon', 'onliner', 'offliner'],
    families: ['add.begin', 'add.end', ['online.begin', 'autoonline.begin'], 'offline.begin'],
    properties: ['D-1', 'D-2', 'I-38', 'L-2'],
    inLogs: ['add.begin', 'add.end', 'online.begin', 'offline.begin'],
    note: 'mem_hotplug is always taken under it here. That holders exclude each other is how the lock’s chart is written (I-7).',
  },
  {
    id: 'R-M18',
    status: 'modelled',
    source: admin('phases of hotunplug'),
    sentence:
      'Memory is unplugged in two phases: its blocks go offline, then it is removed, and nothing of it is left.',
    charts: ['balloon', 'block', 'section', 'slot'],
    families: ['offline.done', 'remove.begin', 'remove.ok', 'release'],
    properties: ['I-42', 'S-4'],
    scopes: ['full'],
    inLogs: [],
    note: 'Asked of lifecycle-removing alone: nobody else removes what was added.',
  },
];

export const memoryHotplug: readonly Requirement[] = [...PHASES, ...INSIDE];

/**
 * The files under /sys/devices/system/xen_memory/xen_memory0, as the stable ABI describes them.
 * Source: linux Documentation/ABI/stable/sysfs-devices-system-xen_memory.
 */
import type { Requirement, RequirementSource } from './requirement.ts';

const at = (symbol: string): RequirementSource => ({
  text: 'Stable ABI of xen_memory in sysfs',
  tree: 'linux',
  path: 'Documentation/ABI/stable/sysfs-devices-system-xen_memory',
  symbol,
});

export const sysfsAbi: readonly Requirement[] = [
  {
    id: 'R-A1',
    status: 'modelled',
    source: at('max_retry_count'),
    sentence: 'The driver tries so many times to grow, then gives up.',
    charts: ['balloon', 'wake', 'hypervisor'],
    families: [
      ['populate.refused', 'fill.refused'],
      ['refill.timer', 'hotplug.timer'],
    ],
    properties: ['D-1', 'D-3', 'I-37'],
    inLogs: ['populate.refused', 'refill.timer'],
    note: 'Two tries in small scopes, the guest’s own number in a log.',
  },
  {
    id: 'R-A2',
    status: 'not modelled',
    source: at('max_retry_count'),
    sentence: 'Zero tries means for ever, and is the default.',
    why: 'out of date: the default is 4 since the fix of XSA-300, and no scope has endless retries',
  },
  {
    id: 'R-A3',
    status: 'not modelled',
    source: at('max_schedule_delay'),
    sentence: 'The wait between two tries grows up to this bound, 32 seconds by default.',
    why: 'time is labels: a wait ends, its length is not modelled',
  },
  {
    id: 'R-A4',
    status: 'not modelled',
    source: at('retry_count'),
    sentence: 'Shows how often the driver has tried so far; it starts at one.',
    why: 'the count is kept in the balloon chart, but no property reads it and no log shows it',
  },
  {
    id: 'R-A5',
    status: 'modelled',
    source: at('schedule_delay'),
    sentence: 'Between two tries the driver waits, and the wait ends by itself.',
    charts: ['balloon', 'wake'],
    families: [
      ['populate.refused', 'fill.refused'],
      ['refill.timer', 'hotplug.timer'],
    ],
    properties: ['D-1', 'I-40', 'L-1'],
    inLogs: ['populate.refused', 'refill.timer'],
    note: 'That each wait is longer than the one before is not modelled.',
  },
  {
    id: 'R-A6',
    status: 'modelled',
    source: at('target'),
    sentence: 'The reservation of the domain is moved to the target.',
    charts: ['balloon', 'books', 'wake', 'hypervisor'],
    families: ['target.set', ['populate.ok', 'fill.ok'], 'decrease.ok'],
    properties: ['I-20', 'I-24', 'D-3', 'I-36'],
    inLogs: ['populate.ok', 'decrease.ok'],
    note: 'That it arrives (I-36) is not judged yet.',
  },
  {
    id: 'R-A7',
    status: 'not modelled',
    source: at('target_kb'),
    sentence: 'The same in KiB.',
    why: 'the models count pages; a snapshot’s KiB are turned into pages where it is compared',
  },
  {
    id: 'R-A8',
    status: 'modelled',
    source: at('info/current_kb'),
    sentence: 'Shows the size of the domain’s reservation.',
    charts: ['books', 'hypervisor'],
    families: [['populate.full', 'fill.full'], 'decrease.done'],
    properties: ['I-24'],
    inLogs: ['populate.full', 'decrease.done'],
    note: 'Snapshots of real guests compare it with the charts and with Xen’s own count.',
  },
  {
    id: 'R-A9',
    status: 'not modelled',
    source: at('info/high_kb'),
    sentence: 'Shows how much of the balloon is high memory.',
    why: 'no guest form with high memory yet; a log in which it is not 0 is not clear',
  },
  {
    id: 'R-A10',
    status: 'modelled',
    source: at('info/low_kb'),
    sentence: 'Shows how much memory is in the balloon: pages that were given back, or never had a frame.',
    charts: ['books', 'section', 'mutex'],
    families: ['decrease.ok', ['online.page', 'autoonline.page'], 'populate.ok'],
    properties: ['I-10', 'I-14'],
    inLogs: ['decrease.ok', 'online.page', 'populate.ok'],
  },
];

/**
 * The help texts of the balloon's Kconfig symbols, rule by rule.
 * Source: linux drivers/xen/Kconfig, XEN_BALLOON and after.
 */
import type { Requirement, RequirementSource } from './requirement.ts';

const at = (symbol: string): RequirementSource => ({
  text: 'Kconfig help',
  tree: 'linux',
  path: 'drivers/xen/Kconfig',
  symbol,
});

const HOTPLUG = 'XEN_BALLOON_MEMORY_HOTPLUG';

export const kconfig: readonly Requirement[] = [
  {
    id: 'R-K1',
    status: 'modelled',
    source: at('XEN_BALLOON'),
    sentence: 'A domain can ask the system for more memory, and give back what it does not need.',
    charts: ['balloon', 'books', 'hypervisor'],
    families: ['target.set', 'populate.ok', 'decrease.ok'],
    properties: ['I-20', 'I-22', 'D-1', 'I-41'],
    inLogs: ['populate.ok', 'decrease.ok'],
  },
  {
    id: 'R-K2',
    status: 'modelled',
    source: at(HOTPLUG),
    sentence: 'Memory can grow above the limit that was declared when the system started.',
    charts: ['balloon', 'books', 'need', 'section', 'block'],
    families: [['reserve.ok', 'find.ok', 'place.ok'], 'add.ok', ['online.done', 'autoonline.done']],
    properties: ['I-5', 'I-14', 'I-24'],
    inLogs: ['reserve.ok', 'add.ok', 'online.done'],
  },
  {
    id: 'R-K3',
    status: 'modelled',
    source: at(HOTPLUG),
    sentence:
      'It suits systems that run for long without a reboot: nothing is lost and no counter drifts, however often memory moves.',
    charts: ['balloon', 'books', 'need', 'section', 'block', 'hypervisor', 'offliner'],
    families: ['offline.begin', 'offline.done', 'online.done', 'populate.ok', 'decrease.ok'],
    properties: ['I-16', 'I-18', 'I-24', 'I-27'],
    inLogs: ['offline.done', 'populate.ok', 'decrease.ok'],
    note: 'The text says where it is useful; that nothing may leak is what this asks for.',
  },
  {
    id: 'R-K4',
    status: 'not modelled',
    source: at(HOTPLUG),
    sentence:
      'Guests that are not paravirtualised get empty ranges of physical memory from it, to map foreign memory and grants.',
    why: 'no chart for page users and unpopulated ranges yet',
  },
  {
    id: 'R-K5',
    status: 'modelled',
    source: at(`${HOTPLUG}, step 1`),
    sentence: 'With the auto-online policy in effect, added memory comes online without anybody’s help.',
    charts: ['balloon', 'block', 'section', 'hotplugLock'],
    families: ['autoonline.begin', 'autoonline.page', 'autoonline.done'],
    properties: ['I-5', 'I-28', 'D-1'],
    scopes: ['auto'],
    inLogs: ['autoonline.begin', 'autoonline.page', 'autoonline.done'],
    note: 'Only where the kernel’s policy is on; that some drivers online by themselves is another matter.',
  },
  {
    id: 'R-K6',
    status: 'modelled',
    source: at(`${HOTPLUG}, step 2`),
    sentence: 'The limit of the domain is raised first, to at least what will be asked for.',
    charts: ['toolstack', 'hypervisor'],
    families: ['max.set', ['populate.refused', 'fill.refused']],
    properties: ['I-21', 'T-1'],
    inLogs: ['populate.refused'],
    note: 'What a limit too low does is what can be seen. What mem-max keeps in xenstore is R-L1.',
  },
  {
    id: 'R-K7',
    status: 'modelled',
    source: at(`${HOTPLUG}, step 3`),
    sentence:
      'Then a target is set, with mem-set or by writing the file target or target_kb, and the guest acts on it.',
    charts: ['toolstack', 'balloon', 'books', 'wake'],
    families: ['target.set', ['refill.changed', 'hotplug.changed', 'shrink.changed']],
    properties: ['D-1', 'D-3'],
    inLogs: ['target.set'],
  },
  {
    id: 'R-K8',
    status: 'modelled',
    source: at(`${HOTPLUG}, by hand`),
    sentence: 'Without the policy, somebody writes online into the state of each block that is offline.',
    charts: ['onliner', 'block', 'section', 'hotplugLock'],
    families: ['online.begin', 'online.page', 'online.done'],
    properties: ['I-28', 'D-2'],
    inLogs: ['online.begin', 'online.page', 'online.done'],
  },
  {
    id: 'R-K9',
    status: 'modelled',
    source: at(`${HOTPLUG}, udev`),
    sentence: 'Or a udev rule does it whenever a block appears.',
    charts: ['onliner', 'block', 'hotplugLock'],
    families: ['add.ok', 'online.begin', 'online.done'],
    properties: ['I-28', 'D-1', 'D-2'],
    inLogs: ['online.begin', 'online.done'],
    note: 'The labels do not say who writes; a rule is an onliner that never waits.',
  },
  {
    id: 'R-K10',
    status: 'not modelled',
    source: at('XEN_MEMORY_HOTPLUG_LIMIT'),
    sentence: 'A PV guest grows by hotplug to at most a configured number of GiB.',
    why: 'no limit of addresses or of the P2M in any scope (I-13)',
  },
  {
    id: 'R-K11',
    status: 'not modelled',
    source: at('XEN_MEMORY_HOTPLUG_LIMIT'),
    sentence: 'A PV guest may have more than that if it was started with a larger maximum.',
    why: 'no limit of addresses or of the P2M in any scope (I-13)',
  },
  {
    id: 'R-K12',
    status: 'not modelled',
    source: at('XEN_SCRUB_PAGES_DEFAULT'),
    sentence: 'Pages are cleared before they go back to the system.',
    why: 'pages are counted, their contents are not modelled',
  },
  {
    id: 'R-K13',
    status: 'not modelled',
    source: at('XEN_UNPOPULATED_ALLOC'),
    sentence:
      'Mappings of foreign memory use empty address space, so that no RAM has to be ballooned out for them.',
    why: 'no chart for unpopulated-alloc yet; a log that shows it is not clear',
  },
];

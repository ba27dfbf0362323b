/**
 * How the toolstack moves a domain's memory: limit, target, and the guest's watch.
 * Source: xen tools/libs/light/libxl_mem.c, docs/man/xl.1; linux drivers/xen/xen-balloon.c for the guest's side.
 */
import type { Requirement, RequirementSource } from './requirement.ts';

const at = (symbol: string): RequirementSource => ({
  text: 'Toolstack: limit and target',
  tree: 'xen',
  path: 'tools/libs/light/libxl_mem.c',
  symbol,
});
const inGuest = (symbol: string): RequirementSource => ({
  text: 'Toolstack: limit and target',
  tree: 'linux',
  path: 'drivers/xen/xen-balloon.c',
  symbol,
});
const SET = 'libxl_set_memory_target';
const MAX = 'libxl_domain_setmaxmem';

const IN_USE: readonly Requirement[] = [
  {
    id: 'R-L1',
    status: 'not modelled',
    source: at(MAX),
    sentence:
      'mem-max is refused below the current target; else it sets Xen’s limit with some slack and records static-max.',
    why: 'taken for granted where libxl is modelled whole: its chart is written so, and no property could find it broken',
  },
  {
    id: 'R-L2',
    status: 'not modelled',
    source: at(SET),
    sentence: 'mem-set moves Xen’s limit first and writes the target after it.',
    why: 'taken for granted: the toolstack’s chart is written so, and no property could find it broken',
  },
  {
    id: 'R-L3',
    status: 'modelled',
    source: at(SET),
    sentence:
      'A shrink lowers the limit before the guest knows; until it has shrunk, Xen assigns it nothing.',
    charts: ['toolstack', 'hypervisor', 'balloon'],
    families: ['max.set', ['populate.refused', 'fill.refused'], 'decrease.ok'],
    properties: ['I-21'],
    inLogs: ['populate.refused'],
    note: 'The limit may lie below what the domain has; that is allowed and I-21 says what then holds.',
  },
  {
    id: 'R-L4',
    status: 'modelled',
    source: inGuest('watch_target'),
    sentence: 'The guest acts on the target that was written last.',
    charts: ['books', 'wake', 'balloon'],
    families: ['target.set', ['refill.changed', 'shrink.changed', 'hotplug.changed', 'idle.changed']],
    properties: ['D-3', 'I-39', 'L-4'],
    inLogs: ['target.set', 'shrink.changed'],
    note: 'D-3 is its safety part: no order is slept on untried. That it is reached (I-39) is not judged yet.',
  },
];

const OPEN: readonly Requirement[] = [
  {
    id: 'R-L5',
    status: 'not modelled',
    source: at(SET),
    sentence: 'A target above static-max is refused, and nothing reaches the guest.',
    why: 'taken for granted where libxl is modelled whole; T-2 sees a target above static-max however it came there',
  },
  {
    id: 'R-L6',
    status: 'not modelled',
    source: at(SET),
    sentence: 'Dom0’s target is not set below a floor.',
    why: 'targets are what a scope lists; no floor is modelled',
  },
  {
    id: 'R-L7',
    status: 'modelled',
    source: at(SET),
    sentence: 'A set that fails leaves limit, populate-on-demand target and xenstore as they were.',
    charts: ['toolstack', 'hypervisor', 'xenstore'],
    families: ['max.set', 'store.fail', 'memmax.fail'],
    properties: ['I-35'],
    scopes: ['libxl'],
    inLogs: [],
    note: 'The limit; that of a populate-on-demand target which fails is T-1 in scope on-demand (set-residue).',
  },
  {
    id: 'R-L8',
    status: 'modelled',
    source: at(SET),
    sentence: 'For a guest that is not paravirtualised, the populate-on-demand target follows.',
    charts: ['toolstack', 'pod', 'hypervisor'],
    families: ['podset.none'],
    properties: ['O-2', 'I-20', 'I-22'],
    scopes: ['on-demand'],
    inLogs: [],
    note: 'Form hvm-x86_64. Where the host is out of frames for the cache, the target is not written and the limit stays.',
  },
  {
    id: 'R-L9',
    status: 'not modelled',
    source: inGuest('watch_target'),
    sentence:
      'The first reading of the target fixes an offset between the guest’s count and the toolstack’s; it is 0 for PV.',
    why: 'only the PV form is modelled, where it is 0',
  },
  {
    id: 'R-L10',
    status: 'modelled',
    source: inGuest('watch_target'),
    sentence: 'A watch says only that something was written: several writes may be seen as one.',
    charts: ['xenstore', 'toolstack', 'books'],
    families: ['store.set', 'target.set'],
    properties: ['I-39'],
    scopes: ['libxl'],
    inLogs: [],
  },
  {
    id: 'R-L11',
    status: 'not modelled',
    source: inGuest('store_target'),
    sentence:
      'A target written inside the guest is not told to the toolstack, and the next mem-set writes over it.',
    why: 'the labels do not say who wrote a target; there is no second place where it is kept',
  },
];

export const libxl: readonly Requirement[] = [...IN_USE, ...OPEN];

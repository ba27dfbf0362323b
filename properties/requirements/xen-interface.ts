/**
 * What Xen's public interface says of the memory operations a balloon driver calls.
 * Source: xen xen/include/public/memory.h, and the functions behind it where the header is silent.
 */
import type { Requirement, RequirementSource } from './requirement.ts';

const TEXT = 'Xen’s public interface';
const header = (symbol: string): RequirementSource => ({
  text: TEXT,
  tree: 'xen',
  path: 'xen/include/public/memory.h',
  symbol,
});
const inside = (path: string, symbol: string): RequirementSource => ({
  text: TEXT,
  tree: 'xen',
  path,
  symbol,
});
const ALLOC = 'xen/common/page_alloc.c';

const CALLS: readonly Requirement[] = [
  {
    id: 'R-X1',
    status: 'modelled',
    source: header('XENMEM_populate_physmap, XENMEM_decrease_reservation'),
    sentence:
      'The call returns how many extents were done, from the first on; a short count is no error, and so many frames moved.',
    charts: ['hypervisor', 'balloon', 'books', 'otherDomain'],
    families: [
      ['populate.full', 'fill.full'],
      ['populate.short', 'fill.short'],
      ['populate.refused', 'fill.refused'],
      'decrease.done',
    ],
    properties: ['I-20', 'I-24'],
    inLogs: ['populate.full', 'populate.short', 'populate.refused', 'decrease.done'],
  },
  {
    id: 'R-X2',
    status: 'modelled',
    source: header('XENMEM_populate_physmap'),
    sentence:
      'Populate puts a new frame behind each frame number given; what stood there before is the caller’s affair.',
    charts: ['hypervisor', 'section', 'balloon'],
    families: [['populate.ok', 'fill.ok']],
    properties: ['I-9', 'I-27'],
    inLogs: ['populate.ok'],
    note: 'Xen does not look for PV; so the driver must name empty pages only.',
  },
  {
    id: 'R-X3',
    status: 'not modelled',
    source: header('XENMEM_populate_physmap'),
    sentence: 'Populate also updates the table from machine frames to the guest’s.',
    why: 'no table of frames: a page has a frame behind it or not (I-25, I-26)',
  },
  {
    id: 'R-X4',
    status: 'modelled',
    source: header('XENMEM_decrease_reservation'),
    sentence: 'Decrease frees the frames given, and the host has them again.',
    charts: ['hypervisor', 'section', 'balloon'],
    families: [['decrease.ok', 'unfill.ok']],
    properties: ['I-20', 'I-22'],
    inLogs: ['decrease.ok'],
    note: 'A frame that somebody still maps is freed later; that is not modelled.',
  },
  {
    id: 'R-X5',
    status: 'not modelled',
    source: header('extent_order'),
    sentence: 'An extent is a power of two of frames.',
    why: 'the balloon driver uses single frames on x86',
  },
  {
    id: 'R-X6',
    status: 'not modelled',
    source: header('domid'),
    sentence: 'A domain without privileges names only itself.',
    why: 'one guest; another domain only takes and gives host memory',
  },
  {
    id: 'R-X7',
    status: 'modelled',
    source: header('XENMEM_maximum_reservation'),
    sentence:
      'A domain has a current and a maximum reservation; frames are assigned within the maximum only.',
    charts: ['hypervisor', 'toolstack'],
    families: ['max.set', ['populate.ok', 'fill.ok']],
    properties: ['I-21'],
    inLogs: ['populate.ok'],
  },
];

const HOST: readonly Requirement[] = [
  {
    id: 'R-X8',
    status: 'modelled',
    source: inside(ALLOC, 'alloc_heap_pages'),
    sentence:
      'What is free and what domains have is what is installed; another domain may take the last frame first.',
    charts: ['hypervisor', 'otherDomain'],
    families: ['host.take', 'host.give', ['populate.ok', 'fill.ok']],
    properties: ['I-22'],
    inLogs: ['populate.ok'],
  },
  {
    id: 'R-X9',
    status: 'modelled',
    source: inside('xen/common/memory.c', 'populate_physmap'),
    sentence: 'Every frame that Xen counts for a domain stands behind one of its pages.',
    charts: ['hypervisor', 'section'],
    families: [['populate.ok', 'fill.ok']],
    properties: ['I-27'],
    inLogs: ['populate.ok'],
    note: 'The text takes it for granted; a leak is what breaks it. Frames that Xen keeps after a failed insertion are not modelled.',
  },
  {
    id: 'R-X10',
    status: 'not modelled',
    source: header('XENMEM_claim_pages'),
    sentence: 'A claim keeps free frames for one domain until it takes them.',
    why: 'no claims (I-23)',
  },
  {
    id: 'R-X11',
    status: 'not modelled',
    source: header('XENMEM_exchange'),
    sentence: 'An exchange gives frames for frames, and puts them back where it fails.',
    why: 'the balloon driver does not use it',
  },
  {
    id: 'R-X12',
    status: 'not modelled',
    source: header('XENMEM_add_to_physmap, XENMEM_remove_from_physmap'),
    sentence: 'Frames can be moved in and out of a guest’s map without being assigned or freed.',
    why: 'only for translated guests, and there is no such form yet',
  },
  {
    id: 'R-X13',
    status: 'modelled',
    source: header('XENMEM_set_pod_target'),
    sentence: 'A guest that boots with less than its maximum has its pages filled on first touch.',
    charts: ['pod', 'userspace', 'section', 'hypervisor'],
    families: ['touch.ok', ['decrease.entry', 'decrease.surplus'], 'decrease.stolen'],
    properties: ['O-1', 'O-2', 'I-24'],
    scopes: ['on-demand'],
    inLogs: [],
    note: 'Form hvm-x86_64. Frames are promised to the guest and kept in a cache; no committed log is of such a guest.',
  },
  {
    id: 'R-X14',
    status: 'modelled',
    source: inside('tools/libs/guest/xg_sr_save_x86_pv.c', 'p2m_generation'),
    sentence: 'While a PV guest is migrated live, its P2M must not grow.',
    charts: ['migrator', 'section'],
    families: ['migrate.begin', 'migrate.round', ['migrate.moved', 'migrate.abort']],
    properties: ['I-44'],
    scopes: ['migration'],
    inLogs: [],
    note: 'Nobody tells the driver that it is being copied; the saver looks, and gives up (finding migration-aborted).',
  },
  {
    id: 'R-X15',
    status: 'modelled',
    source: header('XENMEM_populate_physmap'),
    sentence: 'Of an extent that is not among those done nothing remains.',
    charts: ['hypervisor', 'balloon', 'section'],
    families: [
      ['populate.unmapped', 'fill.unmapped'],
      ['populate.refused', 'populate.short', 'fill.refused', 'fill.short'],
    ],
    properties: ['I-33', 'I-20'],
    scopes: ['tables'],
    inLogs: [],
    note: 'That the count is all a caller is told; no log shows a failed mapping.',
  },
];

export const xenInterface: readonly Requirement[] = [...CALLS, ...HOST];

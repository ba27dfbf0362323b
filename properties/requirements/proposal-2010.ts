/**
 * The proposal of July 2010, sentence by sentence: what it is for, for whom, its five steps, and what it says of sizes.
 * Source: xen-devel, 8 July 2010, "Migration from memory ballooning to memory hotplug in Xen"; told again on the project's blog a day later.
 */
import type { Requirement, RequirementSource } from './requirement.ts';

const at = (symbol: string): RequirementSource => ({
  text: 'The proposal of July 2010',
  tree: 'mail',
  path: 'xen-devel 2010-07-08',
  symbol,
});

const PURPOSE: readonly Requirement[] = [
  {
    id: 'R-P1',
    status: 'modelled',
    source: at('purpose'),
    sentence: 'Memory can be extended past the boundary that was declared when the system started.',
    charts: ['toolstack', 'balloon', 'books', 'section', 'hypervisor'],
    families: ['target.set', 'add.ok', ['online.done', 'autoonline.done']],
    properties: ['I-5', 'I-24'],
    inLogs: ['add.ok', 'online.done'],
    note: 'What is added is usable and counted. That every target is reached at last (I-36) is not judged yet.',
  },
  {
    id: 'R-P2',
    status: 'modelled',
    source: at('linking'),
    sentence: 'Ballooning stays the way to give memory back.',
    charts: ['balloon', 'books', 'section', 'hypervisor'],
    families: ['decrease.ok', 'decrease.done'],
    properties: ['I-14', 'I-20', 'I-22', 'I-27'],
    inLogs: ['decrease.ok', 'decrease.done'],
    note: 'I-27: only a frame behind a page that exists can be given back.',
  },
  {
    id: 'R-P3',
    status: 'modelled',
    source: at('linking'),
    sentence:
      'Memory hotplug is the way to take memory past the boundary, and it is linked with ballooning: one driver, one set of books.',
    charts: ['balloon', 'books', 'need', 'block', 'section'],
    families: ['add.ok', ['online.done', 'autoonline.done']],
    properties: ['I-14', 'I-16', 'I-28'],
    inLogs: ['add.ok'],
    note: 'v0 keeps no total, so I-16 has no row there.',
  },
];

const FORMS: readonly Requirement[] = [
  {
    id: 'R-P4',
    status: 'modelled',
    source: at('forms: PV x86_64'),
    sentence: 'It is for Linux guests in all forms: paravirtualised on x86_64.',
    charts: ['balloon', 'books', 'section', 'hypervisor'],
    families: [['populate.ok', 'fill.ok']],
    properties: ['I-20', 'I-24'],
    forms: ['pv-x86_64', 'pv-dom0'],
    inLogs: ['populate.ok'],
    note: 'The form of a search for which none is named, and of most committed logs.',
  },
  {
    id: 'R-P5',
    status: 'modelled',
    source: at('forms: PV i386'),
    sentence: 'It is for Linux guests in all forms: paravirtualised on i386.',
    charts: ['balloon', 'books', 'highmem', 'section', 'hypervisor'],
    families: [['populate.ok', 'fill.ok']],
    properties: ['I-14', 'I-20', 'I-24'],
    forms: ['pv-i386-pae'],
    inLogs: [],
    note: 'With high memory of its own. Kernels after 5.8 have dropped this form, so no later variant has it.',
  },
  {
    id: 'R-P6',
    status: 'modelled',
    source: at('forms: HVM i386'),
    sentence: 'It is for Linux guests in all forms: fully virtualised on i386.',
    charts: ['balloon', 'books', 'highmem', 'section', 'hypervisor', 'pod', 'userspace'],
    families: [['populate.ok', 'fill.ok'], 'touch.ok'],
    properties: ['I-14', 'I-20', 'I-24', 'O-1', 'O-2'],
    scopes: ['on-demand'],
    forms: ['hvm-i386-pae'],
    inLogs: [],
    note: 'With high memory of its own, filled on demand as on 64 bits.',
  },
  {
    id: 'R-P7',
    status: 'modelled',
    source: at('forms: HVM x86_64'),
    sentence: 'It is for Linux guests in all forms: fully virtualised on x86_64.',
    charts: ['balloon', 'books', 'section', 'hypervisor', 'pod', 'userspace'],
    families: [['populate.ok', 'fill.ok'], 'touch.ok'],
    properties: ['I-20', 'I-24', 'O-1', 'O-2'],
    scopes: ['on-demand'],
    forms: ['hvm-x86_64'],
    inLogs: [],
    note: 'Form hvm-x86_64, whose P2M is Xen’s, with boot memory populated on demand.',
  },
];

const STEPS: readonly Requirement[] = [
  {
    id: 'R-P8',
    status: 'modelled',
    source: at('step 1'),
    sentence: 'Find a free range in iomem_resource, one that no other memory and no device has claimed.',
    charts: ['balloon', 'slot', 'rival', 'section'],
    families: [['find.ok', 'reserve.ok', 'place.ok'], 'intrude'],
    properties: ['I-2'],
    inLogs: ['reserve.ok'],
    note: 'Free when it was found is not free when it is used: in v0 a rival may come in between.',
  },
  {
    id: 'R-P9',
    status: 'not modelled',
    source: at('step 1, size'),
    sentence: 'The range is as large as one section.',
    why: 'taken for granted: the charts know only whole sections, so no property could find it broken (later drivers ask for several at once, as the logs show)',
  },
  {
    id: 'R-P10',
    status: 'not modelled',
    source: at('step 2'),
    sentence: 'The frame numbers of the range follow from its address, shifted by the size of a page.',
    why: 'sections are numbered, not addressed; addresses are computed only where a log is validated',
  },
  {
    id: 'R-P11',
    status: 'modelled',
    source: at('step 3'),
    sentence: 'Memory for the range is taken from the hypervisor with XENMEM_populate_physmap.',
    charts: ['balloon', 'hypervisor', 'section'],
    families: [['fill.ok', 'populate.ok']],
    properties: ['I-9', 'I-20', 'I-21', 'I-22'],
    inLogs: ['populate.ok'],
  },
  {
    id: 'R-P12',
    status: 'modelled',
    source: at('steps 1 to 3, order'),
    sentence: 'Memory is put into the range that was found before the range is told to the system.',
    charts: ['balloon', 'section', 'slot'],
    families: ['fill.ok'],
    properties: ['I-3'],
    inLogs: [],
    note: 'Current mainline populates last, so there is no row for it; lifecycle keeps this order and reserves first.',
  },
  {
    id: 'R-P13',
    status: 'modelled',
    source: at('step 4'),
    sentence: 'add_memory tells the system about the range, and that reserves it.',
    charts: ['balloon', 'slot', 'block', 'section', 'hotplugLock'],
    families: ['add.begin', 'add.ok', 'add.end'],
    properties: ['I-2', 'I-28'],
    inLogs: ['add.begin', 'add.ok', 'add.end'],
    note: 'Reserving only here is what W0a is about.',
  },
  {
    id: 'R-P14',
    status: 'modelled',
    source: at('step 5'),
    sentence: 'online_pages brings the range online.',
    charts: ['balloon', 'block', 'section', 'onliner'],
    families: [
      ['online.begin', 'autoonline.begin'],
      ['online.page', 'autoonline.page'],
      ['online.done', 'autoonline.done'],
    ],
    properties: ['I-5', 'I-28', 'D-2'],
    inLogs: [
      'online.begin',
      'online.page',
      'online.done',
      'autoonline.begin',
      'autoonline.page',
      'autoonline.done',
    ],
  },
];

const SIZES: readonly Requirement[] = [
  {
    id: 'R-P15',
    status: 'not modelled',
    source: at('granularity'),
    sentence: 'Memory is added 128 MiB at a time on x86, the size of a section.',
    why: 'the size of a section is a parameter: two pages in small scopes, what the log says in a real one; no property speaks of its value (and it is 512 MiB on i386)',
  },
  {
    id: 'R-P16',
    status: 'modelled',
    source: at('granularity'),
    sentence: 'Later, smaller pieces shall be possible.',
    charts: ['balloon', 'books', 'section', 'hypervisor'],
    families: ['populate.ok', 'populate.full', 'populate.short'],
    properties: ['I-14', 'I-20'],
    inLogs: ['populate.full', 'populate.short'],
    note: 'It came true for frames, 512 at most in one call and one page at least, never for sections.',
  },
  {
    id: 'R-P17',
    status: 'not modelled',
    source: at('outlook'),
    sentence:
      'The steps are those of a proof of concept; a convenient mechanism for users will take their place.',
    why: 'says something about the work, not about behaviour; what it became is R-K7',
  },
];

export const proposal2010: readonly Requirement[] = [...PURPOSE, ...FORMS, ...STEPS, ...SIZES];

/**
 * Real, dated defects of ballooning and memory hotplug, by their slugs. Each is a mutant of that name, or stands in `leftOut` with
 * the reason why it is none; what is left out counts as found nowhere.
 */

export interface HistoricalBug {
  readonly slug: string;
  /** When it was mended, or is known from. */
  readonly year: string;
  /**
   * A: sections, pages, the balloon, counters of the hypervisor and one resource tree suffice. B: one more part is needed
   * (populate-on-demand, foreign maps, zones, suspend, claims, a second thread, the tool). C: narrow counters or translation caches.
   */
  readonly reach: 'A' | 'B' | 'C';
  /** One of those to begin with. */
  readonly core: boolean;
}

type Row = readonly [slug: string, year: string, reach: HistoricalBug['reach'], core?: true];

/** Linux balloon driver, Linux x86 set-up, memory hotplug core, Xen, toolstacks, other hypervisors' balloons. */
const rows: readonly Row[] = [
  ['ecanceled-spin', '2021', 'A', true],
  ['addfail-endless-retry', '2014', 'A'],
  ['eexist-flood', '2015', 'A', true],
  ['init-balloon-not-awaited', '2021', 'B', true],
  ['hvm-ballooned-boot', '2017', 'B'],
  ['first-watch-is-order', '2017', 'A', true],
  ['no-static-max-node', '2020', 'A'],
  ['nohotplug-clobbers-target', '2019', 'A', true],
  ['region-page-wrong-type', '2019', 'A', true],
  ['offline-typed-page-mapped', '2019', 'A', true],
  ['new-zone-unusable', '2022', 'B', true],
  ['p2m-limit-not-applied', '2021', 'A', true],
  ['pvh-scratch-counted', '2025', 'A', true],
  ['extra-but-target-kept', '2025', 'A', true],
  ['low-frames-drift', '2026', 'A'],
  ['maxpfn-counts-mmio', '2013', 'A'],
  ['translated-p2m-write', '2013', 'A'],
  ['hotplug-region-identity', '2015', 'A', true],
  ['pv-map-before-p2m', '2015', 'A'],
  ['hotplug-at-end-of-ram', '2015', 'A', true],
  ['hotplug-overadd', '2015', 'A', true],
  ['release-keeps-mapping', '2009', 'A', true],
  ['partial-populate-hard-limit', '2009', 'A', true],
  ['unit-mismatch-sysfs', '2009', 'A'],
  ['extra-beyond-memmap', '2010', 'A'],
  ['e820-gap-as-pci', '2011', 'A', true],
  ['e820-unusable-overfix', '2011', 'A', true],
  ['framelist-stale-after-resume', '2009/10', 'B', true],
  ['span-not-grown-downwards', '2006', 'A', true],
  ['node-span-from-zero', '2019', 'A'],
  ['conflict-checked-late', '2006', 'A', true],
  ['unaligned-add-accepted', '2006', 'A'],
  ['online-lies', '2008', 'A', true],
  ['release-granularity', '2008', 'A', true],
  ['fragment-blocks-remove', '2018', 'A'],
  ['offline-pcp-endless', '2020', 'B'],
  ['add-online-lock-inversion', '2015', 'B', true],
  ['online-without-lock', '2018', 'B', true],
  ['boot-limit-at-runtime', '2020', 'A'],
  ['xsa222-remove-unchecked', '2017', 'A', true],
  ['xsa247-zero-check', '2017', 'B'],
  ['xsa247-entry-count', '2017', 'B'],
  ['xsa389-partial-update', '2021', 'A', true],
  ['pod-partial-enoent', '2018', 'B'],
  ['pod-device-assigned', '2022', 'B'],
  ['pod-self-populate', '2016', 'A'],
  ['max-below-tot-refused', '2010', 'A', true],
  ['claims-two-critical-sections', '2026', 'B', true],
  ['claim-on-dying', '2025', 'B'],
  ['claims-ignored-by-allocator', '2026', 'B'],
  ['assigned-before-scrub', '2026', 'A'],
  ['misaligned-buddy', '2026', 'B'],
  ['physmap-add-unchecked', '2021', 'A', true],
  ['decrease-no-progress', '2014', 'A', true],
  ['xsa287-steal-race', '2019', 'B'],
  ['xsa346-flush-after-free', '2020', 'C'],
  ['same-gfn-double-remove', '2021', 'A'],
  ['heap-before-m2p', '2015', 'B'],
  ['order-unbounded', '2012/15', 'A'],
  ['shim-release-lost', '2019', 'B'],
  ['shim-counts-done-twice', '2020/22', 'B'],
  ['shim-empty-request', '2022', 'B'],
  ['libxl-target-max-race', '2015', 'A', true],
  ['libxl-offset-wraps', '2015', 'A'],
  ['freemem-split-cost', '2022', 'B'],
  ['setmaxmem-noop', '2011', 'A'],
  ['pod-fudge-and-drift', '2015/16', 'B'],
  ['squeezed-offset-vs-max', '2019', 'A'],
  ['squeezed-read-write-offset', '2017', 'A'],
  ['watch-loop-dies', '2020', 'A'],
  ['no-response-flag-sticky', '2018', 'A'],
  ['hv-fixed-chunk', '2024', 'A'],
  ['foreign-online-callback', '2025', 'A', true],
  ['hv-overshoot-2m', '2020', 'A'],
  ['probe-fail-leaves-callback', '2022', 'A'],
  ['virtio-unaligned-endless', '2023', 'A'],
  ['managed-on-page-migration', '2019', 'B'],
  ['double-list-removal', '2019', 'A'],
  ['vmem-endless-unplug', '2023', 'B', true],
  ['vmem-forgotten-block', '2023', 'A'],
  ['hint-pages-leak', '2020', 'A'],
  ['dlpar-double-release', '2023', 'A'],
  ['dlpar-reserved-counted', '2021', 'A'],
  ['win-suspend-vs-balloon', '2014', 'B'],
];

export const historicalBugs: readonly HistoricalBug[] = rows.map(([slug, year, reach, core = false]) => ({
  slug,
  year,
  reach,
  core,
}));

/** Why there is no mutant of that name, by slug. */
export const leftOut: Readonly<Record<string, string>> = {
  'translated-p2m-write':
    'needs a second table beside Xen\u2019s: on x86 set_phys_to_machine of a translated guest returns before it writes anything, so the write that one direction left out changes nothing; the table that differed was that of ARM',
  'pv-map-before-p2m':
    'unverified; page tables of the direct map are not modelled. What it warns of stands elsewhere: entries that add maps are made invalid before (hotplug-region-identity, E-2), and a P2M that cannot grow is scope p2m-limit (I-13)',
  'fragment-blocks-remove':
    'the resource tree is one slot a section: nothing is merged, so nothing is split by a removal',
  'offline-pcp-endless': 'per-CPU page lists are not modelled',
  'xsa247-entry-count':
    'an entry that cannot be taken out of the table is not modelled: tables of Xen cost nothing here',
  'xsa389-partial-update':
    'takes one update of the table over several pages: the driver\u2019s calls are of order 0 (EXTENT_ORDER, with Xen\u2019s page size its own), and those of higher order are the domain builder\u2019s, before the guest runs; of what such an update can leave with one page, a frame in no map is unmapped-kept',
  'pod-partial-enoent': 'an extent is one page here: populate-on-demand cannot have done a part of one',
  'pod-device-assigned':
    'assigning a device to a guest that is filled on demand is a step of the toolstack that is not modelled',
  'pod-self-populate':
    'a populate that makes entries instead of giving frames is the domain builder\u2019s alone here: the driver has no such call',
  'assigned-before-scrub': 'what stands in a frame is not modelled',
  'misaligned-buddy': 'the host\u2019s heap is a number of free frames, without addresses',
  'xsa287-steal-race':
    'the states that a page goes through while it is taken from a domain are one step here; references are only what holds a page back',
  'xsa346-flush-after-free': 'translation caches are not modelled',
  'same-gfn-double-remove': 'moving frames within a guest\u2019s map (add_to_physmap) is not modelled',
  'heap-before-m2p': 'adding memory to the host is not modelled',
  'order-unbounded': 'an extent is one page here: there is no order to bound',
  'shim-release-lost': 'a hypervisor inside a guest is not modelled',
  'shim-counts-done-twice': 'a hypervisor inside a guest is not modelled',
  'shim-empty-request': 'a hypervisor inside a guest is not modelled',
  'freemem-split-cost': 'tables that cost frames are not modelled',
  'pod-fudge-and-drift': 'reboots are not modelled',
  'squeezed-read-write-offset':
    'the limit ends below the target, as in squeezed-offset-vs-max: the same switch, seen from the reading side',
  'probe-fail-leaves-callback': 'loading and unloading of the driver is not modelled',
  'managed-on-page-migration':
    'pages do not move between zones here: a block with a page on the list cannot be taken offline',
  'vmem-endless-unplug': 'no variant takes a block offline by itself',
  'hint-pages-leak': 'free-page hints, and unloading of the driver, are not modelled',
  'dlpar-reserved-counted': 'no variant counts what is addable before it begins',
};

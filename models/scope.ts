/**
 * A scope: the bounds of one check and the environment switched on in it.
 */

/**
 * Who brings added blocks online: the kernel inside add (`auto`), somebody writing sysfs (`hand`), both, or nobody.
 * `deviceFile`: somebody by hand, who writes not the block's file `state` but that of the device core, `online`: it takes device_hotplug
 * and the device's own lock, and until 2019 not mem_hotplug.
 * `any`: somebody by hand, and the kernel or not, as the policy file says at that moment (real logs).
 */
export type Onlining = 'auto' | 'hand' | 'both' | 'deviceFile' | 'any' | 'never';

/** Who writes targets: libxl (limit first, then target), root through sysfs (no limit), or either at any time. */
export type Writer = 'libxl' | 'any';

/**
 * Further actors, each off unless a scope names it:
 *   pageUser      a driver that borrows ballooned pages as empty address space (grant maps, foreign maps)
 *   hotplugUser   the same with hotplug_unpopulated=1: short of pages it adds memory itself, beside the balloon thread
 *   secondBorrower  beside them another whose requests wait and are given up
 *   libxl         the toolstack with transactions that fail, mem-max, and a watch that may see several writes as one
 *   newcomer      another domain, with a claim on host memory, that may die
 *   p2m           a guest that owns its P2M writes it entry by entry, as steps of their own (models/guest/p2m.ts)
 *   backend       another domain that maps pages of this one, and lets go of them late
 *   special       entries of a translated guest's P2M that are not RAM: foreign maps, devices (models/host/special.ts)
 *   suspender     somebody saves and restores the guest, which gets other frames for its pages
 *   migrator      somebody moves the running guest to another host
 *   squeezed      a daemon that moves the targets of this guest and of another domain
 *   qmemman       the same by another daemon, which goes by what each says it needs
 *   builder       beside one of them, somebody who asks it for frames, builds a domain with them, and destroys it or the other
 *   hiddenDevice  a device that decodes the first interval and is not in iomem
 *   firstLook     beside libxl, a guest whose watch has yet to fire for the first time (models/guest/first-look.ts)
 *   tables        Xen may fail to put a frame into the guest's map after it has assigned it (models/host/unmapped.ts)
 *   dimm          somebody else who adds memory (ACPI, a device driver): models/guest/adder.ts
 *   firstFit      no actor but a choice: the lowest free run of address space (models/guest/presets.ts)
 *   lifo          likewise: the page that came onto the balloon list last leaves it first
 *   scratch       an allocator of address space for grant and foreign maps, which adds sections beside hotplug (unpopulated-alloc)
 *   zones         the zone that hot-added memory makes: its span, and whether the allocator looks at it
 */
export const ACTORS = [
  'pageUser',
  'hotplugUser',
  'secondBorrower',
  'libxl',
  'newcomer',
  'p2m',
  'backend',
  'special',
  'suspender',
  'migrator',
  'squeezed',
  'qmemman',
  'builder',
  'hiddenDevice',
  'firstLook',
  'tables',
  'dimm',
  'firstFit',
  'lifo',
  'scratch',
  'zones',
] as const;
export type Actor = (typeof ACTORS)[number];

export interface Scope {
  readonly name: string;
  /** Hot-addable sections. */
  readonly sections: number;
  readonly pagesPerSection: number;
  readonly sectionsPerBlock: number;
  /** Frames populated at boot. */
  readonly bootPages: number;
  /** Boot pages on the balloon list from the start (maxmem above memory). */
  readonly bootBallooned: number;
  /** Boot pages that have no frame yet at start and are filled on demand (memory below maxmem); in forms that have that. */
  readonly bootPod: number;
  /** Targets that may be written, in pages, ascending; the first is the initial one. */
  readonly targets: readonly number[];
  /** Frames of the host. */
  readonly hostPages: number;
  /** Extents of one populate or decrease call (frame_list: 512 on x86-64). */
  readonly batch: number;
  /** max_retry_count: failures in a row before the order is given up. */
  readonly retryLimit: number;
  readonly onlining: Onlining;
  readonly writer: Writer;
  /** Somebody takes blocks offline again. */
  readonly offliner: boolean;
  /** A rival for address space (PCI BARs, another hot-adder). */
  readonly rival: boolean;
  /** Another domain takes and gives back host memory. */
  readonly otherDomain: boolean;
  /** Hot-addable sections that end within what the kernel can address, and that the P2M of a PV guest has room for; absent: all. */
  readonly addressable?: number;
  readonly p2mRoom?: number;
  /** Who else is there; absent: nobody. */
  readonly actors?: readonly Actor[];
}

export const has = (scope: Scope, ...actors: readonly Actor[]): boolean =>
  actors.some((actor) => scope.actors?.includes(actor));
/** A daemon moves all targets, in the place of the toolstack (of libxl whole, where that is asked for); somebody asks it for frames. */
export const isManaged = (scope: Scope): boolean => has(scope, 'squeezed', 'qmemman') && !has(scope, 'libxl');
/** That daemon goes by what each domain says it needs; where both are named, it is this one. */
export const asksForNeeds = (scope: Scope): boolean => isManaged(scope) && has(scope, 'qmemman');
export const builds = (scope: Scope): boolean => isManaged(scope) && has(scope, 'builder');
/** Pages of the balloon are borrowed in this scope. */
export const lends = (scope: Scope): boolean => has(scope, 'pageUser', 'hotplugUser');

export const blocksOf = (scope: Scope): number => Math.ceil(scope.sections / scope.sectionsPerBlock);
export const blockOf = (scope: Scope, section: number): number =>
  Math.floor(section / scope.sectionsPerBlock);

/** Whether a run of sections begins and ends at a block; the kernel adds no other (`check_hotplug_memory_range`). */
export const isWholeBlocks = (scope: Scope, first: number, count: number): boolean =>
  first % scope.sectionsPerBlock === 0 && count % scope.sectionsPerBlock === 0;

/** Whether a person (or udev) brings blocks online in this scope. */
export const onlinedByHand = (scope: Scope): boolean =>
  ['hand', 'both', 'deviceFile', 'any'].includes(scope.onlining);
/** Whether the kernel onlines blocks inside add (auto_online_blocks). */
export const onlinedByKernel = (scope: Scope): boolean => ['auto', 'both', 'any'].includes(scope.onlining);

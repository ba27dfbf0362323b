/**
 * Named scopes: what each bounds, and what that might hide.
 */
import type { Form } from './form.ts';
import type { Scope } from './scope.ts';

/**
 * Two sections of two pages, every actor on. A target of one page (shrink), one beyond boot memory by less than a section
 * (rounding), and one that needs every block online. The host has exactly what the largest target asks for, so another
 * domain makes populates short. Two pages a call, two failures before an order is given up.
 * Hides: runs of three sections, blocks of several sections, more than two failures in a row.
 */
export const full: Scope = {
  name: 'full',
  sections: 2,
  pagesPerSection: 2,
  sectionsPerBlock: 1,
  bootPages: 1,
  bootBallooned: 0,
  bootPod: 0,
  targets: [1, 2, 5],
  hostPages: 5,
  batch: 2,
  retryLimit: 2,
  onlining: 'hand',
  writer: 'libxl',
  offliner: true,
  rival: true,
  otherDomain: true,
};

/** One section, every actor on: small enough for the naive explorer in a second. Hides everything about two blocks. */
export const single: Scope = { ...full, name: 'single', sections: 1, targets: [1, 2, 3], hostPages: 3 };

/** Boot memory above the initial target: the balloon list is not empty at start, as with maxmem above memory. */
export const bootBalloon: Scope = {
  ...full,
  name: 'boot-balloon',
  bootPages: 2,
  bootBallooned: 1,
  targets: [1, 3, 6],
  hostPages: 6,
};

/** The same with one section: for the naive explorer. Hides everything about two blocks. */
const bootSingle: Scope = {
  ...bootBalloon,
  name: 'boot-single',
  sections: 1,
  targets: [1, 3, 4],
  hostPages: 4,
};

/** The kernel onlines added blocks inside add, and people may do so too. */
export const auto: Scope = { ...full, name: 'auto', onlining: 'both' };

/** Nobody ever onlines a block: a control that must come out vacuous, not as a pass. */
export const nobody: Scope = { ...full, name: 'nobody', onlining: 'never', offliner: false };

/**
 * Two sections of one page, no rivals for address space or host memory: small enough for a lock that is held too long to show
 * (threads that wait for each other in every interleaving). Hides everything about partly filled sections.
 */
export const pair: Scope = {
  ...full,
  name: 'pair',
  pagesPerSection: 1,
  targets: [1, 2, 3],
  hostPages: 3,
  rival: false,
  otherDomain: false,
};

/** As `pair`, by the file `online` of the device core. Hides the same, and the kernel's own onlining. */
const deviceFile: Scope = { ...pair, name: 'device-file', onlining: 'deviceFile' };

/** One section, whose addresses belong to a device that iomem does not know of. Hides everything about two blocks. */
const hiddenDevice: Scope = { ...single, name: 'hidden-device', actors: ['hiddenDevice'] };

/**
 * Two sections in one memory block: what is not a multiple of a block cannot be added. A target that needs one section, one that
 * needs both. Hides two blocks.
 */
export const blocks: Scope = {
  ...full,
  name: 'blocks',
  sectionsPerBlock: 2,
  pagesPerSection: 1,
  targets: [1, 2, 3],
  hostPages: 3,
};

/**
 * One section, and boot memory that is one frame short of what the guest's memory map shows: populate-on-demand, in forms that have
 * it. The first order stands before the guest has run. Hides two sections, more than one frame owed, and whoever takes blocks offline.
 */
export const onDemand: Scope = {
  ...full,
  name: 'on-demand',
  sections: 1,
  bootPages: 2,
  bootPod: 1,
  targets: [1, 4],
  hostPages: 4,
  offliner: false,
  rival: false,
};

/** Three sections. Takes some twenty seconds for lifecycle; for the deep tests and on request. */
export const wide: Scope = { ...full, name: 'wide', sections: 3, targets: [1, 2, 7], hostPages: 7 };

/**
 * One section, and somebody who borrows up to two pages of the balloon (grant or foreign maps). Blocks go offline and online again.
 * Hides: rivals, two who borrow at a time, requests of more than two pages.
 */
const lent: Scope = {
  ...full,
  name: 'lent',
  sections: 1,
  bootPages: 2,
  targets: [2, 4],
  hostPages: 4,
  rival: false,
  otherDomain: false,
  actors: ['pageUser'],
};

/**
 * Two sections of one page, and somebody who borrows pages and adds memory for them: the reserve step has two callers.
 * Hides what `lent` hides, offlining, and onlining inside add.
 */
const lentGrowing: Scope = {
  ...pair,
  name: 'lent-growing',
  bootPages: 2,
  targets: [2, 3],
  hostPages: 3,
  offliner: false,
  actors: ['hotplugUser'],
};

/** The same where nobody onlines what is added, and no target gives a page back. */
const lentWaiting: Scope = { ...lentGrowing, name: 'lent-waiting', onlining: 'never' };

/**
 * One section, and the toolstack as libxl is: mem-set and mem-max as operations that may fail half-way, a watch that may see several
 * writes as one. Hides: everybody else, two operations at a time (libxl takes a lock), more than one section.
 */
const libxl: Scope = {
  ...full,
  name: 'libxl',
  sections: 1,
  targets: [1, 2, 3],
  hostPages: 3,
  offliner: false,
  rival: false,
  otherDomain: false,
  actors: ['libxl'],
};

/**
 * One section, and another domain for which up to two frames are claimed, and which may die. The host can hold both, but not what
 * everybody wants at once. Hides: everybody else, two claims at a time.
 */
const claims: Scope = {
  ...full,
  name: 'claims',
  sections: 1,
  targets: [1, 3],
  hostPages: 4,
  offliner: false,
  rival: false,
  otherDomain: false,
  actors: ['newcomer'],
};

/** One section, and a guest that is saved and restored at any moment. Hides everybody else, and what the toolstack of migration does. */
const suspend: Scope = {
  ...full,
  name: 'suspend',
  sections: 1,
  targets: [1, 3],
  hostPages: 3,
  offliner: false,
  rival: false,
  otherDomain: true,
  actors: ['suspender'],
};

/** The same with nobody but who takes blocks offline, so that one may be removed between two suspends. Hides two sections. */
const suspendOffline: Scope = { ...suspend, name: 'suspend-offline', otherDomain: false, offliner: true };

/**
 * One section, and a paravirtualised guest that writes its P2M entry by entry: the frames that a call brings, and those that the next
 * one takes, are not behind a page in between. A rival for address space, whose device needs the entries of its interval.
 * Hides: two sections, the other domain.
 */
const p2m: Scope = {
  ...single,
  name: 'p2m',
  targets: [1, 3],
  otherDomain: false,
  actors: ['p2m'],
};

/** The same guest saved and restored at any moment. Hides what `suspend` hides, and pages populated over. */
const p2mSuspend: Scope = { ...suspend, name: 'p2m-suspend', actors: ['p2m', 'suspender'] };
/** One section, and a guest that is moved to another host while it runs. Hides everybody else, and what else can end a migration. */
const migration: Scope = { ...suspend, name: 'migration', otherDomain: false, actors: ['migrator'] };

/** As `pair`, with the zone that hot-added memory makes: blocks come online in any order. Hides the same. */
const zones: Scope = { ...pair, name: 'zones', actors: ['zones'] };

/**
 * As `pair`, with somebody else who adds memory of his own. Hides what `pair` hides, and whoever takes blocks offline (which brings
 * pages with frames onto the list too).
 */
const dimm: Scope = { ...pair, name: 'dimm', offliner: false, actors: ['dimm'] };

/**
 * As `pair` with a rival for address space, where the driver takes the lowest free run. Hides a run that lies higher than it must:
 * sections that fill up in another order, and a gap below one that is taken.
 */
const firstFit: Scope = { ...pair, name: 'first-fit', rival: true, actors: ['firstFit'] };

/** As `pair`, where the page that was listed last is populated first. Hides lists in which pages of two sections alternate otherwise. */
const lifo: Scope = { ...pair, name: 'lifo', actors: ['lifo'] };

/**
 * One section of two pages, and a daemon that shares four frames between the guest and another domain. One page a call.
 * Hides: everybody else, whoever asks for frames, more than two domains.
 */
const squeezed: Scope = {
  ...full,
  name: 'squeezed',
  sections: 1,
  targets: [1, 3],
  hostPages: 4,
  batch: 1,
  offliner: false,
  rival: false,
  otherDomain: false,
  actors: ['squeezed'],
};

/** The same with a section of one page, and somebody who has domains built and destroyed. Hides two who ask at a time. */
const building: Scope = {
  ...squeezed,
  name: 'building',
  pagesPerSection: 1,
  targets: [1, 2],
  actors: ['squeezed', 'builder'],
};

/**
 * As `squeezed`, by a daemon that goes by what each domain says it needs: the least, or all it may have. Hides what is in between,
 * and what `squeezed` hides.
 */
const qmemman: Scope = { ...squeezed, name: 'qmemman', actors: ['qmemman'] };

/** The same with a section of one page, beside another domain that the daemon does not know of, and which takes what it likes. */
const qmemmanBeside: Scope = {
  ...qmemman,
  name: 'qmemman-beside',
  pagesPerSection: 1,
  targets: [1, 2],
  retryLimit: 1,
  otherDomain: true,
};

/** The same with somebody who has domains built and destroyed: `building`. */
const qmemmanBuilding: Scope = { ...building, name: 'qmemman-building', actors: ['qmemman', 'builder'] };

/**
 * One section, and somebody who maps foreign frames into the pages that they borrow, in a translated guest. Hides what `lent` hides,
 * and devices.
 */
const lentMapped: Scope = { ...lent, name: 'lent-mapped', offliner: false, actors: ['pageUser', 'special'] };

/** One section of a translated guest, and devices that are passed through to it: a rival's, where it is registered. Hides two sections. */
const devices: Scope = {
  ...single,
  name: 'devices',
  targets: [1, 3],
  otherDomain: false,
  actors: ['special'],
};

/** The same with a device that iomem does not know of. */
const hiddenBar: Scope = {
  ...devices,
  name: 'hidden-bar',
  rival: false,
  actors: ['special', 'hiddenDevice'],
};

/**
 * One section, and a backend that may still refer to pages that the guest gives back. Hides everybody else; more than two such pages.
 */
const references: Scope = { ...suspend, name: 'references', otherDomain: false, actors: ['backend'] };

/** As `lent`, with nobody who takes blocks offline, and a second who asks for a page while the first does. Hides what the second gets. */
const borrowers: Scope = {
  ...lent,
  name: 'borrowers',
  batch: 1,
  offliner: false,
  actors: ['pageUser', 'secondBorrower'],
};

/**
 * Two sections of one page, of which the kernel can address the first only. A run may be either, or both: what lies below is free, or
 * somebody has it. Hides whoever takes blocks offline, rivals, and a run that begins beyond the limit.
 */
const addressLimit: Scope = { ...pair, name: 'address-limit', addressable: 1, offliner: false };

/** The same where the P2M of a paravirtualised guest has room for the first only, and each entry is a step. */
const p2mLimit: Scope = { ...pair, name: 'p2m-limit', p2mRoom: 1, offliner: false, actors: ['p2m'] };

/**
 * One section, libxl, and a guest whose watch has yet to fire: its limit may be raised before, to more than twice what it has. Hides
 * what `libxl` hides.
 */
const earlyMax: Scope = { ...libxl, name: 'early-max', targets: [1, 3], actors: ['libxl', 'firstLook'] };

/**
 * One section, and a Xen that may fail to put a frame into the guest's map. One frame of the host is more than anybody asks for. Hides
 * everybody else.
 */
const tables: Scope = { ...suspend, name: 'tables', hostPages: 4, otherDomain: false, actors: ['tables'] };

/**
 * Two sections of one page, and an allocator of places for foreign maps that takes sections of its own beside hotplug. Hides whoever
 * takes blocks offline, rivals, requests of more than one page.
 */
const scratch: Scope = { ...pair, name: 'scratch', offliner: false, actors: ['scratch'] };

export const scopes: readonly Scope[] = [
  full,
  single,
  pair,
  bootBalloon,
  bootSingle,
  auto,
  nobody,
  wide,
  blocks,
  deviceFile,
  hiddenDevice,
  lent,
  lentGrowing,
  lentWaiting,
  onDemand,
  libxl,
  claims,
  suspend,
  suspendOffline,
  p2m,
  p2mSuspend,
  references,
  lentMapped,
  devices,
  hiddenBar,
  migration,
  squeezed,
  building,
  dimm,
  firstFit,
  lifo,
  qmemman,
  qmemmanBeside,
  qmemmanBuilding,
  borrowers,
  zones,
  addressLimit,
  p2mLimit,
  earlyMax,
  scratch,
  tables,
];

/** Where a guest form other than the usual one is looked at, if nobody says: one section, and what the form starts with. */
export function smallScope({ pod, bootBalloon }: Form): Scope {
  if (pod) return onDemand;
  return bootBalloon ? bootSingle : single;
}

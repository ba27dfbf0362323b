/**
 * A protocol variant is this record: how the driver, and what it runs on, behave.
 * A mutant is one field changed on a named variant. The fields read like the code they stand for.
 */
export interface Protocol {
  readonly id: string;
  readonly summary: string;
  /** The kernel it is of, which says in what guest forms it exists (models/form.ts); `design`: in all. */
  readonly kernel: '2010' | '3.1' | '4.4' | '4.11' | '5.10' | 'design';

  // The driver: order of steps
  /** Reserve the run in iomem before anything else; false: look for a gap only, and let add claim it (2010). */
  readonly claimFirst: boolean;
  /** Where a driver that does not claim first adds: in a gap it has found, or right after the last page there is (3.1). */
  readonly addsAt: 'gap' | 'end';
  /** Populate the run before add; false: add empty memory and populate it from the balloon list. */
  readonly populateFirst: boolean;
  /** A request is rounded up to whole sections (the kernel's driver), or to whole memory blocks. */
  readonly roundsTo: 'section' | 'block';
  /** Most of these that one request may span. */
  readonly runMax: number;
  /**
   * A run that is populated before add: filled until it is full, or call by call for as long as there is credit (2010): then it is
   * added, as far as it was filled.
   */
  readonly fillsTo: 'run' | 'target';
  /** Of such a run, what a refused call does: back off, or (December 2010) stop there and return with a spinlock held. */
  readonly refusedFill: 'backsOff' | 'stopsLocked';
  /** What a failed add or online of such a run does to the books: current and target fall by it, or the target becomes what is left. */
  readonly forfeits: 'currentAndTarget' | 'targetFollows';
  /** What a populate of the run that fell short does: go on as if it were full, or back off and retry. */
  readonly shortFill: 'ignored' | 'retried';
  /** After a failed add: give the frames back and release the run. */
  readonly rollbackOnAddFailure: boolean;
  /** A failed add: ECANCELED, or EAGAIN like any shortage (3.1; so also after a rollback). */
  readonly addFailure: 'ECANCELED' | 'EAGAIN';
  /** Failures in a row lead to giving the order up at the limit of the scope, or never (RETRY_UNLIMITED). */
  readonly retries: 'limited' | 'unlimited';
  /** A range that add refused as taken: forgotten (every shipped driver), left alone until somebody registers there, or known and asked for again. */
  readonly refusedRange: 'forgotten' | 'leftAlone' | 'askedAgain';
  /** No gap in iomem: ECANCELED at once, or EAGAIN like any shortage. */
  readonly noGap: 'ECANCELED' | 'EAGAIN';
  /** The driver itself brings what it added online. */
  readonly driverOnlines: boolean;
  /** That happens inside add, under the same hold of the hotplug lock. */
  readonly onlineInsideAdd: boolean;
  /** balloon_mutex is held over one step, or until the work item has nothing left to do (3.1). */
  readonly mutexOver: 'step' | 'run';
  /** balloon_mutex is dropped around add. */
  readonly dropMutexOverAdd: boolean;

  // The driver: the way back (models/guest/removing.ts)
  /**
   * What was added stays (every shipped driver); or a block that is offline is emptied and removed, where the order is below by as
   * much; or removed as it is, with its frames.
   */
  readonly removes: 'never' | 'emptied' | 'backed';
  /** A block is given back for an order that is below by all of it, or by anything. */
  readonly removesFor: 'wholeBlock' | 'anyLess';
  /** It is emptied under device_hotplug, together with its removal, or before that is taken. */
  readonly emptiesUnder: 'deviceHotplug' | 'balloonMutex';
  /** Its range is released after it is gone, before, or never. */
  readonly releasesRemoved: 'after' | 'before' | 'never';
  /** total_pages and current_pages fall by what was removed. */
  readonly countsRemoved: boolean;
  /** A block found online again is looked at the next time it is offline; false: never again. */
  readonly retriesRemoval: boolean;

  // The driver: books and wake-up
  /** total_pages grows with the added run. */
  readonly countTotal: boolean;
  /** current_pages grows with the added run (it was populated before). */
  readonly countCurrent: boolean;
  /** Added pages are credited as hotplug_pages at once and the rest of the section kept as balloon_hotplug (3.1). */
  readonly expects: boolean;
  /** An onlined page is taken from what is expected. */
  readonly settlesExpected: boolean;
  /** Pages a decrease subtracts from current_pages, and adds to balloon_low, per page given back. */
  readonly decreaseCounts: 1 | 2;
  readonly decreaseLists: 1 | 0;
  /** Pages without a direct map have a counter of their own (balloon_high), and come back after those with one. */
  readonly countsHigh: boolean;
  readonly listOrder: 'lowFirst' | 'any';
  /** A shrink asks for a multiple of so many pages. */
  readonly shrinkUnit: 1 | 2;
  /** A page of the guest is so many of Xen's: every call is for whole ones (1 on x86). */
  readonly pageUnit: 1 | 2;
  /** A populate that was granted some of what it asked for: progress, or the most that there will ever be (2009). */
  readonly shortPopulate: 'progress' | 'hardLimit';
  /** A thread that sleeps on its credit, or a work item that events queue (until 2021). */
  readonly runs: 'thread' | 'work';
  /** Thread: a wait after BP_WAIT or BP_ECANCELED ends when the credit has changed, or (2020) whenever it is not 0. */
  readonly wakeTest: 'changed' | 'notZero';
  /** Thread: when the credit that a wait compares with is read: with the decision, or again when going to sleep, outside the mutex. */
  readonly baseline: 'decision' | 'sleep';
  /** Work item: a block that went online queues it (MEM_ONLINE). */
  readonly hearsOnline: boolean;
  /** What that wait compares: the credit, or the target (which another order and other pages cannot leave as they were). */
  readonly waitsFor: 'credit' | 'target';
  /** Who receives onlined pages: the allocator, the balloon list, or the balloon list unless the P2M shows a frame. */
  readonly callback: 'allocator' | 'balloon' | 'testP2m';
  /** Pages of memory that somebody else added: the callback takes them as its own (one callback serves the whole kernel), or drops them (hv_balloon until 2025). */
  readonly foreignPages: 'asOwn' | 'dropped';
  /** A shrink that asks for fewer pages than the credit wants, since memory is short, and gives all of them back: EAGAIN like one that found fewer, or done. */
  readonly cutShrink: 'EAGAIN' | 'DONE';
  /** A page that the callback gave to the allocator is counted as ballooned all the same. */
  readonly countsKeptPage: boolean;

  /** The driver is frozen before a suspend, and parks only where it sleeps. */
  readonly freezes: boolean;
  /** PV: when the P2M gets the leaves that name hot-added sections, and whether Xen can see that it has grown (since 4.3). */
  readonly p2mLeaves: 'asAdded' | 'atBoot';
  readonly tellsP2mGrowth: boolean;

  // The driver: its P2M, where that is the guest's and each write a step (models/guest/p2m.ts)
  /** Entries of a run are made invalid when it is reserved, so that they have their leaves, and add maps nothing (since 4.4). */
  readonly invalidatesRun: boolean;
  /** A run that is released gets its identity entries back. */
  readonly restoresIdentity: boolean;
  /** An entry that still names a frame is overwritten, or the kernel stops there (BUG_ON, 3.1). */
  readonly overLive: 'overwrites' | 'bugs';

  /** A run is compared with what can be addressed: not at all, its first page only (4.4), or all of it. */
  readonly comparesReach: 'nothing' | 'start' | 'end';
  /** A run is compared with what the P2M has room for; false: beyond it entries count as made invalid, and the first that is written stops the kernel. */
  readonly comparesP2mRoom: boolean;

  /** The list of frames that the guest publishes is built anew when it resumes (since 2009). */
  readonly rebuildsFrameList: boolean;

  // The driver: what it is built for
  /** Short of pages it adds memory (XEN_BALLOON_MEMORY_HOTPLUG); false: it makes the target what there is. */
  readonly hotplugs: boolean;
  /** What there is counts pages that are lent (since 2019). */
  readonly clampCountsLent: boolean;

  // The driver: pages lent to others
  /** Pages lent are counted (target_unpopulated, since 4.4), so that address space grows in their place. */
  readonly countsLent: boolean;
  /** A request that fails takes back the count of pages it never got (since 2020). */
  readonly settlesFailedLend: boolean;
  /** A page that something foreign is mapped into is unmapped before it comes back. */
  readonly unmapsFirst: boolean;
  /** It does so under balloon_mutex (it does not). */
  readonly fixesUnderMutex: boolean;
  /** Whoever waits for a page may be interrupted (since 2020). */
  readonly waitsInterruptibly: boolean;
  // The driver: what it believes at boot, and how it reads a target
  /** current_pages at boot: the frames there are; with ranges nothing stands behind; the highest frame number, holes and all; too few. */
  readonly bootCurrent: 'frames' | 'scratch' | 'maxPfn' | 'guestRam';
  /** The target at boot: what the toolstack ordered; a hole more, as the first watch event says; or all of boot memory. */
  readonly bootTarget: 'ordered' | 'withHole' | 'maximum';
  /** Boot memory that has no frames yet is left usable in the guest's memory map; false: it is marked as unusable (2011). */
  readonly keepsBootGap: boolean;
  /** Boot memory beyond the descriptors of pages (mem=) is left off the balloon list. */
  readonly clipsBootList: boolean;
  /** Boot pages on the balloon list are typed as offline, as any other that comes onto it (since 2019). */
  readonly typesBootPages: boolean;
  /** A page that is lent loses the type, which shares its place with the count of its mappings (since 2019). */
  readonly clearsType: boolean;
  /** A target is taken as written, with a stale offset of a page, or in another unit. */
  readonly readsTarget: 'asWritten' | 'offByOne' | 'otherUnit';

  /** A guest that is neither PV nor domain 0 takes as offset of its targets what it sees at its first look (since 4.13), or what it was built with. */
  readonly offsetFrom: 'firstLook' | 'build';

  // The toolstack
  /** One order at a time: limit and target are set under a lock. */
  readonly ordersLocked: boolean;
  /** The limit that goes with a target: the same, a page less, or a sum that wrapped to nearly nothing. */
  readonly limitFor: 'target' | 'less' | 'wrapped';
  /** Whether the limit gets to Xen. */
  readonly setsLimit: boolean;
  /** An operation that fails after its hypercall sets the limit back (libxl does not). */
  readonly undoesLimit: boolean;

  /** HVM built with less memory than maxmem: user space waits until the first shrink is done (since 2021). */
  readonly awaitsFirstShrink: boolean;

  // The memory manager of the host, where there is one
  /**
   * A domain that does not move: its limit is what it has, for one look; or what it may still take counts as taken.
   * (Of qmemman, which counts that in any case: a mark ends with the next balance, or as soon as its domain moves.)
   */
  readonly stuckIs: 'clippedOnce' | 'counted';
  /** Of qmemman: what domains may still take is not free. */
  readonly countsPromised: boolean;
  /** Who did not move is forgotten with the call; a mark ends when its domain moves. */
  readonly forgetsStuck: boolean;
  readonly clearsStuck: boolean;
  /** A domain that is gone when it is to be told its target does not end the manager. */
  readonly managerCatches: boolean;
  /** Nobody is told to have less than his minimum. */
  readonly keepsMinimum: boolean;

  // Address space for maps that needs no pages of the balloon (models/guest/scratch.ts)
  /** A section that it takes is registered in iomem, where hotplug looks. */
  readonly registersScratch: boolean;
  /** One that cannot be mapped is given back to iomem. */
  readonly releasesScratch: boolean;
  /** A section that could not be had is reported as such (since 2021). */
  readonly tellsFailedFill: boolean;

  // What it runs on
  /** The P2M has room for memory that is added later: whoever adds it (since 2021), or only in a build in which the balloon does. */
  readonly p2mSizedFor: 'anybody' | 'balloon';
  /** add refuses what cannot be addressed (5.4 to 5.11; later only for callers that let it make the resource). */
  readonly addChecksReach: boolean;
  /** Entries above all memory: every page its own machine address, as devices need it (since 2014), or invalid. */
  readonly beyondRam: 'identity' | 'invalid';
  /** Populate-on-demand: a frame given back while frames are owed goes into the cache. */
  readonly stealsForCache: boolean;
  /** Populate-on-demand: frames of the cache beyond its entries are freed. */
  readonly freesSurplus: boolean;
  /** Populate-on-demand: a page of zeros pays for another only once it is out of the guest's map (since 2017). */
  readonly checksReclaim: boolean;
  /** What add runs under: device_hotplug, which everybody takes who moves a block (2019), or mem_hotplug, which the file `online` does not take. */
  readonly addLock: 'deviceHotplug' | 'memHotplug';
  /** Whoever moves a block takes the hotplug lock before that of the device, as add does, or after it (until 2015). */
  readonly writerTakes: 'hotplugFirst' | 'deviceFirst';
  /** add looks for a conflict before it makes anything; false: after, and what it has made stays. */
  readonly conflictFirst: boolean;
  /** add refuses what does not begin and end at a memory block. */
  readonly checksAlignment: boolean;
  /** An error inside add releases the run, which the caller does as well. */
  readonly addReleases: boolean;
  /** A run is released section by section, as it was registered; false: as one, which fails where there are several. */
  readonly releasesEach: boolean;
  /** What mem= says binds memory added later too (before 2020): every hot-addable section lies above it. */
  readonly bindsBootLimit: boolean;
  /** Boot memory that the domain has no frames for yet is marked in the memory map; false: it looks free to whoever wants addresses (2011). */
  readonly marksBootGap: boolean;
  /** Pages of a block that is going online stay isolated until it is online (since 2020); false: the allocator has each at once. */
  readonly isolatesOnlining: boolean;
  /** A zone grows at both ends, or (until 2006) its length is computed anew only where its end moves. */
  readonly zoneSpan: 'both' | 'endOnly';
  /** A node is computed anew over the zones that have memory (since 2019). */
  readonly nodeSkipsEmptyZones: boolean;
  /** The allocator looks at zones that have memory online, or (2022) at those with free memory when the lists are built. */
  readonly zoneLists: 'populated' | 'managed';
  /** Xen takes a limit below what the domain has. */
  readonly limitBelowTot: boolean;
  /** iomem refuses an interval that somebody holds. */
  readonly asksIomem: boolean;
  /** Xen compares with max_pages before assigning. */
  readonly checksCap: boolean;
  /** Memory claimed for one domain is not given to another. */
  readonly claimsHonoured: boolean;
  /** Free memory and claims change together (since 2025). */
  readonly claimsSettledAtOnce: boolean;
  /** No claim for a domain that dies (since 2025). */
  readonly refusesClaimOfDying: boolean;
  /** A page that cannot be assigned gives its claim back (it does not). */
  readonly claimSurvivesFailedAssign: boolean;
  /** A decrease drops the last reference, so that Xen can free the frame. */
  readonly decreaseFrees: boolean;
  /** An extent is done only when its frame is in the guest's map (since 2021). */
  readonly checksMapping: boolean;
  /** A frame that could not be put into the guest's map goes back to the heap (it does not). */
  readonly freesUnmapped: boolean;
  /** A decrease frees a frame only once it is out of the guest's map (since 2017). */
  readonly decreaseUnmaps: boolean;
  /** A decrease makes some progress before it looks for events that wait (since 2014). */
  readonly decreaseProgresses: boolean;
  /** A frame given back stays the domain's while somebody else refers to it. */
  readonly waitsForReferences: boolean;
  /** A freed frame goes back to the host's heap. */
  readonly returnsToHeap: boolean;
  /** A vetoed online leaves the block's state as it was; false: it reads online. */
  readonly vetoRestoresState: boolean;
}

/** What the shipped variants share unless they say otherwise: a hypervisor and a kernel core that do as documented, a driver of one step at a time. */
export const faithfulPlatform = {
  kernel: 'design',
  asksIomem: true,
  checksCap: true,
  claimsHonoured: true,
  claimsSettledAtOnce: true,
  refusesClaimOfDying: true,
  claimSurvivesFailedAssign: false,
  decreaseFrees: true,
  checksMapping: true,
  freesUnmapped: false,
  decreaseUnmaps: true,
  decreaseProgresses: true,
  returnsToHeap: true,
  waitsForReferences: true,
  vetoRestoresState: true,
  awaitsFirstShrink: true,
  stealsForCache: true,
  freesSurplus: true,
  checksReclaim: true,
  decreaseCounts: 1,
  decreaseLists: 1,
  countsHigh: true,
  listOrder: 'lowFirst',
  shrinkUnit: 1,
  cutShrink: 'EAGAIN',
  pageUnit: 1,
  shortPopulate: 'progress',
  wakeTest: 'changed',
  bootCurrent: 'frames',
  bootTarget: 'ordered',
  hotplugs: true,
  clampCountsLent: true,
  keepsBootGap: true,
  clipsBootList: true,
  typesBootPages: true,
  clearsType: true,
  readsTarget: 'asWritten',
  offsetFrom: 'build',
  ordersLocked: true,
  limitFor: 'target',
  setsLimit: true,
  addLock: 'deviceHotplug',
  writerTakes: 'hotplugFirst',
  undoesLimit: false,
  conflictFirst: true,
  checksAlignment: true,
  addReleases: false,
  releasesEach: true,
  bindsBootLimit: false,
  marksBootGap: true,
  isolatesOnlining: false,
  zoneSpan: 'both',
  nodeSkipsEmptyZones: true,
  zoneLists: 'populated',
  limitBelowTot: true,
  addsAt: 'gap',
  roundsTo: 'section',
  addFailure: 'ECANCELED',
  refusedRange: 'forgotten',
  mutexOver: 'step',
  retries: 'limited',
  hearsOnline: true,
  expects: false,
  fillsTo: 'run',
  refusedFill: 'backsOff',
  forfeits: 'currentAndTarget',
  settlesExpected: true,
  countsKeptPage: false,
  foreignPages: 'asOwn',
  waitsFor: 'credit',
  freezes: true,
  invalidatesRun: true,
  restoresIdentity: false,
  overLive: 'overwrites',
  comparesReach: 'nothing',
  comparesP2mRoom: false,
  registersScratch: true,
  releasesScratch: true,
  tellsFailedFill: true,
  p2mSizedFor: 'anybody',
  addChecksReach: true,
  rebuildsFrameList: true,
  beyondRam: 'identity',
  p2mLeaves: 'asAdded',
  stuckIs: 'clippedOnce',
  countsPromised: true,
  forgetsStuck: true,
  clearsStuck: true,
  managerCatches: true,
  keepsMinimum: true,
  tellsP2mGrowth: true,
  countsLent: true,
  settlesFailedLend: true,
  fixesUnderMutex: false,
  unmapsFirst: true,
  waitsInterruptibly: true,
  removes: 'never',
  removesFor: 'wholeBlock',
  emptiesUnder: 'deviceHotplug',
  releasesRemoved: 'after',
  countsRemoved: true,
  retriesRemoval: true,
} as const satisfies Partial<Protocol>;

/** The run in hand is filled call by call, for as long as there is credit. */
export const fillsToTarget = ({ fillsTo }: Pick<Protocol, 'fillsTo'>): boolean => fillsTo === 'target';

/** Sections that a request is a multiple of. */
export const unitOf = ({ roundsTo }: Pick<Protocol, 'roundsTo'>, sectionsPerBlock: number): number =>
  roundsTo === 'block' ? sectionsPerBlock : 1;

/** Changes named fields of a variant; the result is a variant of its own. */
export function changed(base: Protocol, id: string, summary: string, change: Partial<Protocol>): Protocol {
  return { ...base, ...change, id, summary };
}

/**
 * What differs from protocol to protocol, as far as pages and counters can tell. Everything else is the same code everywhere.
 */

export interface LedgerFacts {
  /** Who gets a page when its block comes online: the page allocator, the balloon list, or the list unless a frame is behind it. */
  readonly onlinedPage: 'allocator' | 'list' | 'listIfEmpty';
  /** A page that went to the allocator all the same is entered in the length of the list. */
  readonly listCountsKept: boolean;
  /** current_pages falls by so much for each page given back. */
  readonly currentFallsBy: number;
  /** After an add, total_pages grows by the run; current_pages grows by the run. */
  readonly totalGrows: boolean;
  readonly currentGrows: boolean;
  /** The driver has a separate step that registers the run in iomem; otherwise add does it. */
  readonly registersFirst: boolean;
  /** The run gets its frames before it is added. */
  readonly framesBeforeAdd: boolean;
  /** Most sections of one run. */
  readonly runMax: number;
  /** A run that did not get all its frames is added all the same. */
  readonly shortRunIsAdded: boolean;
  /** A run is filled call by call while there is credit, counted as it fills, and added when the target is reached. */
  readonly fillsWhileShort: boolean;
  /** A refused call for such a run ends it, and leaves a lock behind on which the next call waits for ever. */
  readonly refusalKeepsLock: boolean;
  /** When such a run fails, the target falls with current; otherwise it becomes what current then is. */
  readonly targetFallsToo: boolean;
  /** A failed add is one more failure; otherwise the order is given up. */
  readonly failedAddIsRetried: boolean;
  /** balloon_mutex is held until the work item has nothing left to do; otherwise over one step. */
  readonly mutexWhileBusy: boolean;
  /** Added pages count as if they were there, before they are online; and no longer once they are. */
  readonly creditsAdded: boolean;
  readonly onlinedIsSettled: boolean;
  /** A failed add is followed by giving everything back. */
  readonly failureIsUndone: boolean;
  /** No gap in iomem counts as one more failure; otherwise the order is given up at once. */
  readonly noGapIsRetried: boolean;
  /** The thread brings the blocks of its run online itself, after add has returned. */
  readonly onlinesAfterAdd: boolean;
  /** balloon_mutex is free while the run is added. */
  readonly mutexFreeOverAdd: boolean;
  /** The guest writes its P2M itself, entry by entry, and each write is told. */
  readonly writesEntries: boolean;
  /** Entries above all memory are their own addresses; a run that is released gets them back. */
  readonly entriesAreAddresses: boolean;
  readonly entriesComeBack: boolean;
  /** The driver is a work item that is queued; otherwise a thread that waits for its credit to change. */
  readonly isWorkItem: boolean;
  /** What the next wait compares with is read when the thread goes to sleep; otherwise when it decided. A work item reads nothing. */
  readonly waitReadsAgain: boolean;
  /** The wait compares the credit; otherwise the target. */
  readonly waitComparesCredit: boolean;
  /** Pages that others borrow make target_unpopulated grow; a request that fails is taken out of it again. */
  readonly lentIsCounted: boolean;
  readonly failedLendIsSettled: boolean;
  /** The P2M is Xen's, with entries that are not RAM; a page that is lent is unmapped before it comes back. */
  readonly hasSpecial: boolean;
  readonly unmapsFirst: boolean;
  /** A section that is taken for places of foreign maps is registered in iomem. */
  readonly scratchIsRegistered: boolean;
  /** Hot-added pages have no direct map: counted apart, last on the list, and of no use to who borrows. */
  readonly hasHighmem: boolean;
  readonly highIsCounted: boolean;
  readonly highIsLast: boolean;
  /** Whoever borrows pages may add memory too. */
  readonly borrowerAdds: boolean;
  /** A limit is set before each target. */
  readonly limitBeforeTarget: boolean;
  /** The toolstack's operations are told step by step; one that fails after its hypercall takes that back. */
  readonly toolIsWhole: boolean;
  readonly failedOrderIsUndone: boolean;
  /** static-max less its target, when the guest first looks, is its offset for ever. */
  readonly looksTakeOffset: boolean;

  /** When a PV guest makes the leaves of its frame list that name a hot-added section; whether others can see that it has. */
  readonly leavesMade: 'withRun' | 'withFrame' | 'before';
  readonly growthIsSeen: boolean;

  /** Of who moves the targets of all domains: a look clips the limit of whoever it finds stuck, and lifts those of the others; a call forgets who was; moving ends it. */
  readonly looksClip: boolean;
  readonly callsForget: boolean;
  readonly movingClears: boolean;

  /** Whether he goes by what each says it needs. Marks then end when he balances (of whoever has obeyed, or needs more), or with a move as well. */
  readonly needs: 'notAsked' | 'marksTillBalance' | 'marksTillMove';

  /** Registering an interval fails where somebody has it. */
  readonly iomemRefuses: boolean;
  /** A frame that could not be put into the guest's map is freed. */
  readonly unmappedIsFreed: boolean;
  /** Xen compares with the limit. */
  readonly limitIsChecked: boolean;
  /** What is claimed for one domain is not given to another. */
  readonly claimsAreKept: boolean;
  /** A page that cannot be assigned has used up its claim all the same. */
  readonly claimsAreEaten: boolean;
  /** A frame given back stays the domain's while somebody else refers to it. */
  readonly waitsForReferences: boolean;
  /** A page given back loses its last reference; a free frame goes back to the heap. */
  readonly givingBackFrees: boolean;
  readonly freedReachesHeap: boolean;
  /** User space waits until the driver has shrunk to its first target. */
  readonly startWaits: boolean;
  /** A frame given back while frames are owed pays; a paid frame that nothing is owed for is freed. */
  readonly debtIsPaid: boolean;
  readonly surplusIsFreed: boolean;

  /** After a veto the block reads offline, as before; otherwise it reads online. */
  readonly vetoRestores: boolean;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** Sizes of one guest and its host. */
export interface LedgerSizes {
  /** Guests on the host. */
  readonly domains: number;
  readonly sections: number;
  readonly sectionPages: number;
  readonly sectionsPerBlock: number;
  readonly bootPages: number;
  /** Of these, on the balloon list from the start. */
  readonly bootListed: number;
  /** Boot pages promised, and those among them that there is no frame for. */
  readonly bootOwed: number;
  readonly firstTarget: number;
  readonly lastTarget: number;
  readonly hostFrames: number;
  /** What the neighbour of a guest may be told to have, where one is looked after. */
  readonly neighbour: Range | undefined;
  readonly batch: number;
  readonly failuresMax: number;
}

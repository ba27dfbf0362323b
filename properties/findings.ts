/**
 * Expected violations have names: the window of the protocol, or the bug, behind them.
 */
export interface Finding {
  readonly id: string;
  readonly title: string;
  /** What happens, for a person who did not write the model. */
  readonly story: string;
}

export const findings: readonly Finding[] = [
  {
    id: 'W0a',
    title: 'double claim',
    story:
      'The 2010 steps look for a gap and claim it only inside add. In between a rival registers the interval: it and the domain\u2019s frames now share one range of addresses. The add that follows fails, and nothing is taken back.',
  },
  {
    id: 'W0b',
    title: 'populated before reserved',
    story:
      'Frames are put into an interval that nobody has reserved; whatever else decodes those addresses is replaced by RAM.',
  },
  {
    id: 'W0c',
    title: 'short populate, then add',
    story:
      'Xen granted fewer frames than asked (or none), nobody looks, the section is added and onlined in full: the allocator hands out pages with nothing behind them.',
  },
  {
    id: 'W0-norollback',
    title: 'nothing is rolled back',
    story:
      'After a failed add the frames stay with the domain, behind pages that never came to exist; a later run populates over them.',
  },
  {
    id: 'W0-uncounted',
    title: 'nothing is counted',
    story:
      'current_pages never learns of frames put into a section, whether the add then succeeds or fails: the driver\u2019s belief and Xen\u2019s count part.',
  },
  {
    id: 'W1a',
    title: 'populated beyond the claim',
    story:
      'The patch of August 2010 claims a region as large as the credit at that moment and then populates for as long as there is credit. A target raised meanwhile is populated past the end of the region: into addresses that nobody reserved, later added all the same, or into a neighbour that is in use.',
  },
  {
    id: 'W1b',
    title: 'a refused populate keeps the lock',
    story:
      'In the patch of December 2010 a populate of which nothing was granted returns with xen_reservation_lock held and interrupts off. The next call for pages waits for that lock for ever.',
  },
  {
    id: 'W1-partial',
    title: 'a section filled in part is onlined whole',
    story:
      'The run is as large as the credit, not a multiple of a section; struct pages cover whole sections. Onlining hands every page to the allocator, also those that were never populated.',
  },
  {
    id: 'W1-forfeit',
    title: 'a failed run is forgotten',
    story:
      'After a failed add or online the driver takes the run out of current and out of the target, and gives nothing back: the frames stay with the domain, the region stays claimed, and the order that the toolstack gave no longer stands. This also happens when somebody else had onlined the block: its memory is in use and no longer counted.',
  },
  {
    id: 'W1-wrap',
    title: 'a target falls below zero',
    story:
      'A target is lowered while the run is being added; the add fails, and the whole run is subtracted from the new, lower target. It is unsigned and wraps to nearly 2^64.',
  },
  {
    id: 'W1-held',
    title: 'frames wait behind pages that do not exist',
    story:
      'The run is added only when the target is reached. Until then its frames are counted as current and are behind no page: while the driver backs off, or for good where the target is never reached.',
  },
  {
    id: 'W1-unwanted',
    title: 'added though no longer wanted',
    story:
      'The target falls while a run is being filled. The driver gives back other pages until current is the target, and then adds the run all the same.',
  },
  {
    id: 'W1d',
    title: 'a counter of pages to come wraps',
    story:
      'A block that goes online for the second time is taken off the pages that are expected, though nothing is. balloon_hotplug goes below zero, which is nearly 2^64: from then on the driver thinks that it has pages to come for ever.',
  },
  {
    id: 'W1-retry',
    title: 'the same add again and again',
    story:
      'Linux 3.1 asks nobody for a free range: it adds after the last page. Where somebody else has that range the add fails with \u2212EEXIST, the driver backs off and tries the very same range again; the end of memory has not moved. Its retry limit was none.',
  },
  {
    id: 'W2a',
    title: 'two locks, two orders',
    story:
      'The driver (until 4.4) holds balloon_mutex and waits in add for the hotplug lock; whoever onlines a block holds that lock and waits for balloon_mutex in the online-page callback. Neither ever gets on. Ended by dropping the mutex around add.',
  },
  {
    id: 'W2d',
    title: 'two locks that do not exclude each other',
    story:
      'Linux 4.4 and 4.11 add the balloon\u2019s memory under mem_hotplug alone. Whoever writes a block\u2019s file `online` (not `state`) takes device_hotplug and the lock of the device, not mem_hotplug: a block is moved while another is added, and one that is being added is online before add has returned.',
  },
  {
    id: 'W3d',
    title: 'offline and online again',
    story:
      'A populated block goes offline; Xen and the driver are not told. Going online again, the same callback puts its pages, frames and all, on the balloon list. The next populate lands on live frames: the old ones stay owned and nobody can use them.',
  },
  {
    id: 'set-residue',
    title: 'a failed order leaves its limit',
    story:
      'For an HVM guest that is filled on demand libxl sets the limit, then the populate-on-demand target, then writes the target. Where the host has no frames for the second step the order ends there: the new limit stays with the old target.',
  },
  {
    id: 'pod-not-awaited',
    title: 'more is touched than there is',
    story:
      'An HVM guest is built with fewer frames than its memory map shows, and must give back the difference before it is used. Until 2021 nothing waited for that: user space touches one page more than there are frames for, Xen finds none, and the domain is destroyed.',
  },
  {
    id: 'W3e',
    title: 'pages come when the order was given up',
    story:
      'The order was given up for want of something; then a block is onlined and its pages lie on the balloon list, ready to be populated. The wake-up that tells the thread changes no credit, so it sleeps on, for up to an hour.',
  },
  {
    id: 'W3f',
    title: 'nobody onlines',
    story:
      'A section was added and nobody brings it online. It counts in total_pages, so nothing more is missing: the thread polls once a second, for ever, and the target is never reached.',
  },
  {
    id: 'W3k',
    title: 'a device that nobody registered',
    story:
      'iomem knows only what was registered. The first free interval may hide a device; whoever asks iomem, as every driver here does, gets it, and RAM and device share addresses.',
  },
  {
    id: 'W3i',
    title: 'the target becomes what there is',
    story:
      'A driver built without hotplug cannot grow past its list: it makes the target what it has and gives the order up. Memory that comes onto the list later is not populated, and an order that comes between its decision and that step, a shrink for instance, is overwritten unread.',
  },
  {
    id: 'W3j',
    title: 'half a block is asked for',
    story:
      'The driver rounds a request up to whole sections, the kernel adds whole memory blocks. Where a block is larger than a section, a raise by less than a block is refused with −EINVAL, the run is released and the order given up: that growth is impossible, however often it is asked for.',
  },
  {
    id: 'given-up',
    title: 'given up for good',
    story:
      'Xen refused until the retries ran out; then the other domain gives its memory back. Pages lie on the balloon list and Xen would grant their frames, but nothing tells the driver: only a new target or another block wakes it.',
  },
  {
    id: 'lost-target',
    title: 'a target is slept on',
    story:
      'A target written between the failed attempt and the thread\u2019s way to sleep becomes the value its wait compares with: it sleeps up to an hour on an order it never tried.',
  },
  {
    id: 'W2e',
    title: 'a borrower waits for ever',
    story:
      'With hotplug_unpopulated=1 whoever borrows pages adds memory and waits until one of its pages is on the balloon list. Nobody onlines the block: until 2020 that wait could not even be interrupted, and a backend stayed in state D.',
  },
  {
    id: 'W2f',
    title: 'a failed request stays counted',
    story:
      'A request for pages that fails part-way gives back what it got, and target_unpopulated keeps the rest for ever: address space is missing that nobody wants, and the next order adds a section for it. Mended in 2020.',
  },
  {
    id: 'W3a',
    title: 'two callers of the reserve step',
    story:
      'Between the drop of balloon_mutex around add and the step that counts what was added, whoever borrows pages computes what is missing from the old total: memory that is on its way already is added once more, and stays.',
  },
  {
    id: 'lent-adds',
    title: 'borrowing adds memory all the same',
    story:
      'hotplug_unpopulated=0 is there so that borrowing pages does not add memory: a page is given up instead. But the page given up leaves a credit, what is lent counts as missing, and the next time the driver runs it reserves and adds a whole section in its place. Nothing removes it when the page comes back.',
  },
  {
    id: 'libxl-residue',
    title: 'a failed order leaves its limit behind',
    story:
      'mem-set and mem-max change Xen\u2019s limit first and write to xenstore after it. If that fails, the limit stays where the failed order put it: after a failed shrink it lies below the target that stands, and the guest is refused pages that it was promised, until somebody orders again.',
  },
  {
    id: 'claim-eaten-accepted',
    title: 'a claim is eaten by a page that was not given',
    story:
      'Xen lowers a claim together with free memory, then assigns the page. Where that fails (the domain is at its limit, or dying) the frame goes back to the heap and the claim does not come back: what was promised is open to everybody again. Known and accepted in Xen.',
  },
  {
    id: 'suspended-in-call',
    title: 'suspended with frames in hand',
    story:
      'The work item of 4.4 is not frozen before a suspend. On a preemptible kernel the guest may be stopped after a populate has returned frames and before the P2M names them: after the restore they mean nothing, and the guest writes them into its P2M all the same. On the way down it is worse: stopped between the entries it has cleared and the decrease that gives their frames back, it names frames to Xen that it no longer has, the call comes back short, and the kernel stops in a BUG. The thread of mainline parks only where it sleeps.',
  },
  {
    id: 'migration-aborted',
    title: 'an order to grow ends a migration',
    story:
      'A section that is reserved while a PV guest is migrated makes leaves of its P2M. The saver has mapped the P2M once, sees that it has changed, and gives the migration up; so one raised target ends it, even if nothing is then added.',
  },
  {
    id: 'left-behind',
    title: 'memory is left behind',
    story:
      'A kernel before 4.3, or a 32-bit one, does not tell that its P2M has grown. The saver goes on with the list of P2M frames it made at the start: what the new leaf names is not in it, and the guest arrives without those pages.',
  },
  {
    id: 'W3h',
    title: 'a count of lent pages is overwritten',
    story:
      'A request for pages that fails takes what it never got out of target_unpopulated again, outside balloon_mutex: it reads the counter and writes it back. What another borrower has counted in between is lost, for good. When that one is done the counter is one too low, below nothing if nobody else has pages; the driver then wants a page less than it was told to.',
  },
  {
    id: 'clip-lasts-a-look',
    title: 'reserved frames are taken by who was stuck',
    story:
      'squeezed sets the limit of a domain that has not moved for five seconds to what it has, so that it cannot take later what is planned for others. But only the look that finds it stuck does so; the next one, in the same call or the first of the next, sets the limit to the target again. The reservation is granted, the domain wakes (its block is onlined, its timer fires), takes the frames, and the new domain cannot be built.',
  },
  {
    id: 'stuck-pingpong',
    title: 'a domain that cannot grow keeps its neighbours moving',
    story:
      'squeezed forgets who was stuck with each call. A balance that leaves out the stuck domain gives its share to the others; the next check counts it in again, finds their targets too high, and takes the share back; and so on for ever, with every check, until somebody onlines the block or the guest gives memory up. A request for frames can go round in the same circle.',
  },
  {
    id: 'clip-outlives',
    title: 'a limit stays below its target',
    story:
      'A domain found stuck in the last look of a call keeps its clipped limit. The daemon compares targets, not limits, so nothing seems out of balance and no call follows: the guest has a target that Xen refuses, gives it up, and stays there though the host has free memory.',
  },
  {
    id: 'blamed-at-once',
    title: 'who is not done in a tenth of a second is left out',
    story:
      'qmemman looks for the frames that somebody asked for every tenth of a second, and marks as stuck whoever has not moved since the last look. The mark stays for the rest of the request, also when the domain then does all that it was told: what more it could give is not asked for, and the request may be refused though the memory is there. The next request forgets it.',
  },
  {
    id: 'less-than-nothing',
    title: 'who is to get more is told to have less',
    story:
      'qmemman promises a domain more, and somebody it does not know of (a stub domain, a toolstack beside it) takes the free memory. The next domain that is to grow is told to have what it has and what is free less what was promised, which is then less than nothing: its target falls below its minimum, though nobody asked it to give anything.',
  },
  {
    id: 'foreign-listed',
    title: 'memory of somebody else goes onto the balloon list',
    story:
      'The online-page callback is one for the whole kernel, and that of the balloon asks nobody whose pages it is given. Memory that somebody else adds (a DIMM, a device driver) comes with its frames; as soon as it is onlined its pages are on the balloon list. Nobody can use it, the driver counts pages that it never had, and the next populate, or the next borrower, takes the frames away for good.',
  },
  {
    id: 'identity-lost',
    title: 'no device can be mapped where a run was given up',
    story:
      'Before add, the driver of a paravirtualised guest makes the P2M entries of its run invalid; they were the pages\u2019 own addresses, which is how such a guest reaches a device. If the add fails (or a leaf of the P2M cannot be had) the interval goes back to iomem and the entries stay invalid, because no device is there. A device that is given the interval later cannot be mapped: its page table entries are made from the P2M, and come out not present.',
  },
  {
    id: 'no-leaf',
    title: 'an entry that was never written',
    story:
      'In Linux 3.1 the P2M gets its leaf when the first page of it is populated. There may be no memory for one, at the very moment at which the guest grows for want of memory; set_phys_to_machine says so, and nobody looks. The page goes to the allocator, its frame is named nowhere, and is lost at the next save.',
  },
  {
    id: 'live-entry',
    title: 'a live entry stops the kernel',
    story:
      'Linux 3.1 takes it for a bug that a page on the balloon list still has its frame, which a block offline and online again brings about: where later kernels lose the frame, this one stops in a BUG_ON after Xen has granted another.',
  },
  {
    id: 'device-populated',
    title: 'a populate over a device ends the domain',
    story:
      'In a translated guest Xen writes the P2M entry as part of the populate. Where the entry is a device that is passed through (or a foreign or grant map), it destroys the domain rather than replace it. The proposal of 2010 populates an interval that it has only found free; today\u2019s kernel one that iomem gave away though a device nobody registered is there.',
  },
  {
    id: 'beyond-addresses',
    title: 'a run beyond what can be addressed is added',
    story:
      'Where no lower address space is free, iomem gives out a run that ends above 2^MAX_PHYSMEM_BITS. Linux 4.4 and 4.11 compare its first page only, and with \u201cgreater\u201d, so a run that begins at the limit passes, as does one that begins below and ends above; 3.1 compares nothing. The table of sections is then written past its end. From 5.4 to 5.11 add itself refuses such a run.',
  },
  {
    id: 'beyond-p2m',
    title: 'a section that the P2M has no room for is added',
    story:
      'The P2M of a paravirtualised guest is as large as its boot memory or a configured limit (512 GiB; 4 GiB on i386). The driver makes the entries of its run invalid before add, and beyond the P2M that counts as done, as an invalid entry is what is not there. The section is added and onlined; when the first of its pages is populated, set_phys_to_machine looks for a leaf where there is none and stops in a BUG. The thread is gone, with balloon_mutex and a batch of frames in its hands.',
  },
  {
    id: 'unmapped-kept',
    title: 'a frame that nobody was told of',
    story:
      'Xen assigns a frame, then puts it into the guest\u2019s map. Where that fails (no page for a table of the P2M, an IOMMU that refuses) the call ends, the extent is not counted, and the frame stays with the domain. The driver asks again, as after any short call, and each try may leave another one, until the limit is reached with frames that no page has.',
  },
  {
    id: 'early-mem-max',
    title: 'a limit raised too early stays in every target',
    story:
      'A guest that is neither paravirtualised nor domain 0 takes static-max less its own target as the offset of its targets, when its watch fires for the first time. A limit raised before that moment is in the offset for ever: every order comes out smaller by the raise, and one below the raise comes out below zero, for which the driver gives back all it can.',
  },
];

/**
 * What a label is in the code, for a reader who knows the kernel and not the charts. Families of actors that a scope must ask
 * for have their words in the header of the actor's chart.
 */

const DECISIONS: Readonly<Record<string, string>> = {
  refill: 'credit above 0, pages on the balloon list: increase_reservation',
  hotplug: 'credit above 0, nothing on the balloon list: reserve_additional_memory',
  shrink: 'credit below 0: decrease_reservation',
  idle: 'no credit: nothing to do',
  grow: 'credit above 0 and a run in hand: the next call that fills it (2010)',
  complete: 'no credit left and a run in hand: what was filled is added (2010)',
  intend: 'credit above 0, pages added before and not expected: they become expected (3.1)',
  forgo: 'credit below 0, pages expected: fewer are expected (3.1)',
  vacate: 'the order is below by a block that is offline: it is emptied and removed',
};

const CAUSES: Readonly<Record<string, string>> = {
  done: 'right after BP_DONE',
  changed: 'the credit is not what the wait began with',
  timer: 'the back-off or the poll is over',
  queued: 'a target or an onlined block queued the work item',
};

const WORDS: Readonly<Record<string, string>> = {
  'max.set': 'the toolstack sets max_pages of the domain (XEN_DOMCTL_max_mem)',
  'target.set': 'a new target gets to balloon_set_new_target',
  sleep: 'balloon_thread goes to sleep and reads the credit that its wait compares with',
  'work.delay': 'the work item ends; after BP_EAGAIN it is queued again with a delay',
  'work.stop': 'the work item returns without queueing itself',
  'populate.ok': 'XENMEM_populate_physmap gives frames to pages of the balloon list',
  'populate.over': 'XENMEM_populate_physmap gives frames to pages that have frames: the old ones are lost',
  'populate.full': 'the call got every frame it asked for',
  'populate.short': 'the call got fewer frames than it asked for',
  'populate.refused': 'the call got no frame',
  'decrease.ok': 'XENMEM_decrease_reservation gives frames back; their pages go onto the balloon list',
  'decrease.done': 'the call has given back all it wanted',
  'decrease.nomem': 'the allocator has no page to give up',
  'find.ok': 'a gap in iomem is found, and not claimed (2010)',
  'find.none': 'no gap in iomem is found (2010)',
  'place.ok': 'the range after the last page is taken (3.1)',
  'place.none': 'nothing can be added after the last page (3.1)',
  'reserve.ok': 'allocate_resource finds a gap in iomem and registers the run',
  'reserve.nogap': 'allocate_resource finds no gap',
  'p2m.enomem': 'the P2M has no leaf for the run',
  'need.none': 'reserve_additional_memory finds that nothing is missing',
  'fill.ok': 'XENMEM_populate_physmap gives frames to the run, before add',
  'fill.over':
    'XENMEM_populate_physmap gives frames to pages of the run that have frames: the old ones are lost',
  'fill.full': 'the run is full',
  'fill.short': 'the call got fewer frames than it asked for',
  'fill.refused': 'the call got no frame',
  'fill.outside': 'the next page lies beyond all addresses: the call ends (2010)',
  'fill.retry': 'the back-off of a fill that fell short is over',
  'undo.begin': 'the run is given up: what was filled is given back',
  'unfill.ok': 'XENMEM_decrease_reservation takes frames of the run back',
  release: 'the run is released from iomem',
  forfeit: 'current and target fall by the failed run (2010)',
  adopt: 'the target becomes what is left of the failed run (December 2010)',
  'mutex.drop': 'balloon_mutex is dropped around add',
  'add.begin': 'add_memory_resource takes the hotplug lock',
  'add.ok': 'the memory is added: its blocks are there, offline',
  'add.eexist': 'add fails with EEXIST',
  'add.enomem': 'add fails with ENOMEM',
  'add.einval': 'add fails with EINVAL: the run is not made of whole blocks',
  'add.e2big': 'add fails with E2BIG: the run cannot be addressed',
  'add.end': 'the hotplug lock is dropped',
  'count.done': 'the counters grow by what was added',
  'online.begin': 'a block is brought online: the hotplug lock is taken',
  'online.page': 'the online-page callback (xen_online_page) gets pages of the block',
  'online.kept': 'the callback finds frames behind the pages and gives them to the allocator',
  'online.done': 'the block is online (MEM_ONLINE)',
  'online.veto': 'a notifier refuses MEM_GOING_ONLINE',
  'autoonline.begin': 'the kernel brings a block online that was just added',
  'autoonline.page': 'the online-page callback (xen_online_page) gets pages of the block',
  'autoonline.kept': 'the callback finds frames behind the pages and gives them to the allocator',
  'autoonline.done': 'the block is online (MEM_ONLINE)',
  'autoonline.veto': 'a notifier refuses MEM_GOING_ONLINE',
  'autoonline.einval': 'the block is not whole and cannot go online',
  'offline.begin': 'a block is taken offline: the hotplug lock is taken',
  'offline.ebusy': 'a page of the block cannot be moved: EBUSY',
  'offline.done': 'the block is offline (MEM_OFFLINE)',
  'offline.cancel': 'the offlining is given up (MEM_CANCEL_OFFLINE)',
  'remove.begin': 'the driver takes the hotplug lock to remove a block',
  'remove.ok': 'the block is removed',
  'remove.ebusy': 'the block is online again and stays',
  'remove.end': 'the hotplug lock is dropped',
  'empty.begin': 'balloon_mutex is taken to give the frames of the block back',
  'uncount.done': 'the counters fall by what was removed',
  intrude: 'somebody else registers the interval in iomem',
  withdraw: 'somebody else releases it',
  'host.take': 'another domain takes free frames of the host',
  'host.give': 'another domain gives frames back',
};

/** Families that have words, whether or not a variant has them. */
export const wordedFamilies = (): readonly string[] => [
  ...Object.keys(DECISIONS).flatMap((verb) => Object.keys(CAUSES).map((cause) => `${verb}.${cause}`)),
  ...Object.keys(WORDS),
];

/** Undefined for a family of an actor that a scope must ask for. */
export function wordsOf(family: string): string | undefined {
  const own = WORDS[family];
  if (own !== undefined) return own;
  const [verb = '', cause = ''] = family.split('.');
  const decision = DECISIONS[verb];
  return decision === undefined || CAUSES[cause] === undefined
    ? undefined
    : `the driver runs (${CAUSES[cause]}); ${decision}`;
}

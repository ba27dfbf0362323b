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
    id: 'W1d',
    title: 'a counter of pages to come wraps',
    story:
      'A block that goes online for the second time is taken off the pages that are expected, though nothing is. balloon_hotplug goes below zero, which is nearly 2^64: from then on the driver thinks that it has pages to come for ever.',
  },
  {
    id: 'W2a',
    title: 'two locks, two orders',
    story:
      'The driver (until 4.4) holds balloon_mutex and waits in add for the hotplug lock; whoever onlines a block holds that lock and waits for balloon_mutex in the online-page callback. Neither ever gets on. Ended by dropping the mutex around add.',
  },
  {
    id: 'W3d',
    title: 'offline and online again',
    story:
      'A populated block goes offline; Xen and the driver are not told. Going online again, the same callback puts its pages, frames and all, on the balloon list. The next populate lands on live frames: the old ones stay owned and nobody can use them.',
  },
  {
    id: 'W3j',
    title: 'half a block is asked for',
    story:
      'The driver rounds a request up to whole sections, the kernel adds whole memory blocks. Where a block is larger than a section, a raise by less than a block is refused with −EINVAL, the run is released and the order given up: that growth is impossible, however often it is asked for.',
  },
  {
    id: 'pod-not-awaited',
    title: 'more is touched than there is',
    story:
      'An HVM guest is built with fewer frames than its memory map shows, and must give back the difference before it is used. Until 2021 nothing waited for that: user space touches one page more than there are frames for, Xen finds none, and the domain is destroyed.',
  },
  {
    id: 'lost-target',
    title: 'a target is slept on',
    story:
      'A target written between the failed attempt and the thread\u2019s way to sleep becomes the value its wait compares with: it sleeps up to an hour on an order it never tried.',
  },
];

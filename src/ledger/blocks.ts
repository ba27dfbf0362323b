/**
 * A run is added; blocks come online and go offline.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';
import { BLOCK } from './memory.ts';

export function addingEffects(guest: Guest): Effects {
  const { thread, memory, facts, sizes } = guest;
  const isRun = ({ first, count }: Carried) => first === thread.first && count === thread.count;
  const fails = (label: Carried): Complaint => {
    thread.addFailed = true;
    thread.asks = false;
    thread.wanted = 0;
    return unless(isRun(label) && guest.hotplugLock === 'thread', 'that is not the run being added');
  };
  return {
    'mutex.drop': () => {
      const wrong = unless(thread.mutex, 'the mutex is free');
      thread.mutex = false;
      // Between the call that empties a block and its removal the lock is held already.
      thread.wantsHotplug = guest.hotplugLock !== 'thread';
      return wrong;
    },
    'add.begin': () => {
      thread.wantsHotplug = false;
      return (
        guest.lock('thread') ??
        unless(thread.mutex !== facts.mutexFreeOverAdd, 'the mutex is not as it should be over an add')
      );
    },
    'add.ok': (label) => {
      thread.asks = false;
      thread.blocksLeft = Math.ceil(label.count / sizes.sectionsPerBlock);
      return (
        unless(isRun(label) && guest.hotplugLock === 'thread', 'that is not the run being added') ??
        memory.add(label.first, label.count)
      );
    },
    'add.eexist': fails,
    'add.enomem': fails,
    'add.einval': fails,
    'add.end': () => {
      const wrong = guest.unlock('thread');
      if (thread.addFailed) {
        if (facts.failureIsUndone || facts.fillsWhileShort) return wrong;
        if (facts.failedAddIsRetried) thread.again();
        else thread.giveUp();
      } else if (!facts.onlinesAfterAdd && !guest.countsRuns) thread.done();
      return wrong;
    },
    'count.done': ({ count }) => {
      const wrong = unless(count === thread.count, 'that is not the size of the run');
      const pages = count * sizes.sectionPages;
      if (facts.totalGrows) thread.total += pages;
      if (facts.borrowerAdds) guest.underWay -= pages;
      if (facts.currentGrows) thread.book(pages, 0);
      if (facts.creditsAdded) thread.credited(pages);
      if (facts.framesBeforeAdd || facts.creditsAdded) thread.done();
      else thread.wait();
      return wrong;
    },
    'remove.ok': (label) => {
      const wrong = unless(
        thread.removal === 'none' || (isRun(label) && thread.filled === 0),
        'frames of the block were not given back',
      );
      if (thread.removal === 'none') thread.addFailed = true;
      else thread.removal = 'removed';
      return wrong ?? memory.remove(label.first, label.count);
    },
  };
}

/** One page handed to the online callback, which keeps it off the list where it finds a frame behind it. */
const callback =
  ({ memory, thread, facts }: Guest, kept: boolean) =>
  ({ section, pages }: Carried): Complaint => {
    if (facts.onlinedPage !== 'allocator' && !kept) thread.book(0, pages);
    if (facts.creditsAdded && facts.onlinedIsSettled && !kept) thread.settle(pages);
    if (kept && facts.listCountsKept) thread.book(0, pages);
    const mutex = facts.onlinedPage !== 'allocator' && thread.mutex;
    return memory.online(section, pages, kept) ?? unless(!mutex, 'the callback has not the mutex');
  };

export function blocksEffects(guest: Guest): Effects {
  const { memory, thread, facts } = guest;
  const own = facts.onlinesAfterAdd;
  const oneLess = (): void => {
    thread.blocksLeft -= 1;
    if (!own || thread.blocksLeft > 0) return;
    thread.through();
    thread.done();
  };
  const person = (who: 'onliner' | 'offliner', busy: boolean): void => {
    guest[who] = busy;
  };
  const ends =
    (who: 'onliner' | 'offliner', act: (block: number) => Complaint) =>
    ({ block }: Carried) => {
      person(who, false);
      return guest.unlock('person') ?? act(block);
    };
  return {
    'autoonline.begin': ({ block }) => {
      thread.walks = true;
      return (
        (own ? guest.lock('thread') : undefined) ??
        unless(thread.blocksLeft > 0, 'no block of the run is left to come online') ??
        memory.beginOnline(block)
      );
    },
    'autoonline.page': callback(guest, false),
    'autoonline.kept': callback(guest, true),
    'autoonline.done': ({ block }) => {
      thread.walks = false;
      thread.enqueue('now');
      oneLess();
      return (own ? guest.unlock('thread') : undefined) ?? memory.endOnline(block);
    },
    'autoonline.veto': ({ block }) => {
      thread.walks = false;
      // The first failure ends the walk over the run, whoever walks.
      thread.blocksLeft = 0;
      if (own && !facts.fillsWhileShort) thread.giveUp();
      return (own ? guest.unlock('thread') : undefined) ?? memory.vetoOnline(block);
    },
    'autoonline.einval': ({ block }) => {
      if (!facts.fillsWhileShort) thread.done();
      return unless(
        memory.block(block).stored !== BLOCK.offline || memory.block(block).handed !== undefined,
        `block ${block} is offline`,
      );
    },
    'online.begin': ({ block }) => {
      person('onliner', true);
      return guest.lock('person') ?? memory.beginOnline(block);
    },
    'online.page': callback(guest, false),
    'online.kept': callback(guest, true),
    'online.done': ends('onliner', (block) => {
      thread.enqueue('now');
      return memory.endOnline(block);
    }),
    'online.veto': ends('onliner', (block) => memory.vetoOnline(block)),
    'offline.begin': ({ block }) => {
      person('offliner', true);
      return guest.lock('person') ?? memory.beginOffline(block);
    },
    'offline.ebusy': ({ block }) => memory.refuseOffline(block),
    'offline.done': ends('offliner', (block) => memory.endOffline(block, false)),
    'offline.cancel': ends('offliner', (block) => memory.endOffline(block, true)),
    // What a guest loses with it is in no counter.
    'suspend.ok': () => undefined,
    'dimm.add': ({ first, count }) =>
      unless(guest.hotplugLock === 'free', 'device_hotplug is taken') ?? memory.bring(first, count),
    intrude: ({ section }) => memory.intrude(section),
    withdraw: ({ section }) => {
      memory.withdraw(section);
      return undefined;
    },
  };
}

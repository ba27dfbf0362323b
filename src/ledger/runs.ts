/**
 * The run in hand: address space found or registered, frames put behind its pages, and taken back.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

/** Looking for address space, and giving it up. */
export function runsEffects(guest: Guest): Effects {
  const { thread, memory, facts, sizes } = guest;
  const missing = () =>
    facts.fillsWhileShort ? thread.credit : thread.target + guest.unpopulated - thread.total;
  const needed = () => Math.min(Math.ceil(missing() / sizes.sectionPages), facts.runMax);
  const ends = (then: () => void, holds: () => boolean, complaint: string): Complaint => {
    thread.decide();
    const wrong = unless(thread.mutex && holds(), complaint);
    then();
    return wrong;
  };
  const isRun = ({ first, count }: Carried) => first === thread.first && count === thread.count;
  return {
    'need.none': () =>
      ends(
        () => (facts.fillsWhileShort ? thread.done() : thread.wait()),
        () => missing() <= 0,
        'address space is missing',
      ),
    'reserve.ok': ({ first, count }) => {
      thread.decide();
      thread.run(first, count);
      const wrong = unless(missing() > 0 && count === needed(), 'the run has not the size needed');
      if (facts.borrowerAdds) guest.underWay += count * sizes.sectionPages;
      thread.wantsHotplug = !facts.framesBeforeAdd && !facts.mutexFreeOverAdd;
      if (facts.fillsWhileShort) thread.done();
      return memory.register(first, count) ?? wrong;
    },
    'reserve.nogap': ({ count }) =>
      ends(
        () => (facts.noGapIsRetried ? thread.again() : thread.giveUp()),
        () => count === needed(),
        'the run has not the size needed',
      ),
    'place.ok': ({ first, count }) => {
      thread.run(first, count);
      thread.wantsHotplug = !facts.mutexFreeOverAdd;
      return unless(
        first === memory.end && count === Math.ceil(thread.wanted / sizes.sectionPages),
        'that is not where memory ends, or not the size wanted',
      );
    },
    'place.none': ({ count }) => {
      const wrong = unless(
        memory.end + count > sizes.sections && count === Math.ceil(thread.wanted / sizes.sectionPages),
        'there is room at the end of memory',
      );
      thread.wanted = 0;
      thread.again();
      return wrong;
    },
    'find.ok': ({ section }) => {
      const { driver, rival, others } = memory.interval(section);
      thread.run(section, 1);
      return unless(!driver && !rival && !others, `section ${section} is not free in iomem`);
    },
    'find.none': () => {
      thread.giveUp();
      return undefined;
    },
    'p2m.enomem': (label) => {
      const wrong = unless(isRun(label), 'that is not the run in hand');
      memory.unregister(label.first, label.count);
      if (facts.borrowerAdds) guest.underWay -= label.count * sizes.sectionPages;
      thread.giveUp();
      return wrong;
    },
    release: (label) => {
      const wrong = unless(isRun(label) && thread.filled === 0, 'frames of the run were not given back');
      memory.unregister(label.first, label.count);
      if (facts.borrowerAdds) guest.underWay -= label.count * sizes.sectionPages;
      if (thread.removal !== 'none') {
        const counted = unless(thread.removal === 'counted', 'what is released is not counted out');
        thread.done();
        return wrong ?? counted;
      }
      if (facts.failedAddIsRetried && !facts.framesBeforeAdd) thread.again();
      else thread.giveUp();
      return wrong;
    },
  };
}

/** Frames for a run, call by call while there is credit, wherever that leads; and the books after it has failed. */
export function growEffects(guest: Guest): Effects {
  const { thread, memory, facts, sizes } = guest;
  if (!facts.fillsWhileShort) return {};
  const next = () => thread.first + Math.floor(thread.filled / sizes.sectionPages);
  const fill =
    (over: boolean) =>
    ({ section, pages }: Carried): Complaint => {
      const at = thread.filled % sizes.sectionPages;
      const wrong =
        unless(section === next() && pages <= thread.left, 'that is not the next page of the call') ??
        guest.assign(pages) ??
        memory.fill(section, at, pages, over);
      if (over) guest.orphans += pages;
      thread.filled += pages;
      thread.left -= pages;
      thread.got = true;
      thread.inHand = true;
      thread.count = Math.max(thread.count, Math.ceil(thread.filled / sizes.sectionPages));
      thread.book(pages, 0);
      return wrong;
    };
  const returns = (holds: boolean, then: () => void): Complaint => {
    then();
    return unless(holds, 'the call does not end like that');
  };
  const stop = () => {
    thread.lockKept = true;
    if (thread.filled === 0) return thread.giveUp();
    thread.wantsHotplug = true;
    thread.count = Math.ceil(thread.filled / sizes.sectionPages);
    thread.left = 0;
  };
  const over = () => {
    thread.giveUp();
    thread.through();
    thread.failures = 0;
  };
  return {
    'fill.ok': fill(false),
    'fill.over': fill(true),
    'fill.full': () => returns(thread.left === 0, () => thread.done()),
    'fill.short': () => returns(thread.left > 0 && thread.got && guest.room === 0, () => thread.done()),
    'fill.refused': () =>
      returns(thread.left > 0 && !thread.got && guest.room === 0, () =>
        facts.refusalKeepsLock ? stop() : thread.again(),
      ),
    'fill.outside': () => returns(thread.left > 0 && next() >= sizes.sections, () => thread.again()),
    forfeit: ({ pages }) => {
      const wrong = unless(pages === thread.filled, 'that is not what was put into the run');
      if (facts.targetFallsToo) thread.forfeitTarget(pages);
      thread.book(-pages, 0);
      if (facts.targetFallsToo) over();
      return wrong;
    },
    adopt: ({ pages }) => {
      const wrong = unless(pages === thread.current, 'that is not what the driver has');
      thread.target = pages;
      over();
      return wrong;
    },
  };
}

/** Frames for the run, page by page from its first, and back from its last. */
export function fillEffects(guest: Guest): Effects {
  const { thread, memory, facts, sizes } = guest;
  const fill =
    (over: boolean) =>
    ({ section, pages }: Carried): Complaint => {
      const at = thread.filled % sizes.sectionPages;
      const here = section === thread.first + Math.floor(thread.filled / sizes.sectionPages);
      const wrong =
        unless(here && thread.count > 0, 'that is not the next page of the run') ??
        guest.assign(pages) ??
        memory.fill(section, at, pages, over);
      if (over) guest.orphans += pages;
      thread.filled += pages;
      thread.got = true;
      thread.inHand = true;
      return wrong;
    };
  const full = () => thread.filled === thread.count * sizes.sectionPages;
  const fellShort = (got: boolean) => !full() && thread.got === got && guest.endsShort();
  return {
    'fill.ok': fill(false),
    'fill.over': fill(true),
    'fill.unmapped': ({ section, pages }) => {
      const here = section === thread.first + Math.floor(thread.filled / sizes.sectionPages);
      return unless(here && !full(), 'that is not the next page of the run') ?? guest.leaveUnmapped(pages);
    },
    'fill.full': () => {
      thread.got = false;
      thread.inHand = false;
      thread.failures = 0;
      return unless(full(), 'the run is not full');
    },
    'fill.short': () => {
      const wrong = unless(fellShort(true), 'Xen had room, or gave nothing');
      thread.got = false;
      thread.inHand = false;
      if (!facts.shortRunIsAdded) thread.failures = 0;
      return wrong;
    },
    'fill.refused': () => {
      const wrong = unless(fellShort(false), 'Xen had room, or gave some');
      if (!facts.shortRunIsAdded) {
        if (thread.failOnce()) thread.asks = false;
        thread.mutex = false;
      }
      return wrong;
    },
    'fill.retry': () => {
      thread.mutex = true;
      thread.got = false;
      thread.inHand = false;
      return undefined;
    },
    'unfill.ok': ({ section, pages }) => {
      const from = thread.filled - pages;
      const here = section === thread.first + Math.floor(from / sizes.sectionPages);
      thread.filled = from;
      const alone = thread.removal === 'none' || guest.hotplugLock === 'thread';
      return (
        unless(here && from >= 0, 'those are not the last pages of the run') ??
        unless(alone, 'somebody may bring the block online while it is emptied') ??
        memory.unfill(section, from % sizes.sectionPages, pages) ??
        guest.free(pages)
      );
    },
    'undo.begin': () => {
      thread.mutex = true;
      return undefined;
    },
  };
}

/**
 * Pages lent: off the balloon list for somebody who maps grants or foreign frames there, and back. Where that somebody may add memory,
 * a run of their own.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

/** Who borrows: what they have, what they ask for, and the run they add. */
export class Borrower {
  lent = 0;
  want = 0;
  got = 0;
  /** taking: has the mutex · waiting: for a page · undoing: gives back what it got · growing: adds memory. */
  place: 'idle' | 'taking' | 'waiting' | 'undoing' | 'growing' = 'idle';
  first = 0;
  count = 0;
  hasMutex = false;
  /** Adds next, and waits for the hotplug lock. */
  wantsHotplug = false;
  /** The count as it was read, where it is written in a second step. */
  read: number | undefined;
  /** Somebody else asks for a page as well. */
  another = false;
}

export function lendingEffects(guest: Guest): Effects {
  const { borrower, thread, memory, facts } = guest;
  const missing = () => borrower.got < borrower.want;
  const empty = () => thread.low === 0 || thread.booksWrapped;
  const locks = (): Complaint => {
    const wrong = unless(!thread.mutex && !borrower.hasMutex, 'balloon_mutex is taken');
    borrower.hasMutex = true;
    return wrong;
  };
  const takes =
    (frame: boolean) =>
    ({ section, pages }: Carried): Complaint => {
      borrower.got += pages;
      borrower.place = 'taking';
      thread.book(0, -pages);
      return (
        memory.lend(section, pages, frame, false) ??
        unless(borrower.hasMutex && borrower.got <= borrower.want, 'nobody asks for so many pages')
      );
    };
  return {
    'lend.begin': ({ pages }) => {
      borrower.want = pages;
      borrower.got = 0;
      borrower.place = 'taking';
      if (facts.lentIsCounted) guest.unpopulated += pages;
      return locks();
    },
    'lend.take': takes(false),
    'lend.live': takes(true),
    'lend.inflate': ({ section, pages }) => {
      const wrong =
        unless(borrower.hasMutex && missing() && empty(), 'nobody needs a page given up') ??
        memory.giveBack(section, pages) ??
        guest.free(pages);
      thread.book(-pages, pages);
      if (facts.waitComparesCredit && thread.awaited !== 0) thread.taken += pages;
      return wrong;
    },
    'lend.forgo': ({ pages }) => {
      const wrong = unless(empty() && pages === thread.expected, 'that is not what is expected');
      thread.expect(-pages);
      return wrong;
    },
    'lend.done': () => {
      const wrong = unless(!missing(), 'pages are missing');
      borrower.lent += borrower.got;
      borrower.want = 0;
      borrower.got = 0;
      borrower.place = 'idle';
      borrower.hasMutex = false;
      return wrong;
    },
    'lend.nomem': () => {
      const wrong = unless(missing() && empty(), 'there is a page on the list');
      borrower.place = 'undoing';
      borrower.hasMutex = false;
      return wrong;
    },
    'lend.resume': () => {
      borrower.place = 'taking';
      return locks() ?? unless(thread.low > 0, 'the list is empty');
    },
    'lend.signal': () => {
      borrower.place = 'undoing';
      return undefined;
    },
    ...returningEffects(guest),
    ...growingEffects(guest, locks),
  };
}

/** Pages come back, after a request that failed or whenever they are no longer needed. */
function returningEffects(guest: Guest): Effects {
  const { borrower, thread, memory, facts } = guest;
  const frees =
    (frame: boolean) =>
    ({ section, pages }: Carried): Complaint => {
      if (borrower.place === 'undoing') {
        borrower.got -= pages;
        borrower.want -= pages;
      } else borrower.lent -= pages;
      if (facts.lentIsCounted) guest.unpopulated -= pages;
      thread.book(0, pages);
      thread.enqueue('now');
      return (
        memory.lend(section, pages, frame, true) ??
        unless(!thread.mutex && !borrower.hasMutex, 'balloon_mutex is taken') ??
        unless(borrower.lent >= 0 && borrower.got >= 0, 'more comes back than was lent')
      );
    };
  return {
    'lend.free': frees(false),
    'lend.freelive': frees(true),
    'lend.mapover': ({ section, pages }) => {
      guest.orphans += pages;
      return memory.mapOver(section, pages);
    },
    'lend.fixread': () => {
      borrower.read = guest.unpopulated;
      return unless(borrower.got === 0, 'pages are still to come back');
    },
    'second.ask': () => {
      const wrong = unless(
        !borrower.another && !thread.mutex && !borrower.hasMutex,
        'balloon_mutex is taken',
      );
      borrower.another = true;
      if (facts.lentIsCounted) guest.unpopulated += 1;
      return wrong;
    },
    'second.end': () => {
      const wrong = unless(borrower.another && !thread.mutex && !borrower.hasMutex, 'balloon_mutex is taken');
      borrower.another = false;
      if (facts.lentIsCounted) guest.unpopulated -= 1;
      return wrong;
    },
    'lend.fixup': ({ pages }) => {
      const wrong = unless(borrower.got === 0 && pages === borrower.want, 'pages are still to come back');
      if (facts.lentIsCounted && facts.failedLendIsSettled)
        guest.unpopulated = (borrower.read ?? guest.unpopulated) - pages;
      borrower.read = undefined;
      borrower.want = 0;
      borrower.place = 'idle';
      return wrong;
    },
  };
}

/** The steps of the thread that adds memory, taken by who borrows. */
function growingEffects(guest: Guest, locks: () => Complaint): Effects {
  const { borrower, thread, memory, facts, sizes } = guest;
  const missing = () => thread.target + guest.unpopulated - thread.total;
  const needed = () => Math.min(Math.ceil(missing() / sizes.sectionPages), facts.runMax);
  const isRun = ({ first, count }: Carried) => first === borrower.first && count === borrower.count;
  const shut = (): void => {
    borrower.first = 0;
    borrower.count = 0;
    borrower.wantsHotplug = false;
  };
  const relocks = (): Complaint => (facts.mutexFreeOverAdd ? locks() : undefined);
  const waits = (): void => {
    borrower.hasMutex = false;
    borrower.place = 'waiting';
  };
  const fails = (label: Carried): Complaint =>
    unless(isRun(label) && guest.hotplugLock === 'borrower', 'that is not the run being added');
  const unreserve = ({ first, count }: Carried): void => {
    memory.unregister(first, count);
    shut();
  };
  return {
    'userneed.none': () => {
      waits();
      return unless(missing() <= 0, 'address space is missing');
    },
    'userreserve.ok': ({ first, count }) => {
      borrower.first = first;
      borrower.count = count;
      borrower.place = 'growing';
      borrower.wantsHotplug = !facts.mutexFreeOverAdd;
      const wrong = unless(missing() > 0 && count === needed(), 'the run has not the size needed');
      guest.underWay += count * sizes.sectionPages;
      return memory.register(first, count) ?? wrong;
    },
    'userreserve.nogap': ({ count }) => unless(count === needed(), 'the run has not the size needed'),
    'userp2m.enomem': (label) => {
      const wrong = unless(isRun(label), 'that is not the run in hand');
      guest.underWay -= label.count * sizes.sectionPages;
      unreserve(label);
      return wrong;
    },
    'usermutex.drop': () => {
      borrower.hasMutex = false;
      borrower.wantsHotplug = true;
      return undefined;
    },
    'useradd.begin': () => {
      borrower.wantsHotplug = false;
      return guest.lock('borrower');
    },
    'useradd.ok': (label) => fails(label) ?? memory.add(label.first, label.count),
    'useradd.eexist': fails,
    'useradd.enomem': fails,
    'useradd.einval': fails,
    'useradd.end': () => guest.unlock('borrower'),
    userrelease: (label) => {
      const wrong = unless(isRun(label), 'that is not the run in hand');
      guest.underWay -= label.count * sizes.sectionPages;
      unreserve(label);
      return relocks() ?? wrong;
    },
    'usercount.done': ({ count }) => {
      const wrong = unless(count === borrower.count && !thread.mutex, 'that is not the size of the run');
      guest.underWay -= count * sizes.sectionPages;
      thread.total += count * sizes.sectionPages;
      shut();
      waits();
      return wrong;
    },
  };
}

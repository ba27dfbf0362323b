/**
 * Orders and decisions: targets that are written, and what the driver makes of them when it wakes.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';
import { REST } from './thread.ts';

export function ordersEffects(guest: Guest): Effects {
  const { facts } = guest;
  return {
    'max.set': ({ pages }) => {
      if (guest.undoing) {
        guest.undoing = false;
        guest.max = pages;
        return unless(pages === guest.lastTarget, 'the limit that was before is not put back');
      }
      const again = facts.limitBeforeTarget && guest.pending !== undefined;
      guest.max = pages;
      if (facts.limitBeforeTarget) guest.pending = pages;
      return unless(!again, 'a limit is set twice before its target');
    },
    'target.set': ({ pages }) => {
      const unset = guest.sizes.bootOwed > 0 && !guest.settling;
      const other = (facts.limitBeforeTarget && guest.pending !== pages) || unset;
      guest.settling = false;
      guest.pending = undefined;
      guest.lastTarget = pages;
      guest.thread.order(pages);
      return unless(!other, 'the target is not the limit set before it');
    },
  };
}

export function decisionsEffects(guest: Guest): Effects {
  const { thread, sizes, facts } = guest;
  const dequeue = (why: string): void => {
    if (why !== 'done') thread.queue = 'not';
  };
  const mayWake = (why: string): Complaint => {
    if (facts.isWorkItem && why === 'done')
      return unless(thread.place === 'looping', 'the work item does not loop');
    if (thread.place !== 'asleep') return 'the driver is not asleep';
    if (thread.mutex) return 'the mutex is taken';
    if (thread.booksWrapped) return 'the books have wrapped';
    if (facts.isWorkItem)
      return unless(thread.queue === (why === 'queued' ? 'now' : 'later'), 'the work is not pending');
    if (why === 'done') return unless(thread.rest === REST.done, 'the last step was not done');
    if (thread.rest === REST.done) return 'a thread that is done waits for a credit, not for a change';
    if (why === 'changed')
      return unless(thread.target - thread.awaited + thread.taken !== 0, 'the credit is the one waited with');
    return unless(thread.rest === REST.wait || thread.rest === REST.again, 'there is no timer');
  };
  const begin =
    (holds: (pages: number) => boolean, complaint: string) =>
    ({ pages }: Carried, why: string): Complaint => {
      const wrong = mayWake(why) ?? unless(holds(pages), complaint);
      dequeue(why);
      thread.wake(pages);
      thread.spins = thread.lockKept && pages > 0;
      return wrong;
    };
  const lacks = () => thread.credit > 0 && thread.low === 0;
  const hasSpare = () => thread.spare > 0 || thread.spareWrapped;
  /** Added pages become wanted, or unwanted: nothing but a number changes. */
  const shifts =
    (holds: (pages: number) => boolean, sign: 1 | -1) =>
    (label: Carried, why: string): Complaint => {
      const wrong = begin(holds, 'that is not what is expected or to spare')(label, why);
      thread.expect(sign * label.pages);
      thread.done();
      return wrong;
    };
  return {
    refill: begin(
      (pages) => thread.low > 0 && pages > 0 && pages === Math.min(thread.credit, thread.low, sizes.batch),
      'the call does not ask for what credit, list and batch allow',
    ),
    hotplug: (label, why) => {
      const wrong = begin(() => lacks() && !hasSpare(), 'no address space is missing')(label, why);
      thread.wanted = thread.credit;
      return wrong;
    },
    intend: shifts(
      (pages) =>
        lacks() &&
        hasSpare() &&
        pages === (thread.spareWrapped ? thread.credit : Math.min(thread.credit, thread.spare)),
      1,
    ),
    forgo: shifts((pages) => thread.expected > 0 && pages === Math.min(-thread.credit, thread.expected), -1),
    ...growDecisions(guest, begin),
    ...vacateDecision(guest, begin),
    ...clampEffects(guest),
    shrink: begin(
      (pages) => thread.expected === 0 && pages > 0 && pages <= Math.min(-thread.credit, sizes.batch),
      'the call gives back more than the credit says',
    ),
    idle: (_, why) => {
      const open = facts.fillsWhileShort && thread.filled > 0;
      const wrong = mayWake(why) ?? unless(thread.credit === 0 && !open, 'there is something to do');
      dequeue(why);
      thread.idle();
      return wrong;
    },
  };
}

/** Without balloon hotplug: the target becomes what the driver has, with what is lent of it. */
function clampEffects({ thread }: Guest): Effects {
  return {
    clamp: ({ count, pages }) => {
      const wrong = unless(
        thread.mutex && pages === thread.current + count,
        'the target is not made what the driver has',
      );
      thread.target = pages;
      thread.decide();
      thread.giveUp();
      return wrong;
    },
  };
}

type Begin = (
  holds: (pages: number) => boolean,
  complaint: string,
) => (label: Carried, why: string) => Complaint;

/** Of a run that is filled while there is credit. */
function growDecisions({ thread, sizes }: Guest, begin: Begin): Effects {
  return {
    grow: (label, why) => {
      const wrong = begin(
        (pages) => thread.count > 0 && pages > 0 && pages === Math.min(thread.credit, sizes.batch),
        'the call does not ask for what credit and batch allow',
      )(label, why);
      thread.asks = !thread.lockKept;
      return wrong;
    },
    complete: (label, why) => {
      const wrong = begin(() => thread.filled > 0 && thread.credit === 0, 'the target is not reached')(
        label,
        why,
      );
      thread.count = Math.ceil(thread.filled / sizes.sectionPages);
      thread.wantsHotplug = true;
      thread.asks = true;
      return wrong;
    },
  };
}

/** A block that is offline is to be removed. */
function vacateDecision({ thread, memory, sizes }: Guest, begin: Begin): Effects {
  return {
    vacate: (label, why) => {
      const whole =
        label.count === sizes.sectionsPerBlock && label.pages === label.count * sizes.sectionPages;
      const wrong = begin(
        (pages) => pages <= -thread.credit && whole && memory.isOffline(label.first, label.count),
        'the order is not below by a whole block that is offline',
      )(label, why);
      thread.run(label.first, label.count);
      thread.filled = label.pages;
      thread.left = 0;
      thread.asks = false;
      thread.removal = 'decided';
      return wrong;
    },
  };
}

/** On the way to sleep; a work item queues itself or stops. */
export function restEffects({ thread }: Guest): Effects {
  return {
    'work.delay': () => {
      const wrong = unless(thread.place === 'requeueing', 'the work item does not back off');
      thread.enqueue('later');
      thread.mutex = false;
      thread.place = 'asleep';
      return wrong;
    },
    'work.stop': () => {
      const wrong = unless(thread.place === 'stopping' && thread.mutex, 'the work item is not about to stop');
      thread.mutex = false;
      thread.place = 'asleep';
      return wrong;
    },
    sleep: () => {
      const wrong = unless(thread.place === 'settling', 'the thread is not on its way to sleep');
      thread.sleep();
      return wrong;
    },
  };
}

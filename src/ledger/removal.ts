/**
 * A block is given back: emptied while nobody can bring it online, taken out of the memory map, counted out, its range released.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';
import { BLOCK } from './memory.ts';

/** From the lock on; the decision is one of decisions.ts. */
export function removalEffects(guest: Guest): Effects {
  const { thread, memory, sizes } = guest;
  const isRun = ({ first, count }: Carried) => first === thread.first && count === thread.count;
  const holds = (label: Carried): Complaint =>
    unless(isRun(label) && guest.hotplugLock === 'thread', 'that is not the block to be removed');
  return {
    'remove.begin': () => {
      thread.wantsHotplug = false;
      return guest.lock('thread') ?? unless(!thread.mutex, 'the mutex is kept over a removal');
    },
    'empty.begin': (label) => {
      thread.mutex = true;
      return holds(label) ?? unless(memory.isOffline(label.first, label.count), 'the block is not offline');
    },
    'remove.ebusy': (label) => {
      thread.removal = 'refused';
      const isOnline = memory.blockOf(label.first).stored === BLOCK.online;
      return holds(label) ?? unless(isOnline, 'the block is not online');
    },
    'remove.end': () => {
      const wrong = guest.unlock('thread');
      if (thread.removal === 'refused') thread.done();
      return wrong;
    },
    'uncount.done': ({ count }) => {
      const wrong = unless(
        count === thread.count && thread.removal === 'removed' && !thread.mutex,
        'nothing was removed that is to be counted out',
      );
      const pages = count * sizes.sectionPages;
      thread.total -= pages;
      thread.book(-pages, 0);
      thread.removal = 'counted';
      return wrong;
    },
  };
}

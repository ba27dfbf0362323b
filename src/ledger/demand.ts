/**
 * Memory that is promised and filled at the first touch: what is owed, what the cache holds for it, and what a new target does.
 */
import { extentOf } from './calls.ts';
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

export function demandEffects(guest: Guest): Effects {
  const { thread, memory, facts } = guest;
  const fell = (pages: number): void => thread.book(-facts.currentFallsBy * pages, pages);
  /** What a target of so many pages wants in the cache beyond what is there. */
  const missing = (): number => {
    const target = guest.pending ?? 0;
    if (memory.promised === 0 || target < guest.tot) return 0;
    return Math.max(0, Math.min(target - (guest.tot - guest.cache), memory.promised) - guest.cache);
  };
  const sets =
    (holds: (pages: number) => boolean) =>
    ({ pages }: Carried): Complaint => {
      const wrong = unless(
        guest.pending !== undefined && !guest.settling && holds(pages),
        'the cache is not set so',
      );
      guest.settling = true;
      guest.cache += pages;
      return wrong ?? guest.assign(pages);
    };
  const runs = (): Complaint => unless(guest.started && !guest.crashed, 'user space does not run');
  const dry = (): Complaint =>
    runs() ?? unless(guest.cache === 0 && memory.promised > 0, 'there is a frame, or nothing is promised');
  return {
    'decrease.stolen': ({ section, pages }) => {
      const wrong =
        unless(facts.debtIsPaid && guest.owed >= pages, 'nothing is owed') ??
        extentOf(guest, pages) ??
        memory.giveBack(section, pages);
      guest.cache += pages;
      fell(pages);
      return wrong;
    },
    'decrease.entry': ({ pages }) => {
      const most = facts.surplusIsFreed ? guest.owed : memory.promised;
      const wrong =
        unless(pages <= most, 'there is a frame for it') ?? extentOf(guest, pages) ?? memory.forgive(pages);
      fell(pages);
      return wrong;
    },
    'decrease.surplus': ({ pages }) => {
      const wrong =
        unless(facts.surplusIsFreed && guest.owed <= 0, 'frames are owed') ??
        extentOf(guest, pages) ??
        memory.forgive(pages);
      guest.cache -= pages;
      fell(pages);
      return wrong ?? guest.free(pages);
    },
    'podset.none': sets(() => missing() === 0),
    'podset.grow': sets((pages) => pages > 0 && pages === missing()),
    'podset.enomem': (label) => {
      const wrong = sets((pages) => pages < missing() && pages === guest.room)(label);
      guest.settling = false;
      guest.pending = undefined;
      guest.undoing = facts.failedOrderIsUndone;
      return wrong;
    },
    'init.done': () => {
      const waits = facts.startWaits && thread.credit < 0;
      const wrong = unless(!waits && !guest.started, 'user space still waits, or runs already');
      guest.started = true;
      return wrong;
    },
    'touch.ok': ({ pages }) => {
      const wrong =
        unless(!guest.crashed && pages <= guest.cache, 'the cache has not so many frames') ??
        memory.touch(pages);
      guest.cache -= pages;
      return wrong;
    },
    // One page of zeros gives its frame to the page that was touched: as many of each as before.
    'touch.sweep': dry,
    'touch.crash': () => {
      const wrong = dry();
      guest.crashed = true;
      return wrong;
    },
  };
}

/**
 * Calls over the balloon list: extents one by one, and how the call returns.
 */
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

/** So many extents of the call that is under way are done. */
export function extentOf({ thread }: Guest, pages: number): Complaint {
  const wrong = unless(pages <= thread.left && thread.mutex, 'the call has not that many extents left');
  thread.left -= pages;
  thread.got = true;
  return wrong;
}

export function callsEffects(guest: Guest): Effects {
  const { thread, memory, facts } = guest;
  const extent = (pages: number): Complaint => extentOf(guest, pages);
  const populate =
    (over: boolean) =>
    ({ section, pages }: Carried): Complaint => {
      const wrong =
        guest.lowIsFirst(section) ??
        extent(pages) ??
        guest.assign(pages) ??
        memory.populate(section, pages, over);
      if (over) guest.orphans += pages;
      thread.inHand = true;
      thread.book(pages, -pages);
      return wrong;
    };
  const returns = (holds: () => boolean, then: () => void, complaint: string) => (): Complaint => {
    const wrong = unless(thread.mutex && holds(), complaint);
    then();
    return wrong;
  };
  const noRoom = () => thread.left > 0 && guest.endsShort();
  return {
    'populate.ok': populate(false),
    'populate.over': populate(true),
    'populate.unmapped': ({ pages }) =>
      unless(pages <= thread.left && thread.mutex, 'there is no such call') ?? guest.leaveUnmapped(pages),
    'populate.full': returns(
      () => thread.left === 0,
      () => thread.done(),
      'extents are missing',
    ),
    'populate.short': returns(
      () => noRoom() && thread.got,
      () => thread.done(),
      'Xen had room, or gave nothing',
    ),
    'populate.refused': returns(
      () => noRoom() && !thread.got,
      () => thread.again(),
      'Xen had room, or gave some',
    ),
    'decrease.ok': ({ section, pages }) => {
      const owed = unless(guest.owed <= 0 || !facts.debtIsPaid, 'frames are owed');
      const wrong = owed ?? extent(pages) ?? memory.giveBack(section, pages) ?? guest.free(pages);
      thread.book(-facts.currentFallsBy * pages, pages);
      return wrong;
    },
    'decrease.held': ({ section, pages }) => {
      const wrong = extent(pages) ?? memory.giveBack(section, pages);
      guest.held += pages;
      thread.book(-facts.currentFallsBy * pages, pages);
      return wrong ?? (facts.waitsForReferences ? undefined : guest.free(pages));
    },
    'ref.drop': ({ pages }) => {
      guest.held -= pages;
      const wrong = unless(guest.held >= 0, 'nobody refers to so many frames');
      return wrong ?? (facts.waitsForReferences ? guest.free(pages) : undefined);
    },
    'decrease.done': returns(
      () => thread.left === 0,
      () => thread.done(),
      'extents are missing',
    ),
    'decrease.nomem': returns(
      () => true,
      () => thread.again(),
      'there is no call',
    ),
  };
}

/**
 * The P2M of a guest that writes it itself, entry by entry: frames that calls have brought and no entry names yet, entries that were
 * taken away for frames still to be given back, and what the entries of a run were before it was reserved.
 */
import { extentOf } from './calls.ts';
import { type Carried, type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

interface Pending {
  fresh: number;
  over: number;
}

export class Entries {
  /** Frames in hand, of which none has an entry: of the call that has returned, or of the next one. */
  inHand = 0;
  /** Of these, for pages whose entry names an older frame. */
  over = 0;
  /** The same of the run in hand, by section. */
  private readonly runs = new Map<number, Pending>();
  /** Sections whose entries are not their own addresses any more. */
  readonly cleared = new Set<number>();

  of(section: number): Pending {
    const known = this.runs.get(section);
    if (known !== undefined) return known;
    const fresh = { fresh: 0, over: 0 };
    this.runs.set(section, fresh);
    return fresh;
  }
}

/** Effects that stand in for those of a P2M written with the call, given those. */
export function entriesEffects(guest: Guest, calls: Effects): Effects {
  return guest.facts.writesEntries
    ? {
        ...grantEffects(guest, calls),
        ...setEffects(guest),
        ...dropEffects(guest),
        ...runEntryEffects(guest, calls),
      }
    : {};
}

const first = (calls: Effects, family: string, label: Carried): Complaint => calls[family]?.(label, '');

/** An extent is granted: its frame is in hand. A call that returned with frames is over when all have their entries. */
function grantEffects(guest: Guest, calls: Effects): Effects {
  const { entries, thread, memory } = guest;
  const takes = (pages: number, over: boolean): void => {
    entries.inHand += pages;
    if (over) entries.over += pages;
  };
  const filled = (family: string, kind: keyof Pending) => (label: Carried) => {
    takes(label.pages, kind === 'over');
    entries.of(label.section)[kind] += label.pages;
    return first(calls, family, label);
  };
  const populated =
    (over: boolean) =>
    ({ section, pages }: Carried): Complaint => {
      const wrong = extentOf(guest, pages) ?? guest.assign(pages) ?? memory.hand(section, pages, over);
      if (over) guest.orphans += pages;
      takes(pages, over);
      thread.book(pages, -pages);
      return wrong;
    };
  const returns = (family: string) => (label: Carried) => {
    const wrong = first(calls, family, label);
    // The mutex is held until the last entry is written.
    thread.afterWrites = { place: thread.place, mutex: thread.mutex };
    thread.mutex = true;
    thread.place = 'awake';
    return wrong;
  };
  return {
    'fill.ok': filled('fill.ok', 'fresh'),
    'fill.over': filled('fill.over', 'over'),
    'populate.ok': populated(false),
    'populate.over': populated(true),
    'populate.full': returns('populate.full'),
    'populate.short': returns('populate.short'),
  };
}

/** What becomes of a frame in hand. */
function setEffects(guest: Guest): Effects {
  const { entries, thread, memory } = guest;
  const set =
    (kind: keyof Pending, move: (section: number, pages: number) => Complaint) =>
    ({ section, pages }: Carried): Complaint => {
      const run = entries.of(section);
      const wrong = unless(pages <= entries.inHand, 'there are not so many frames in hand');
      entries.inHand -= pages;
      if (kind === 'over') entries.over -= pages;
      if (run[kind] === 0) return wrong ?? move(section, pages);
      run[kind] -= pages;
      return wrong ?? unless(run[kind] >= 0, 'the run has not so many frames in hand');
    };
  return {
    'p2mset.ok': set('fresh', (section, pages) => memory.settle(section, pages, false)),
    'p2mset.over': set('over', (section, pages) => memory.settle(section, pages, true)),
    'p2mset.enomem': set('fresh', (section, pages) => {
      guest.orphans += pages;
      return memory.loseEntry(section, pages);
    }),
    // The kernel stops, and with it every count.
    'p2mset.bug': () => undefined,
    'p2mset.done': () => {
      const { afterWrites } = thread;
      Object.assign(thread, afterWrites);
      thread.afterWrites = undefined;
      return unless(afterWrites !== undefined && entries.inHand === 0, 'entries are still to be written');
    },
  };
}

/** Entries go first, then the frames. */
function dropEffects(guest: Guest): Effects {
  const { facts, entries, thread, memory } = guest;
  return {
    'p2mdrop.ok': ({ section, pages }) => {
      entries.inHand += pages;
      return extentOf(guest, pages) ?? memory.dropEntry(section, pages);
    },
    'decrease.ok': ({ section, pages }) => {
      const wrong =
        unless(pages <= entries.inHand && thread.mutex, 'that many frames are not to be given back') ??
        memory.giveUp(section, pages) ??
        guest.free(pages);
      entries.inHand -= pages;
      thread.book(-facts.currentFallsBy * pages, pages);
      return wrong;
    },
  };
}

/** Entries of a run that is reserved, and given up. */
function runEntryEffects({ borrower, facts, entries, thread }: Guest, calls: Effects): Effects {
  const clears = ({ first: from, count }: Carried, does: 'add' | 'delete'): void => {
    for (let section = from; section < from + count; section++) entries.cleared[does](section);
  };
  const isOf = (whose: { first: number; count: number }, label: Carried) =>
    unless(label.first === whose.first && label.count === whose.count, 'that is not the run in hand');
  const failed = (family: string) => (label: Carried) => {
    if (!facts.entriesComeBack) clears(label, 'add');
    return first(calls, family, label);
  };
  const released = (family: string) => (label: Carried) => {
    if (facts.entriesComeBack) clears(label, 'delete');
    return first(calls, family, label);
  };
  return {
    'reserve.ok': (label) => {
      const wrong = first(calls, 'reserve.ok', label);
      thread.wantsHotplug = false;
      return wrong;
    },
    'p2mclear.ok': (label) => {
      clears(label, 'add');
      thread.wantsHotplug = !facts.framesBeforeAdd && !facts.mutexFreeOverAdd;
      return isOf(thread, label);
    },
    'userreserve.ok': (label) => {
      const wrong = first(calls, 'userreserve.ok', label);
      borrower.wantsHotplug = false;
      return wrong;
    },
    'userp2mclear.ok': (label) => {
      clears(label, 'add');
      borrower.wantsHotplug = !facts.mutexFreeOverAdd;
      return isOf(borrower, label);
    },
    'p2m.enomem': failed('p2m.enomem'),
    'userp2m.enomem': failed('userp2m.enomem'),
    release: released('release'),
    userrelease: released('userrelease'),
  };
}

/**
 * The ledger of a host: one heap, its guests, and everybody else. Labels in, answers out.
 * An answer carries the names under which properties speak of counters; what they count is worked out here, from pages.
 */
import { BOOT, type Label } from '../core/label.ts';
import { Newcomer } from './claims.ts';
import type { LedgerFacts, LedgerSizes } from './facts.ts';
import { Guest, type Heap } from './guest.ts';
import { Manage } from './manage.ts';
import { BLOCK } from './memory.ts';
import { REST } from './thread.ts';

/** A quantity that the ledger does not judge now: after a counter has wrapped there is nothing to compare. */
const UNJUDGED = Number.NaN;

type Answer = Readonly<Record<string, number>>;
const bit = (holds: boolean): number => (holds ? 1 : 0);

export class PageLedger {
  readonly guests: readonly Guest[];
  readonly heap: Heap;
  /** Frames held by everybody who is no guest of ours. */
  outside = 0;
  private readonly newcomer: Newcomer;
  private readonly manage: Manage | undefined;
  private readonly sizes: LedgerSizes;

  constructor(facts: LedgerFacts, sizes: LedgerSizes) {
    this.sizes = sizes;
    this.heap = { free: sizes.hostFrames, claims: 0 };
    this.newcomer = new Newcomer(this.heap, facts);
    this.guests = Array.from({ length: sizes.domains }, () => new Guest(facts, sizes, this.heap));
    if (sizes.neighbour !== undefined) this.manage = new Manage(this.at(0), this.heap, sizes.neighbour);
  }

  /** Does what a label of one domain does; what cannot be, or undefined. */
  take(domain: number, label: Label): string | undefined {
    const { pages = 0 } = label;
    if (label.type === 'host.take') {
      this.outside += pages;
      this.heap.free -= pages;
      return this.heap.free < 0 ? 'the host has not so many free frames' : undefined;
    }
    if (label.type === 'host.give') {
      this.outside -= pages;
      this.heap.free += pages;
      return this.outside < 0 ? 'nobody outside the guests has so many frames' : undefined;
    }
    if (Newcomer.speaksOf(label)) return this.newcomer.take(label);
    if (this.manage !== undefined && Manage.speaksOf(label)) return this.manage.take(label);
    const guest = this.at(domain);
    const before = guest.tot;
    const wrong = guest.take(label);
    this.manage?.guestMoved(guest.tot - before);
    return wrong;
  }

  /** What a chart of this kind (and index) should count; undefined for a kind the ledger has no opinion on. */
  answer(domain: number, kind: string, index: number): Answer | undefined {
    const guest = this.at(domain);
    const managed = this.manage === undefined ? undefined : this.managed(this.manage, kind);
    if (managed !== undefined) return managed;
    switch (kind) {
      case 'section':
        return sectionAnswer(guest, index);
      case 'block':
        return blockAnswer(guest, index);
      case 'slot': {
        const { driver, rival, others, scratch } = guest.memory.interval(index);
        const other = bit(rival || others);
        const holders = bit(driver) + other + bit(scratch);
        return { holders, rival: other, driver: bit(driver), refused: 0, scratch: bit(scratch) };
      }
      case 'hypervisor':
        return this.xenAnswer(domain);
      case 'newcomer':
        return { outstanding: this.newcomer.promised, held: this.newcomer.held };
      case 'migrator': {
        const { copying, grown, rounds } = guest.voyage;
        return { copying: bit(copying), grown: bit(grown), rounds };
      }
      case 'secondBorrower':
        return { asks: bit(guest.borrower.another) };
      case 'pod':
        return { entries: guest.memory.promised, cache: guest.cache, disordered: 0 };
      case 'adder':
        return { brought: guest.memory.brought };
      case 'zones':
        return zonesAnswer(guest);
      case 'scratch': {
        const { scratch } = guest;
        const mapping = bit(scratch.mapping !== undefined);
        return { spare: scratch.total('spare'), used: scratch.total('placed'), mapping };
      }
      case 'userspace':
        return { crashed: bit(guest.crashed) };
      case 'outside':
        return { held: this.outside };
      default:
        return threadAnswer(guest, kind);
    }
  }

  /** What somebody who looks after all domains knows, and the domains beside the guest. */
  private managed(manage: Manage, kind: string): Answer | undefined {
    const { neighbour, asked, promised, built, calls } = manage;
    switch (kind) {
      case 'neighbour':
        return { held: neighbour.held, target: neighbour.target, limit: neighbour.limit };
      case 'builder':
        return { asking: bit(asked > 0), reserved: promised, held: built };
      case 'toolstack':
        return {
          target: manage.own.lastTarget,
          pending: bit(calls),
          pairs: 0,
          reserved: promised,
          slandered: bit(manage.isAnybodyWrongly),
          outOfRange: bit(manage.isOutOfRange),
        };
      default:
        return undefined;
    }
  }

  /** Frames of a domain that do not add up: what Xen counts against pages and orphans. Undefined where they do. */
  audit(domain: number): string | undefined {
    const { tot, memory, orphans, cache, held, facts } = this.at(domain);
    const referred = facts.waitsForReferences ? held : 0;
    return tot + memory.brought === memory.frames + orphans + cache + referred
      ? undefined
      : `domain ${domain}: tot ${tot} and ${memory.brought} brought by others, but ${memory.frames} frames behind pages, ${orphans} behind none and ${cache} in the cache`;
  }

  /** The heap against everybody who has frames. Undefined where it adds up. */
  auditHeap(): string | undefined {
    const held = this.guests.reduce(
      (sum, { tot, lost }) => sum + tot + lost,
      this.outside + this.newcomer.held + (this.manage?.held ?? 0),
    );
    return this.heap.free + held === this.sizes.hostFrames
      ? undefined
      : `${this.heap.free} free and ${held} held are not ${this.sizes.hostFrames}`;
  }

  private at(domain: number): Guest {
    const guest = this.guests[domain];
    if (guest === undefined) throw new RangeError(`there is no domain ${domain}`);
    return guest;
  }

  private xenAnswer(domain: number): Answer {
    const { tot, max, orphans, entries, held, unmapped } = this.at(domain);
    const { bootPages, bootListed } = this.sizes;
    const others = this.guests.reduce(
      (sum, { tot: has, lost }, at) => (at === domain ? sum : sum + has + lost),
      this.outside + this.newcomer.held + (this.manage?.held ?? 0),
    );
    return {
      tot,
      max,
      free: this.heap.free,
      other: others,
      claims: this.heap.claims,
      held,
      unmapped,
      /** A page that is populated over has one frame too many from then on, whichever of the two its entry names. */
      unnamed: orphans + entries.inHand - entries.over,
      installed: this.sizes.hostFrames,
      overCap: bit(tot > max),
      atStart: bit(tot === bootPages - bootListed && others === (this.sizes.neighbour?.least ?? 0)),
      wrapped: 0,
    };
  }
}

/** The driver registered the interval, or the section is there, as boot memory always is. */
const isTaken = ({ memory }: Guest, index: number): boolean =>
  index === BOOT ||
  memory.interval(index).driver ||
  (memory.isThere(index) && !memory.interval(index).others);

/** Its block goes online for more than the first time. */
function isComingBack({ memory }: Guest, index: number): boolean {
  const { handed, wasOnline } = memory.blockOf(index);
  return handed !== undefined && wasOnline;
}

const DOUBLED: Answer = {
  ...Object.fromEntries(
    [
      ...['inUse', 'inUseEmpty', 'ballooned', 'balloonedBacked', 'offlineEmpty', 'offlineBacked'],
      ...['filled', 'unreserved', 'claimed', 'again'],
    ].map((name) => [name, UNJUDGED]),
  ),
  taken: 1,
  disordered: 1,
};

function sectionAnswer(guest: Guest, index: number): Answer {
  const spans = guest.memory.section(index);
  const filled = spans.count('none', true);
  if (guest.memory.doubled.has(index)) return DOUBLED;
  return {
    inUse: spans.count('allocator', true),
    inUseEmpty: spans.count('allocator', false),
    onDemand: spans.count('promised', false),
    ballooned: spans.count('list', false),
    balloonedBacked: spans.count('list', true),
    lent: spans.count('lent', false),
    lentBacked: spans.count('lent', true),
    offlineEmpty: spans.count('offline', false),
    offlineBacked: spans.count('offline', true),
    filled,
    unreserved: bit(index !== BOOT && filled > 0 && !guest.memory.interval(index).driver),
    taken: bit(isTaken(guest, index)),
    claimed: bit(index !== BOOT && guest.memory.interval(index).driver && !guest.memory.isThere(index)),
    again: bit(index !== BOOT && isComingBack(guest, index)),
    highListed:
      guest.facts.hasHighmem && index !== BOOT ? spans.count('list', false) + spans.count('list', true) : 0,
    astray: guest.memory.interval(index).others ? spans.count('list', true) + spans.count('lent', true) : 0,
    unusable: 0,
    mistyped: 0,
    ...entriesAnswer(guest, index),
    ...specialAnswer(guest, index),
    ...scratchAnswer(guest, index),
    disordered: 0,
  };
}

/** Pages whose entries are still to be written, or were taken away; entries that nobody has touched. */
function entriesAnswer({ entries, facts, memory }: Guest, index: number): Answer {
  const spans = memory.section(index);
  const { fresh, over } = entries.of(index);
  return {
    unsettled:
      fresh +
      over +
      spans.count('handed', true) +
      spans.count('handedOver', true) +
      spans.count('leaving', true),
    stale: 0,
    identity: bit(index !== BOOT && facts.entriesAreAddresses && !entries.cleared.has(index)),
  };
}

const specialAnswer = ({ maps, memory }: Guest, index: number): Answer => ({
  mapped: maps.mappedOf(index),
  listedMapped: maps.listedOf(index),
  device: bit(index !== BOOT && memory.interval(index).rival),
});

/** Of a section that foreign maps have their places in. At real size all addresses are within reach. */
function scratchAnswer({ scratch }: Guest, index: number): Answer {
  const { spare, placed } = scratch.of(index);
  return { spare, placed, scratch: bit(spare + placed > 0), beyond: 0 };
}

/** Pages of the list in hot-added sections. */
function highListed({ memory, sizes }: Guest): number {
  let high = 0;
  for (let index = 0; index < sizes.sections; index++) {
    const spans = memory.section(index);
    high += spans.count('list', false) + spans.count('list', true);
  }
  return high;
}

/** A zone spans what is online there, and is looked at while anything is. */
function zonesAnswer({ memory, sizes }: Guest): Answer {
  const there = Array.from({ length: sizes.sections }, (_, index) => index).filter((index) =>
    memory.isThere(index),
  );
  const kept: readonly number[] = [BLOCK.online, BLOCK.goingOffline];
  const online = there.filter((index) => kept.includes(memory.blockOf(index).stored)).length;
  const managed = there.reduce(
    (sum, index) =>
      sum + memory.section(index).count('allocator', true) + memory.section(index).count('allocator', false),
    0,
  );
  return { online, outside: 0, fromZero: 0, managed, listed: bit(online > 0) };
}

function blockAnswer(guest: Guest, index: number): Answer {
  const { stored, handed } = guest.memory.block(index);
  const pages = guest.sizes.sectionPages * guest.memory.sectionsOf(index).length;
  return {
    stored,
    online: bit(stored === BLOCK.online),
    offline: bit(stored === BLOCK.offline && handed === undefined),
    wantsMutex: bit(guest.facts.onlinedPage !== 'allocator' && handed !== undefined && handed < pages),
  };
}

function balloonAnswer({ thread, facts, entries }: Guest): Answer {
  const asleep = thread.place === 'asleep';
  return {
    busy: bit(!asleep),
    asleep: bit(asleep),
    st: thread.rest,
    cancelled: bit(asleep && thread.rest === REST.givenUp),
    wantsHotplug: bit(thread.wantsHotplug),
    walks: bit(thread.walks),
    spins: bit(thread.spins),
    asks: bit(thread.asks),
    inHand: facts.writesEntries ? entries.inHand : bit(thread.inHand),
  };
}

/** What the driver's counters say; nothing is judged once they have wrapped. */
function booksAnswer({ thread, facts }: Guest): Answer {
  const { target, current, low, expected, spare, wanted, spareWrapped, booksWrapped: wrapped } = thread;
  const book = (value: number) => (wrapped ? UNJUDGED : value);
  return {
    target: book(target),
    current: book(current),
    low: book(low),
    hotplug: book(expected),
    spare: book(spare),
    wanted: book(facts.creditsAdded ? wanted : 0),
    wrapped: bit(wrapped || spareWrapped || thread.target < 0),
    overflow: 0,
  };
}

function highAnswer(guest: Guest): Answer {
  const { thread, facts, memory } = guest;
  const high = facts.highIsCounted ? highListed(guest) : 0;
  const book = (value: number) => (thread.booksWrapped ? UNJUDGED : value);
  return {
    low: book(thread.low - high),
    high: book(high),
    lowLeft: memory.section(BOOT).count('list', false),
    counts: 1,
    wrapped: UNJUDGED,
    overflow: 0,
  };
}

function needAnswer({ thread, facts, unpopulated, underWay }: Guest): Answer {
  if (facts.fillsWhileShort && thread.booksWrapped)
    return { target: UNJUDGED, total: UNJUDGED, lent: 0, underWay: 0, wrapped: UNJUDGED, overflow: 0 };
  return {
    target: thread.target,
    total: facts.fillsWhileShort ? thread.current : thread.total,
    lent: unpopulated,
    underWay,
    wrapped: bit(unpopulated < 0),
    overflow: 0,
  };
}

function wakeAnswer({ thread, facts }: Guest): Answer {
  const credit = thread.target - thread.awaited + thread.taken;
  return {
    changed: bit(facts.isWorkItem ? thread.queue !== 'not' : credit !== 0),
    untried: bit(thread.tried !== thread.target),
    tried: thread.tried,
  };
}

function toolstackAnswer({ facts, lastTarget, pending, tool, undoing }: Guest): Answer {
  return {
    target: lastTarget,
    pending: bit(facts.toolIsWhole ? tool.doing !== 'nothing' : pending !== undefined || undoing),
    pairs: bit(facts.limitBeforeTarget && !facts.toolIsWhole),
    stored: tool.target,
    staticMax: tool.most,
    limit: tool.limit,
  };
}

function threadAnswer(guest: Guest, kind: string): Answer | undefined {
  const { thread, memory, hotplugLock, onliner, offliner, borrower, tool } = guest;
  switch (kind) {
    case 'books':
      return booksAnswer(guest);
    case 'highmem':
      return highAnswer(guest);
    case 'need':
      return needAnswer(guest);
    case 'wake':
      return wakeAnswer(guest);
    case 'balloon':
      return balloonAnswer(guest);
    case 'mutex':
      return {
        held: bit(thread.mutex || borrower.hasMutex),
        byUser: 0,
        byThread: bit(thread.mutex),
        byBorrower: bit(borrower.hasMutex),
      };
    case 'hotplugLock':
      return {
        held: bit(hotplugLock !== 'free'),
        byUser: bit(hotplugLock === 'person'),
        byThread: bit(hotplugLock === 'thread'),
        byBorrower: bit(hotplugLock === 'borrower'),
      };
    case 'toolstack':
      return toolstackAnswer(guest);
    case 'xenstore':
      return { value: tool.target, news: bit(tool.unread), looked: bit(tool.looked) };
    case 'onliner':
      return { busy: bit(onliner) };
    case 'offliner':
      return { busy: bit(offliner) };
    case 'ramEnd':
      return { end: memory.end };
    case 'pageUser':
      return {
        lent: borrower.lent + borrower.got,
        idle: bit(borrower.place === 'idle'),
        growing: bit(borrower.count > 0),
        wantsHotplug: bit(borrower.wantsHotplug),
      };
    case 'backend':
    case 'rival':
    case 'otherDomain':
      return {};
    default:
      return undefined;
  }
}

/**
 * Memory of one guest: who registered each interval in iomem, what its pages are, and the state of each memory block.
 * Every function answers with what cannot be (`complaints`): a label that says something else than the pages do.
 */
import type { LedgerFacts, LedgerSizes } from './facts.ts';
import { type Keeper, type Page, Spans } from './spans.ts';

/** mem->state. */
export const BLOCK = { none: 0, online: 1, goingOffline: 2, offline: 4 } as const;

interface Block {
  stored: number;
  /** Somebody is bringing it online: pages handed over so far. */
  handed: number | undefined;
  /** It has been online since it was added. */
  wasOnline: boolean;
}

interface Interval {
  driver: boolean;
  rival: boolean;
  /** Somebody else has added memory there. */
  others: boolean;
  /** Registered for pages that are places of foreign maps. */
  scratch: boolean;
}

const isHeld = ({ driver, rival, others, scratch }: Interval): boolean =>
  driver || rival || others || scratch;

type Complaint = string | undefined;

const listed = (page: Page) => page.keeper === 'list';

export class Memory {
  readonly boot: Spans;
  /** First section after the last one that was ever added (max_pfn does not come down again). */
  end = 0;
  /** Frames that came with memory of somebody else. */
  brought = 0;
  /** Sections that were registered though they are there: nothing more is said of them. */
  readonly doubled = new Set<number>();
  private readonly facts: LedgerFacts;
  private readonly sizes: LedgerSizes;
  private readonly pages = new Map<number, Spans>();
  private readonly iomem = new Map<number, Interval>();
  private readonly blocks = new Map<number, Block>();

  constructor(facts: LedgerFacts, sizes: LedgerSizes) {
    this.facts = facts;
    this.sizes = sizes;
    this.boot = new Spans(
      sizes.bootPages,
      sizes.bootOwed > 0 ? { keeper: 'promised', frame: false } : { keeper: 'allocator', frame: true },
    );
    this.boot.take(
      sizes.bootListed,
      () => true,
      () => ({ keeper: 'list', frame: false }),
      true,
    );
  }

  /** Boot memory is section -1. */
  section(index: number): Spans {
    if (index < 0) return this.boot;
    const known = this.pages.get(index);
    if (known !== undefined) return known;
    const fresh = new Spans(this.sizes.sectionPages, { keeper: 'none', frame: false });
    this.pages.set(index, fresh);
    return fresh;
  }

  interval(index: number): Interval {
    const known = this.iomem.get(index);
    if (known !== undefined) return known;
    const fresh = { driver: false, rival: false, others: false, scratch: false };
    this.iomem.set(index, fresh);
    return fresh;
  }

  block(index: number): Block {
    const known = this.blocks.get(index);
    if (known !== undefined) return known;
    const fresh: Block = { stored: BLOCK.none, handed: undefined, wasOnline: false };
    this.blocks.set(index, fresh);
    return fresh;
  }

  /** Frames behind any page. */
  get frames(): number {
    let total = this.boot.frames;
    for (const spans of this.pages.values()) total += spans.frames;
    return total;
  }

  sectionsOf(block: number): number[] {
    const per = this.sizes.sectionsPerBlock;
    return Array.from(
      { length: Math.min(per, this.sizes.sections - block * per) },
      (_, n) => block * per + n,
    );
  }

  blockOf(section: number): Block {
    return this.block(Math.floor(section / this.sizes.sectionsPerBlock));
  }

  // iomem

  register(first: number, count: number): Complaint {
    for (let index = first; index < first + count; index++) {
      const interval = this.interval(index);
      const taken = interval.rival || interval.others;
      if (interval.driver || interval.scratch || (taken && this.facts.iomemRefuses))
        return `section ${index} is not free in iomem`;
      interval.driver = true;
      // Only where something was added without being registered.
      if (this.isThere(index)) this.doubled.add(index);
    }
    return first + count > this.sizes.sections ? 'the run leaves the address space' : undefined;
  }

  /** Its pages have descriptors. */
  isThere(index: number): boolean {
    const spans = this.pages.get(index);
    return spans !== undefined && spans.count('none', false) + spans.count('none', true) === 0;
  }

  unregister(first: number, count: number): void {
    for (let index = first; index < first + count; index++) this.interval(index).driver = false;
  }

  intrude(index: number): Complaint {
    const interval = this.interval(index);
    if (isHeld(interval)) return `section ${index} is not free in iomem`;
    interval.rival = true;
    return undefined;
  }

  takeForScratch(index: number): Complaint {
    const interval = this.interval(index);
    const isTaken = isHeld(interval);
    interval.scratch = true;
    return isTaken ? `section ${index} is not free in iomem` : undefined;
  }

  withdraw(index: number): void {
    this.interval(index).rival = false;
  }

  // pages of the run in hand

  /** Frames put behind [at, at + pages) of a section that is not there yet; over: each has one already. */
  fill(index: number, at: number, pages: number, over: boolean): Complaint {
    const spans = this.section(index);
    if (over && this.facts.fillsWhileShort && this.isThere(index)) return undefined;
    if (!spans.isAll(at, pages, over))
      return `pages ${at} to ${at + pages - 1} of section ${index} ${over ? 'do not all have' : 'already have'} frames`;
    spans.change(at, pages, ({ keeper }) => ({ keeper, frame: true }));
    return spans.count('none', true) === 0 ? `section ${index} is there already` : undefined;
  }

  unfill(index: number, at: number, pages: number): Complaint {
    const spans = this.section(index);
    if (!spans.isAll(at, pages, true)) return `not every page given back in section ${index} has a frame`;
    spans.change(at, pages, ({ keeper }) => ({ keeper, frame: false }));
    return undefined;
  }

  /** Struct pages and blocks for a run; add registers it where nothing else did. */
  add(first: number, count: number): Complaint {
    this.end = Math.max(this.end, first + count);
    const complaint = this.facts.registersFirst ? undefined : this.register(first, count);
    for (let index = first; index < first + count; index++) {
      const spans = this.section(index);
      if (spans.count('none', false) + spans.count('none', true) !== this.sizes.sectionPages)
        return `section ${index} is there already`;
      spans.changeAll('none', ({ frame }) => ({ keeper: 'offline', frame }));
      this.blockOf(index).stored = BLOCK.offline;
    }
    return complaint;
  }

  /** Memory of somebody else, with its frames; how many there are of it now. */
  bring(first: number, count: number): Complaint {
    this.end = Math.max(this.end, first + count);
    for (let index = first; index < first + count; index++) {
      const interval = this.interval(index);
      if (isHeld(interval)) return `section ${index} is not free in iomem`;
      interval.others = true;
      const spans = this.section(index);
      if (spans.count('none', false) !== this.sizes.sectionPages) return `section ${index} is there already`;
      spans.changeAll('none', () => ({ keeper: 'offline', frame: true }));
      this.blockOf(index).stored = BLOCK.offline;
      this.brought += this.sizes.sectionPages;
    }
    return undefined;
  }

  /** Nobody is bringing any of these online, and none is. */
  isOffline(first: number, count: number): boolean {
    for (let index = first; index < first + count; index++) {
      const { stored, handed } = this.blockOf(index);
      if (stored !== BLOCK.offline || handed !== undefined) return false;
    }
    return true;
  }

  remove(first: number, count: number): Complaint {
    if (!this.isOffline(first, count)) return `not all of ${count} sections from ${first} on are offline`;
    for (let index = first; index < first + count; index++) {
      Object.assign(this.blockOf(index), { stored: BLOCK.none, wasOnline: false });
      this.section(index).changeAll('offline', ({ frame }) => ({ keeper: 'none', frame }));
    }
    return undefined;
  }

  // blocks

  beginOnline(index: number): Complaint {
    const block = this.block(index);
    if (block.stored !== BLOCK.offline || block.handed !== undefined) return `block ${index} is not offline`;
    block.handed = 0;
    return undefined;
  }

  /** The callback walks pages; `kept`: it gave them to the allocator because of what it saw behind them. */
  online(index: number, pages: number, kept: boolean): Complaint {
    const block = this.blockOf(index);
    if (block.handed === undefined) return `nobody brings section ${index} online`;
    block.handed += pages;
    const { onlinedPage } = this.facts;
    const toList = onlinedPage !== 'allocator' && !kept;
    const mayTake = (page: Page) =>
      page.keeper === 'offline' && (onlinedPage === 'listIfEmpty' ? page.frame === kept : !kept);
    const taken = this.section(index).take(pages, mayTake, ({ frame }) => ({
      keeper: toList ? 'list' : 'allocator',
      frame,
    }));
    return taken === pages ? undefined : `section ${index} has not ${pages} such pages left to hand over`;
  }

  endOnline(index: number): Complaint {
    const block = this.block(index);
    const left = this.sectionsOf(index).some(
      (section) =>
        this.section(section).count('offline', true) + this.section(section).count('offline', false) > 0,
    );
    if (block.handed === undefined || left) return `not every page of block ${index} was handed over`;
    block.stored = BLOCK.online;
    block.handed = undefined;
    return undefined;
  }

  vetoOnline(index: number): Complaint {
    const block = this.block(index);
    if (block.handed !== 0) return `block ${index} cannot be vetoed now`;
    block.handed = undefined;
    if (!this.facts.vetoRestores) block.stored = BLOCK.online;
    return undefined;
  }

  /** Isolation fails for a block with a page on the balloon list. */
  beginOffline(index: number): Complaint {
    const block = this.block(index);
    if (block.stored !== BLOCK.online) return `block ${index} is not online`;
    block.stored = BLOCK.goingOffline;
    const blocked = this.sectionsOf(index).some((section) =>
      (['list', 'lent', 'handed', 'handedOver', 'leaving'] as const).some(
        (keeper) =>
          this.section(section).count(keeper, false) + this.section(section).count(keeper, true) > 0,
      ),
    );
    return blocked ? `block ${index} has a page on the balloon list, or lent` : undefined;
  }

  refuseOffline(index: number): Complaint {
    return this.block(index).stored === BLOCK.online ? undefined : `block ${index} is not online`;
  }

  endOffline(index: number, cancelled: boolean): Complaint {
    const block = this.block(index);
    if (block.stored !== BLOCK.goingOffline) return `block ${index} is not going offline`;
    block.stored = cancelled ? BLOCK.online : BLOCK.offline;
    block.wasOnline ||= !cancelled;
    if (!cancelled)
      for (const section of this.sectionsOf(index))
        this.section(section).changeAll('allocator', ({ frame }) => ({ keeper: 'offline', frame }));
    return undefined;
  }

  // the balloon list

  /** Pages leave the list for the allocator, each with a new frame; over: the old frame was still there. */
  populate(index: number, pages: number, over: boolean): Complaint {
    const taken = this.section(index).take(
      pages,
      (page) => listed(page) && page.frame === over,
      () => ({ keeper: 'allocator', frame: true }),
    );
    return taken === pages ? undefined : `section ${index} has not ${pages} such pages on the list`;
  }

  // entries written by the guest

  /** Pages of the list get a frame in hand; over: the old frame is still behind each. */
  hand(index: number, pages: number, over: boolean): Complaint {
    return this.move(index, pages, { keeper: 'list', frame: over }, over ? 'handedOver' : 'handed', true);
  }

  /** What was in hand is behind its page. */
  settle(index: number, pages: number, over: boolean): Complaint {
    const from = { keeper: over ? 'handedOver' : 'handed', frame: true } as const;
    return this.move(index, pages, from, 'allocator', true);
  }

  /** The allocator gets the page, and no entry names its frame. */
  loseEntry(index: number, pages: number): Complaint {
    return this.move(index, pages, { keeper: 'handed', frame: true }, 'allocator', false);
  }

  dropEntry(index: number, pages: number): Complaint {
    return this.move(index, pages, { keeper: 'allocator', frame: true }, 'leaving', true);
  }

  giveUp(index: number, pages: number): Complaint {
    return this.move(index, pages, { keeper: 'leaving', frame: true }, 'list', false);
  }

  private move(index: number, pages: number, from: Page, keeper: Keeper, frame: boolean): Complaint {
    const taken = this.section(index).take(
      pages,
      (page) => page.keeper === from.keeper && page.frame === from.frame,
      () => ({ keeper, frame }),
    );
    return taken === pages ? undefined : `section ${index} has not ${pages} such pages (${from.keeper})`;
  }

  /** Promised pages go to the list: nothing is owed for them any more. */
  forgive(pages: number): Complaint {
    const taken = this.boot.take(
      pages,
      ({ keeper }) => keeper === 'promised',
      () => ({ keeper: 'list', frame: false }),
      true,
    );
    return taken === pages ? undefined : `there are not ${pages} promised pages`;
  }

  /** Promised pages get their frames. */
  touch(pages: number): Complaint {
    const taken = this.boot.take(
      pages,
      ({ keeper }) => keeper === 'promised',
      () => ({ keeper: 'allocator', frame: true }),
    );
    return taken === pages ? undefined : `there are not ${pages} promised pages`;
  }

  get promised(): number {
    return this.boot.count('promised', false);
  }

  /** Pages the allocator had go to the list and lose their frame. */
  giveBack(index: number, pages: number): Complaint {
    const taken = this.section(index).take(
      pages,
      (page) => page.keeper === 'allocator' && page.frame,
      () => ({ keeper: 'list', frame: false }),
      true,
    );
    return taken === pages ? undefined : `section ${index} has not ${pages} pages with frames in use`;
  }

  // pages lent

  /** Pages leave the list for somebody who borrows, or come back; `frame`: with their own frame behind. */
  lend(index: number, pages: number, frame: boolean, back: boolean): Complaint {
    const [from, keeper] = back ? (['lent', 'list'] as const) : (['list', 'lent'] as const);
    const taken = this.section(index).take(
      pages,
      (page) => page.keeper === from && page.frame === frame,
      () => ({ keeper, frame }),
    );
    return taken === pages ? undefined : `section ${index} has not ${pages} such pages on ${from}`;
  }

  /** Something foreign is mapped where a lent page still had its frame. */
  mapOver(index: number, pages: number): Complaint {
    const taken = this.section(index).take(
      pages,
      (page) => page.keeper === 'lent' && page.frame,
      () => ({ keeper: 'lent', frame: false }),
    );
    return taken === pages ? undefined : `section ${index} has not ${pages} lent pages with frames`;
  }
}

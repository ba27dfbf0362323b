/**
 * The balloon thread of one guest: its counters, the order it works on, and where it rests.
 * From drivers/xen/balloon.c: balloon_thread, update_schedule, increase_reservation, decrease_reservation.
 */
import type { LedgerFacts, LedgerSizes } from './facts.ts';

/** bp_state. */
export const REST = { done: 0, wait: 1, again: 2, givenUp: 3 } as const;

/**
 * Where the driver is. `settling`: a thread on its way to sleep, the wait's value still to be read. Of a work item, `looping`: looks
 * at the credit once more; `requeueing`: about to queue itself with a delay; `stopping`: about to let go of the mutex.
 */
type Place = 'asleep' | 'settling' | 'looping' | 'requeueing' | 'stopping' | 'awake';

export class Thread {
  target: number;
  current: number;
  low: number;
  total: number;
  /** Where added pages are credited: those wanted and not online yet, the rest of their sections, the credit of the run in hand. */
  expected = 0;
  spare = 0;
  wanted = 0;
  /** `spare` was taken below 0: it is nearly 2^64 and stays there. */
  spareWrapped = false;
  /** Counters of the balloon went below 0 (books), or total did: nothing is counted from then on. */
  booksWrapped = false;
  place: Place = 'asleep';
  rest: number = REST.done;
  failures = 0;
  mutex = false;
  /** Target of the last decision, and the one the wait compares with (0 while awake, where it is read on the way to sleep). */
  tried: number;
  awaited: number;
  /** Pages that others made the driver give up since the wait began. */
  taken = 0;
  /** Of a work item: whether it is pending, at once or after a delay. To queue what is pending does nothing. */
  queue: 'not' | 'now' | 'later' = 'not';
  /** Run in hand, and frames put behind its pages so far, from the first. */
  first = 0;
  count = 0;
  filled = 0;
  /** What is left of the call, pages. */
  left = 0;
  /** Xen has given frames that the P2M does not name yet. */
  inHand = false;
  /** What holds once the entries of a call are written. */
  afterWrites: { readonly place: Place; readonly mutex: boolean } | undefined;
  /** The call got something. */
  got = false;
  addFailed = false;
  /** The reservation lock was left held: the next call never returns. */
  lockKept = false;
  /** A call waits for it. */
  spins = false;
  /** It is in the middle of a block that it brings online itself, or add does. */
  walks = false;
  /** The next step is add, which waits for the hotplug lock. */
  wantsHotplug = false;
  /** There is a run in hand that is not added yet, nor given up. */
  asks = false;
  /** The run in hand is a block to be removed, as far as that has got. */
  removal: 'none' | 'decided' | 'removed' | 'refused' | 'counted' = 'none';
  /** Blocks of the run that are still to come online. */
  blocksLeft = 0;
  private readonly facts: LedgerFacts;
  private readonly sizes: LedgerSizes;

  constructor(facts: LedgerFacts, sizes: LedgerSizes) {
    this.facts = facts;
    this.sizes = sizes;
    this.current = sizes.bootPages - sizes.bootListed;
    this.target = sizes.firstTarget;
    // The first target is read at once, and is below what the driver believes to have.
    if (sizes.bootOwed > 0) this.queue = 'now';
    this.low = sizes.bootListed;
    this.total = sizes.bootPages;
    this.tried = this.target;
    this.awaited = facts.waitReadsAgain ? 0 : this.target;
  }

  /** A wrapped counter ends the judgement of the books, not of the wait. */
  order(target: number): void {
    this.target = target;
    this.enqueue('now');
  }

  /** A new target or an onlined block queues a work item. */
  enqueue(when: 'now' | 'later'): void {
    if (this.queue === 'not') this.queue = when;
  }

  /** Target minus what the driver believes it has. */
  get credit(): number {
    return this.target - this.current - this.expected;
  }

  /** Reads the order: what it decides on, and what its wait will compare with. */
  decide(): void {
    this.tried = this.target;
    this.awaited = this.facts.waitReadsAgain ? 0 : this.target;
    this.taken = 0;
  }

  /** Begins a step under the mutex; `pages` of a call. */
  wake(pages: number): void {
    this.decide();
    this.place = 'awake';
    this.mutex = true;
    this.left = pages;
    this.got = false;
  }

  /** Credit 0: the state of the last step stands and passes through the schedule once more. */
  idle(): void {
    this.decide();
    if (this.facts.isWorkItem) {
      // Every iteration of a work item starts in DONE.
      this.done();
      this.mutex = false;
      this.place = 'asleep';
    } else if (this.rest === REST.again) this.again();
    else this.lieDown();
  }

  sleep(): void {
    this.awaited = this.target;
    this.taken = 0;
    this.place = 'asleep';
  }

  done(): void {
    this.rest = REST.done;
    this.failures = 0;
    this.clear();
    this.place = this.facts.isWorkItem ? 'looping' : 'asleep';
  }

  wait(): void {
    this.rest = REST.wait;
    this.clear();
    this.lieDown();
  }

  giveUp(): void {
    this.rest = REST.givenUp;
    this.clear();
    this.lieDown();
  }

  /** One more failure; past the limit the order is given up. */
  again(): void {
    const last = this.failOnce();
    this.rest = last ? REST.givenUp : REST.again;
    this.clear();
    if (this.facts.isWorkItem && !last) this.place = 'requeueing';
    else this.lieDown();
  }

  /** Counts a failure; true when it was one too many, and counting starts anew. */
  failOnce(): boolean {
    // max_retry_count compares with retry_count, which starts at 1.
    this.failures = this.failures + 2 > this.sizes.failuresMax ? 0 : this.failures + 1;
    return this.failures === 0;
  }

  run(first: number, count: number): void {
    this.first = first;
    this.count = count;
    this.filled = 0;
    this.asks = count > 0;
  }

  /** Changes current and the length of the list; below 0 they wrap and are not judged any more. */
  book(current: number, low: number): void {
    if (this.booksWrapped) return;
    if (this.current + current < 0 || this.low + low < 0) {
      this.booksWrapped = true;
      return;
    }
    this.current += current;
    this.low += low;
  }

  /** Moves pages from what is to spare to what is expected, or back. */
  expect(pages: number): void {
    this.expected += pages;
    if (!this.spareWrapped) this.spare -= pages;
  }

  /** A run was added for the credit it was decided on. */
  credited(pages: number): void {
    this.expected += this.wanted;
    if (!this.spareWrapped) this.spare = pages - this.wanted;
    this.wanted = 0;
  }

  /** Pages came online: they are no longer expected, or no longer to spare, whether or not they ever were. */
  settle(pages: number): void {
    const expected = Math.min(this.expected, pages);
    this.expected -= expected;
    if (this.spareWrapped) return;
    this.spare -= pages - expected;
    if (this.spare < 0) {
      this.spareWrapped = true;
      this.spare = 0;
    }
  }

  /** The target falls by what a failed run had; below 0 it wraps, and the books are not judged any more. */
  forfeitTarget(pages: number): void {
    if (this.target < pages) this.booksWrapped = true;
    this.target = Math.max(0, this.target - pages);
  }

  /** The run is through, added or failed: nothing of it stays in hand. */
  through(): void {
    this.run(0, 0);
    this.asks = false;
  }

  private lieDown(): void {
    if (this.facts.mutexWhileBusy) this.place = 'stopping';
    else this.place = this.facts.waitReadsAgain && !this.facts.isWorkItem ? 'settling' : 'asleep';
  }

  private clear(): void {
    this.inHand = false;
    if (!this.facts.mutexWhileBusy) this.mutex = false;
    if (!this.facts.fillsWhileShort) this.run(0, 0);
    this.asks = false;
    this.removal = 'none';
    this.wantsHotplug = false;
    this.left = 0;
    this.addFailed = false;
  }
}

/**
 * One guest of the ledger: what each label does to its pages, its thread and its orders. What touches the heap is asked of the host.
 */
import { BOOT, type Label } from '../core/label.ts';
import { addingEffects, blocksEffects } from './blocks.ts';
import { callsEffects } from './calls.ts';
import { decisionsEffects, ordersEffects, restEffects } from './decisions.ts';
import { demandEffects } from './demand.ts';
import { type Complaint, type Effects, unless } from './effects.ts';
import { Entries, entriesEffects } from './entries.ts';
import type { LedgerFacts, LedgerSizes } from './facts.ts';
import { Borrower, lendingEffects } from './lending.ts';
import { Memory } from './memory.ts';
import { removalEffects } from './removal.ts';
import { fillEffects, growEffects, runsEffects } from './runs.ts';
import { Scratch, scratchEffects } from './scratch.ts';
import { Maps, specialEffects } from './special.ts';
import { Thread } from './thread.ts';
import { Tool, toolEffects } from './tool.ts';
import { Voyage, voyageEffects } from './voyage.ts';

/** Frames of the machine, as one guest sees them. */
export interface Heap {
  free: number;
  /** Of these, promised to somebody who has yet to take them. */
  claims: number;
}

/** Who holds device_hotplug. */
type Locker = 'thread' | 'person' | 'borrower';

export class Guest {
  readonly memory: Memory;
  readonly thread: Thread;
  /** tot_pages, max_pages. */
  tot: number;
  max: number;
  /** Frames of the domain that no page has. */
  orphans = 0;
  /** Of these, such as no call has told of; whether the call under way has just left one. */
  unmapped = 0;
  stopped = false;
  /** Frames given back that somebody else still refers to. */
  held = 0;
  /** Frames kept for promised pages. */
  cache = 0;
  /** User space runs; it asked for a frame and there was none. */
  started = false;
  crashed = false;
  /** What the cache was set for stands between a limit and its target. */
  settling = false;
  /** The limit of an order that failed is to be put back. */
  undoing = false;
  /** Frames it gave back that never reached the heap. */
  lost = 0;
  /** Limit set whose target is still to come. */
  pending: number | undefined;
  lastTarget: number;
  hotplugLock: 'free' | Locker = 'free';
  readonly borrower = new Borrower();
  readonly entries = new Entries();
  readonly maps = new Maps();
  readonly scratch = new Scratch();
  readonly tool: Tool;
  readonly voyage: Voyage;
  /** target_unpopulated. */
  unpopulated = 0;
  /** Pages of runs that are registered and not in total_pages; kept where two may add memory. */
  underWay = 0;
  onliner = false;
  offliner = false;
  readonly facts: LedgerFacts;
  readonly sizes: LedgerSizes;
  private readonly heap: Heap;
  private readonly effects: Effects;

  constructor(facts: LedgerFacts, sizes: LedgerSizes, heap: Heap) {
    this.facts = facts;
    this.sizes = sizes;
    this.heap = heap;
    this.memory = new Memory(facts, sizes);
    this.thread = new Thread(facts, sizes);
    this.tot = sizes.bootPages - sizes.bootListed - sizes.bootOwed;
    if (sizes.bootOwed > 0) this.cache = this.tot;
    this.max = sizes.firstTarget;
    this.lastTarget = sizes.firstTarget;
    this.tool = new Tool(sizes.firstTarget, sizes.lastTarget);
    this.voyage = new Voyage(facts);
    heap.free -= this.tot;
    const effects: Effects = {
      ...(facts.toolIsWhole ? toolEffects(this) : ordersEffects(this)),
      ...decisionsEffects(this),
      ...restEffects(this),
      ...callsEffects(this),
      ...demandEffects(this),
      ...runsEffects(this),
      ...fillEffects(this),
      ...growEffects(this),
      ...addingEffects(this),
      ...blocksEffects(this),
      ...removalEffects(this),
      ...lendingEffects(this),
      ...voyageEffects(this),
      ...scratchEffects(this),
    };
    this.effects = { ...effects, ...entriesEffects(this, effects), ...specialEffects(this, effects) };
  }

  /** Does what the label does; what cannot be, or undefined. */
  take(label: Label): Complaint {
    this.voyage.sees(label);
    const effect = this.effects[label.type] ?? this.effects[label.type.slice(0, label.type.indexOf('.'))];
    if (effect === undefined) return `the ledger does not know ${label.type}`;
    const { pages = 0, section = BOOT, block = -1, first = -1, count = 0 } = label;
    return effect({ pages, section, block, first, count }, label.type.slice(label.type.indexOf('.') + 1));
  }

  /** Promised pages that there is no frame for. */
  get owed(): number {
    return this.memory.promised - this.cache;
  }

  /** Xen's heap: what may be granted now. */
  get room(): number {
    const byLimit = this.facts.limitIsChecked ? this.max - this.tot : Number.POSITIVE_INFINITY;
    return Math.max(0, Math.min(this.heap.free - (this.facts.claimsAreKept ? this.heap.claims : 0), byLimit));
  }

  assign(pages: number): Complaint {
    const complaint = unless(pages <= this.room, `Xen cannot assign ${pages} frames, only ${this.room}`);
    this.tot += pages;
    this.heap.free -= pages;
    return complaint;
  }

  /** A call that is granted no more returns: there is no room, or a frame could not be mapped. */
  endsShort(): boolean {
    const ends = this.stopped || this.room === 0;
    this.stopped = false;
    return ends;
  }

  /** A frame is assigned and cannot be put into the map. */
  leaveUnmapped(pages: number): Complaint {
    const wrong = unless(pages <= this.room && !this.stopped, 'Xen has not so many frames to assign');
    this.stopped = true;
    if (this.facts.unmappedIsFreed) return wrong;
    this.orphans += pages;
    this.unmapped += pages;
    return this.assign(pages) ?? wrong;
  }

  /** A page no longer maps its frame; whether Xen gets it back depends on who holds references. */
  free(pages: number): Complaint {
    if (!this.facts.givingBackFrees) {
      this.orphans += pages;
      return undefined;
    }
    this.tot -= pages;
    if (this.facts.freedReachesHeap) this.heap.free += pages;
    else this.lost += pages;
    return unless(this.tot >= 0, 'the domain gave back more than it had');
  }

  /** Where hot-added pages have no direct map, those with one come off the list before them. */
  lowIsFirst(section: number): Complaint {
    const { hasHighmem, highIsLast } = this.facts;
    const lowLeft = this.memory.section(BOOT).count('list', false);
    return unless(
      !hasHighmem || !highIsLast || section === BOOT || lowLeft === 0,
      'a low page is left on the list',
    );
  }

  /** A step of its own enters the run into the books. */
  get countsRuns(): boolean {
    const { totalGrows, currentGrows, creditsAdded } = this.facts;
    return totalGrows || currentGrows || creditsAdded;
  }

  lock(who: Locker): Complaint {
    const wrong = unless(this.hotplugLock === 'free', 'device_hotplug is taken');
    this.hotplugLock = who;
    return wrong;
  }

  unlock(who: Locker): Complaint {
    const wrong = unless(this.hotplugLock === who, `device_hotplug is not held by the ${who}`);
    this.hotplugLock = 'free';
    return wrong;
  }
}

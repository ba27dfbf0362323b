/**
 * Somebody who moves the targets of a host's domains, another domain that he moves, and somebody who wants a third one built.
 * Where targets are set to is read off the labels; who has what, who is marked, and what was promised is worked out here.
 */
import type { Label } from '../core/label.ts';
import { type Complaint, unless } from './effects.ts';
import type { Range } from './facts.ts';
import type { Guest, Heap } from './guest.ts';

/** The guest's neighbour. */
interface Domain {
  held: number;
  target: number;
  limit: number;
  isThere: boolean;
}

const KINDS = /^(manage|meminfo|stuck|neighbour|build)\./;

export class Manage {
  readonly neighbour: Domain;
  /** Frames of a domain that was built, promised to one, or asked for. */
  built = 0;
  promised = 0;
  asked = 0;
  /** A call is under way. */
  calls = false;
  readonly marked = { guest: false, neighbour: false };
  /** What each says it needs, where that is asked. */
  private readonly needs = { guest: 0, neighbour: 0 };
  readonly own: Guest;
  private readonly heap: Heap;
  private readonly range: Range;

  constructor(guest: Guest, heap: Heap, range: Range) {
    const { least } = range;
    this.neighbour = { held: least, target: least, limit: least, isThere: true };
    this.own = guest;
    this.heap = heap;
    this.range = range;
    heap.free -= least;
  }

  static speaksOf({ type }: Label): boolean {
    return KINDS.test(type);
  }

  /** Frames of everybody but the guest. */
  get held(): number {
    return this.neighbour.held + this.built;
  }

  private get asksForNeeds(): boolean {
    return this.own.facts.needs !== 'notAsked';
  }

  private get moveEndsMark(): boolean {
    return this.own.facts.movingClears && this.own.facts.needs !== 'marksTillBalance';
  }

  get isAnybodyWrongly(): boolean {
    const { tot, lastTarget } = this.own;
    const { held, target } = this.neighbour;
    if (this.asksForNeeds && this.asked === 0) return false;
    return (this.marked.guest && tot === lastTarget) || (this.marked.neighbour && held === target);
  }

  get isOutOfRange(): boolean {
    const { firstTarget, lastTarget } = this.own.sizes;
    const { least, most } = this.range;
    const { target, isThere } = this.neighbour;
    const own = this.own.lastTarget;
    return own < firstTarget || own > lastTarget || target > most || (isThere && target < least);
  }

  /** The guest was given frames, or gave some back, which takes it nearer to its target or not. */
  guestMoved(by: number): void {
    const was = this.own.tot - by;
    const isNearer = by > 0 ? this.own.lastTarget > was : this.own.lastTarget < was;
    if (by !== 0 && (isNearer || this.asksForNeeds) && this.moveEndsMark) this.marked.guest = false;
  }

  take({ type, pages = 0 }: Label): Complaint {
    const [who] = type.split('.');
    if (who === 'neighbour') return this.takeNeighbour(type, pages);
    if (who === 'meminfo') {
      this.needs[type === 'meminfo.guest' ? 'guest' : 'neighbour'] = pages;
      return unless(!this.calls, 'nobody reads that in a call');
    }
    return who === 'build' ? this.build(type, pages) : this.decide(type, pages);
  }

  private decide(type: string, pages: number): Complaint {
    const { neighbour, marked } = this;
    switch (type) {
      case 'manage.ask':
        this.asked = pages;
        if (this.own.facts.callsForget) this.forget('guest', 'neighbour');
        return this.begins();
      case 'manage.balance':
        if (this.asksForNeeds) this.forgetSettled();
        else if (this.own.facts.callsForget) this.forget('guest', 'neighbour');
        return this.begins();
      case 'manage.look':
        return unless(this.calls, 'no call is under way');
      case 'stuck.guest': {
        const wrong = unless(!marked.guest && this.own.tot !== this.own.lastTarget, 'the guest is not stuck');
        marked.guest = true;
        return wrong;
      }
      case 'stuck.neighbour': {
        const { held, target } = neighbour;
        const wrong = unless(!marked.neighbour && held !== target, 'the neighbour is not stuck');
        const { least, most } = this.range;
        marked.neighbour = true;
        if (this.own.facts.looksClip)
          neighbour.limit = Math.min(most, Math.max(least, Math.min(target, held)));
        return wrong;
      }
      case 'manage.yes':
        // Whether they are there is not looked at again.
        this.promised = this.asked;
        return this.ends();
      default:
        return this.ends();
    }
  }

  private takeNeighbour(type: string, pages: number): Complaint {
    const { neighbour, heap } = this;
    switch (type) {
      case 'neighbour.order':
        neighbour.target = pages;
        neighbour.limit = pages;
        return (
          unless(this.calls, 'no call is under way') ??
          // Who goes by needs gives what there is, be it less than somebody's minimum.
          unless(this.asksForNeeds || !this.isOutOfRange, 'that is no target for it')
        );
      case 'neighbour.lift':
        neighbour.limit = neighbour.target;
        return unless(this.own.facts.looksClip && this.calls, 'nobody lifts a limit');
      case 'neighbour.take':
        this.neighbourMoved(pages);
        return unless(
          neighbour.held <= Math.min(neighbour.target, neighbour.limit) && heap.free >= 0,
          'the neighbour may not have so much',
        );
      case 'neighbour.give':
        this.neighbourMoved(-pages);
        return unless(neighbour.held >= neighbour.target, 'the neighbour need not give so much');
      default: {
        const wrong = unless(neighbour.isThere && pages === neighbour.held, 'the neighbour has not so much');
        this.neighbourMoved(-neighbour.held);
        Object.assign(neighbour, { target: 0, limit: 0, isThere: false });
        this.needs.neighbour = 0;
        this.marked.neighbour = false;
        return wrong;
      }
    }
  }

  private build(type: string, pages: number): Complaint {
    const { heap } = this;
    switch (type) {
      case 'build.ok': {
        const wrong = unless(pages === this.promised && pages <= heap.free, 'that was not promised');
        heap.free -= pages;
        this.built = pages;
        this.promised = 0;
        return wrong;
      }
      case 'build.short': {
        const wrong = unless(pages === this.promised && pages > heap.free, 'there are enough free frames');
        this.promised = 0;
        return wrong;
      }
      default: {
        const wrong = unless(pages === this.built, 'the domain has not so much');
        heap.free += pages;
        this.built = 0;
        return wrong;
      }
    }
  }

  private neighbourMoved(pages: number): void {
    this.neighbour.held += pages;
    this.heap.free -= pages;
    if (this.moveEndsMark) this.marked.neighbour = false;
  }

  private forget(...who: readonly ('guest' | 'neighbour')[]): void {
    for (const one of who) this.marked[one] = false;
  }

  /** Whoever has what he was told to have, or says that he needs more than he has. */
  private forgetSettled(): void {
    if (!this.own.facts.movingClears) return;
    const { tot, lastTarget } = this.own;
    const { held, target } = this.neighbour;
    const isSettled = (has: number, told: number, needs: number) =>
      needs > 0 && (has <= told || Math.max(has, told) < needs);
    if (isSettled(tot, lastTarget, this.needs.guest)) this.forget('guest');
    if (isSettled(held, target, this.needs.neighbour)) this.forget('neighbour');
  }

  private begins(): Complaint {
    const wrong = unless(!this.calls, 'a call is under way');
    this.calls = true;
    return wrong;
  }

  private ends(): Complaint {
    const wrong = unless(this.calls, 'no call is under way');
    this.calls = false;
    this.asked = 0;
    return wrong;
  }
}

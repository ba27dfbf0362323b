/**
 * Another domain for which memory is claimed: what it is promised, what it has, and how it ends.
 */
import type { Label } from '../core/label.ts';
import { type Complaint, unless } from './effects.ts';
import type { LedgerFacts } from './facts.ts';
import type { Heap } from './guest.ts';

export class Newcomer {
  promised = 0;
  held = 0;
  state: 'alive' | 'dying' | 'gone' = 'alive';
  private readonly heap: Heap;
  private readonly facts: LedgerFacts;

  constructor(heap: Heap, facts: LedgerFacts) {
    this.heap = heap;
    this.facts = facts;
  }

  static speaksOf({ type }: Label): boolean {
    return type.startsWith('claim.') || type.startsWith('newcomer.');
  }

  take({ type, pages = 0 }: Label): Complaint {
    const { heap } = this;
    const alive = this.state === 'alive';
    switch (type) {
      case 'claim.set': {
        const wrong = unless(
          alive && this.promised === 0 && pages <= heap.free - heap.claims,
          'no such claim can be set',
        );
        this.promised = pages;
        heap.claims += pages;
        return wrong;
      }
      case 'claim.use':
        heap.free -= pages;
        return this.gives(pages);
      // The claim is lowered together with free memory, or the ledger would say so.
      case 'claim.alloc':
        heap.free -= pages;
        heap.claims -= pages;
        this.held += pages;
        return unless(alive && pages <= this.promised, 'that was not promised');
      case 'claim.settle':
        this.promised -= pages;
        return undefined;
      case 'claim.eaten':
        this.promised -= pages;
        heap.claims -= pages;
        return unless(
          alive && this.promised >= 0 && this.facts.claimsAreEaten,
          'that was not promised, or the claim comes back',
        );
      case 'claim.cancel':
        this.promised -= pages;
        heap.claims -= pages;
        return unless(alive && this.promised === 0, 'another claim stands');
      case 'newcomer.kill':
        this.drops();
        this.state = 'dying';
        return unless(alive, 'it is dying already');
      case 'newcomer.free':
        this.held -= pages;
        heap.free += pages;
        return unless(this.state === 'dying' && this.held >= 0, 'it has not so many frames to free');
      case 'newcomer.gone': {
        const wrong = unless(this.state === 'dying' && this.held === 0, 'it still has frames');
        this.drops();
        this.state = 'gone';
        return wrong;
      }
      default:
        return `the ledger does not know ${type}`;
    }
  }

  private gives(pages: number): Complaint {
    const wrong = unless(this.state === 'alive' && pages <= this.promised, 'that was not promised');
    this.promised -= pages;
    this.heap.claims -= pages;
    this.held += pages;
    return wrong;
  }

  private drops(): void {
    this.heap.claims -= this.promised;
    this.promised = 0;
  }
}

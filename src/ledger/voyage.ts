/**
 * A guest that is copied to another host while it runs: what the copier knew of its frame list, and what has come since.
 */
import type { Label } from '../core/label.ts';
import { type Effects, unless } from './effects.ts';
import type { LedgerFacts } from './facts.ts';
import type { Guest } from './guest.ts';

const WITH = {
  withRun: ['reserve.ok', 'userreserve.ok'],
  withFrame: ['fill.ok', 'fill.over', 'populate.ok', 'populate.over'],
  before: [],
} as const;

/** Copies of all memory after the first. */
const AGAIN_MAX = 2;

export class Voyage {
  copying = false;
  grown = false;
  rounds = 0;
  /** Sections that the frame list can name. */
  private readonly named = new Set<number>();
  private readonly facts: LedgerFacts;

  constructor(facts: LedgerFacts) {
    this.facts = facts;
  }

  /** The frame list grows with what the guest does. */
  sees({ type, section, first = section ?? 0, count = 1 }: Label): void {
    if (!(WITH[this.facts.leavesMade] as readonly string[]).includes(type)) return;
    for (let at = first; at < first + count; at++) {
      if (at < 0 || this.named.has(at)) continue;
      this.named.add(at);
      this.grown = this.copying;
    }
  }

  get fails(): boolean {
    return this.grown && this.facts.growthIsSeen;
  }

  ends(): void {
    this.copying = false;
    this.grown = false;
    this.rounds = 0;
  }
}

export function voyageEffects({ voyage }: Guest): Effects {
  const ends = (holds: boolean, complaint: string) => {
    const wrong = unless(voyage.copying && holds, complaint);
    voyage.ends();
    return wrong;
  };
  return {
    'migrate.begin': () => {
      const wrong = unless(!voyage.copying, 'it is copied already');
      voyage.copying = true;
      return wrong;
    },
    'migrate.round': () => {
      voyage.rounds += 1;
      return unless(
        voyage.copying && !voyage.fails && voyage.rounds <= AGAIN_MAX,
        'no further round is copied',
      );
    },
    'migrate.moved': () => ends(!voyage.fails, 'the copy lacks what came since'),
    'migrate.abort': () => ends(voyage.fails, 'there is no reason to give up'),
  };
}

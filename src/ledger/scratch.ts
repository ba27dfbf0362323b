/**
 * Address space that never held RAM, taken section by section for maps of foreign memory: what is registered for it, and who has its pages.
 */
import { type Complaint, type Effects, unless } from './effects.ts';
import type { Guest } from './guest.ts';

interface Pages {
  spare: number;
  placed: number;
}

export class Scratch {
  /** Registered and not mapped yet. */
  mapping: number | undefined;
  private readonly sections = new Map<number, Pages>();

  of(section: number): Pages {
    const known = this.sections.get(section);
    if (known !== undefined) return known;
    const fresh = { spare: 0, placed: 0 };
    this.sections.set(section, fresh);
    return fresh;
  }

  /** Pages of all sections. */
  total(kind: keyof Pages): number {
    let sum = 0;
    for (const pages of this.sections.values()) sum += pages[kind];
    return sum;
  }
}

export function scratchEffects(guest: Guest): Effects {
  const { scratch, memory, facts, sizes } = guest;
  const moves =
    (from: keyof Pages, to: keyof Pages) =>
    ({ section, pages }: { readonly section: number; readonly pages: number }): Complaint => {
      const of = scratch.of(section);
      of[from] -= pages;
      of[to] += pages;
      return unless(of[from] >= 0 && scratch.mapping === undefined, `there are not so many pages (${from})`);
    };
  const isEmpty = () => scratch.total('spare') === 0 && scratch.mapping === undefined;
  return {
    'scratch.reserve': ({ section }) => {
      const wrong = unless(isEmpty(), 'its list is not empty');
      scratch.mapping = section;
      return wrong ?? (facts.scratchIsRegistered ? memory.takeForScratch(section) : undefined);
    },
    'scratch.nogap': () => unless(isEmpty(), 'its list is not empty'),
    'scratch.map': ({ section }) => {
      const wrong = unless(scratch.mapping === section, 'that section is not in hand');
      scratch.mapping = undefined;
      scratch.of(section).spare += sizes.sectionPages;
      return wrong;
    },
    'scratch.enomem': ({ section }) => {
      const wrong = unless(scratch.mapping === section, 'that section is not in hand');
      scratch.mapping = undefined;
      memory.interval(section).scratch = false;
      return wrong;
    },
    'scratch.take': moves('spare', 'placed'),
    'scratch.give': moves('placed', 'spare'),
  };
}

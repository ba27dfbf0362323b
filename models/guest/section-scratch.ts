/**
 * A section that the scratch allocator has mapped (scratch.ts): its pages have struct pages, are never online, and are on its list or
 * somebody's places. Handlers and quantities that are added to those of section.ts.
 */
import type { Quantities } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Handlers } from '../kit.ts';

/** Pages of the allocator in this section: on its list, handed out. */
export interface Scratched {
  readonly spare: number;
  readonly placed: number;
}

export const NOTHING_SCRATCHED: Scratched = { spare: 0, placed: 0 };
export const SCRATCH_OBSERVED = ['scratch.map'] as const;

const pages = (label: Label) => payload(label, 'pages');
export const isScratch = (c: Scratched): boolean => c.spare + c.placed > 0;

/** Of a section of so many pages; `named`: the P2M has room for them. */
export function scratched(size: number, named: boolean): Handlers<Scratched> {
  return {
    // Its own section it does not take twice; whose it is otherwise, iomem knows.
    'scratch.reserve': { when: (c) => !isScratch(c) },
    'scratch.map': { set: () => ({ spare: size }) },
    'scratch.take': {
      when: (c, l) => named && pages(l) <= c.spare,
      set: (c, l) => ({ spare: c.spare - pages(l), placed: c.placed + pages(l) }),
    },
    'scratch.give': {
      when: (c, l) => pages(l) <= c.placed,
      set: (c, l) => ({ spare: c.spare + pages(l), placed: c.placed - pages(l) }),
    },
    ...(named ? {} : { 'scratch.bug': { when: (c: Scratched, l: Label) => pages(l) <= c.spare } }),
  };
}

/** Added to every state of a section. */
export function scratchedStates<C extends Scratched>(
  states: Readonly<Record<string, Handlers<C>>>,
  size: number,
  named: boolean,
): Record<string, Handlers<C>> {
  const more = scratched(size, named) as unknown as Handlers<C>;
  return Object.fromEntries(Object.entries(states).map(([state, own]) => [state, { ...own, ...more }]));
}

export const scratchedQuantities = (c: Scratched): Quantities => ({
  spare: c.spare,
  placed: c.placed,
  scratch: isScratch(c) ? 1 : 0,
});

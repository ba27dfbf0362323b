/**
 * The run of 2010 (v1a, v1b): filled call by call for as long as there is credit, then added, and forgotten by the books where that
 * fails. States of the balloon's chart (balloon.ts).
 * Source: the patches posted on 2010-08-06 and 2010-12-20, drivers/xen/balloon.c `request_additional_memory`, `hotplug_memory`.
 */
import { type Label, payload } from '../../src/core/label.ts';
import type { Handlers, Move } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

export type BpState = 'DONE' | 'WAIT' | 'EAGAIN' | 'ECANCELED';

/** What the control of the balloon holds. */
export interface Balloon {
  readonly bp: BpState;
  /** retry_count: 1 + failures in a row. */
  readonly retry: number;
  /** Extents of the call that are still to come. */
  readonly left: number;
  /** Whether the call has been granted any (0 or 1). */
  readonly got: number;
  /** The run in hand. */
  readonly first: number;
  readonly count: number;
  /** Frames put into the run. */
  readonly filled: number;
  /** Next block of the run to bring online. */
  readonly cursor: number;
  /** A refused call returned with the reservation lock held (0 or 1). */
  readonly kept: number;
  /** Frames in hand that the P2M does not name; kept where each write of it is a step (p2m.ts). */
  readonly unnamed: number;
}

export const inWords = (protocol: Protocol, scope: Scope) => (c: Balloon, value: string) => {
  const size = c.count * scope.pagesPerSection;
  const filled = protocol.populateFirst ? `, ${c.filled} of ${size} pages populated` : '';
  const run = c.count === 0 ? '' : ` run ${c.first}+${c.count}${filled}`;
  const call = c.left === 0 ? '' : `, ${c.left} to come`;
  return `${value} (${c.bp}${c.retry === 1 ? '' : `, failure ${c.retry - 1}`})${run}${call}`;
};

const pages = (label: Label) => payload(label, 'pages');

/** Only what was filled is added; the rest of the claim is forgotten. */
export const filledRun = ({ filled }: Balloon, { pagesPerSection }: Scope): Partial<Balloon> => ({
  count: Math.ceil(filled / pagesPerSection),
});

/** How a step of the balloon ends. */
interface Ends {
  readonly done: Move<Balloon>;
  readonly again: (when: (c: Balloon) => boolean) => readonly Move<Balloon>[];
  /** With nothing to add, and the lock held. */
  readonly stopped: Move<Balloon>;
}

/**
 * One call for the run in hand, from its next page on: nobody looks whether that page is still within the run. Where the next
 * page lies beyond all address space of the scope, the call ends.
 */
export function growCall(
  { refusedFill }: Protocol,
  scope: Scope,
  { done, again, stopped }: Ends,
): Handlers<Balloon> {
  const per = scope.pagesPerSection;
  const at = (c: Balloon) => c.first + Math.floor(c.filled / per);
  const extent: Move<Balloon> = {
    when: (c, l) =>
      pages(l) <= c.left && payload(l, 'section') === at(c) && pages(l) <= per - (c.filled % per),
    set: (c, l) => {
      const filled = c.filled + pages(l);
      return { filled, left: c.left - pages(l), got: 1, count: Math.max(c.count, Math.ceil(filled / per)) };
    },
  };
  const refused = (c: Balloon) => c.left > 0 && c.got === 0;
  const stops: readonly Move<Balloon>[] = [
    {
      when: (c) => refused(c) && c.filled > 0,
      set: (c) => ({ ...filledRun(c, scope), left: 0, kept: 1 }),
      to: 'filled',
    },
    { ...stopped, when: (c) => refused(c) && c.filled === 0 },
  ];
  return {
    'fill.ok': extent,
    'fill.over': extent,
    'fill.full': { when: (c) => c.left === 0, ...done },
    'fill.short': { when: (c) => c.left > 0 && c.got > 0, ...done },
    'fill.refused': refusedFill === 'stopsLocked' ? stops : again(refused),
    'fill.outside': again((c) => c.left > 0 && at(c) >= scope.sections),
  };
}

/** Nothing is given back; the books forget what was put into the run. */
export function forfeiting(
  { forfeits }: Protocol,
  given: Partial<Balloon>,
  rest: string,
): Record<string, Handlers<Balloon>> {
  const lost = { when: (c: Balloon, l: Label) => pages(l) === c.filled };
  const over = { set: () => given, to: rest };
  return forfeits === 'currentAndTarget'
    ? { forfeiting: { forfeit: { ...lost, ...over } } }
    : { forfeiting: { forfeit: { ...lost, to: 'adopting' } }, adopting: { adopt: over } };
}

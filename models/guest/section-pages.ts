/**
 * Pages of a section: counted per pair (what the guest thinks × whether a frame is behind), what is observed of them, and how they
 * are shown. The chart is section.ts.
 */
import type { Protocol } from '../protocol.ts';
import { type Extended, NOTHING_MORE } from './section-extension.ts';

export interface Section extends Extended {
  /** Present or about to be, not handed over: nothing behind / a frame behind. */
  readonly offlineEmpty: number;
  readonly offlineBacked: number;
  /** With the allocator: a frame behind / nothing behind (first touch faults). */
  readonly inUse: number;
  readonly inUseEmpty: number;
  /** With the allocator: a promise of Xen behind, no frame yet (boot memory populated on demand). */
  readonly onDemand: number;
  /** On the balloon list: nothing behind / still a frame behind. */
  readonly ballooned: number;
  readonly balloonedBacked: number;
  /** Borrowed by somebody as empty address space: nothing of the domain's own behind / a frame of its own behind. */
  readonly lent: number;
  readonly lentBacked: number;
  /** Pages of the run in hand that a populate before add has reached, from the first on. */
  readonly reached: number;
  /** In the domain's map, and nobody may use it. */
  readonly unusable: number;
  /** On the balloon list without the type of an offline page; they are taken off first. */
  readonly untyped: number;
}

export const NO_PAGES: Section = {
  offlineEmpty: 0,
  offlineBacked: 0,
  inUse: 0,
  inUseEmpty: 0,
  onDemand: 0,
  ballooned: 0,
  balloonedBacked: 0,
  lent: 0,
  lentBacked: 0,
  reached: 0,
  untyped: 0,
  unusable: 0,
  ...NOTHING_MORE,
};

const ABSENT = ['free', 'reserved', 'populated', 'populatedUnreserved'];
/** It has been added: it has struct pages. */
export const isThere = (value: string): boolean => !ABSENT.includes(value);

export function observe(protocol: Protocol, c: Section, value: string, high: boolean) {
  const absent = !isThere(value);
  return {
    inUse: c.inUse,
    inUseEmpty: c.inUseEmpty,
    onDemand: c.onDemand,
    ballooned: c.ballooned,
    balloonedBacked: c.balloonedBacked,
    lent: c.lent,
    lentBacked: c.lentBacked,
    offlineEmpty: c.offlineEmpty,
    offlineBacked: absent ? 0 : c.offlineBacked,
    /** Frames in a section that has no struct pages. */
    filled: absent ? c.offlineBacked : 0,
    unreserved: value === 'populatedUnreserved' ? 1 : 0,
    /** The driver has the interval in hand, or the section is there. */
    taken: value === 'free' || value === 'populatedUnreserved' || c.foreign === 1 ? 0 : 1,
    /** The driver has the interval, and no page is there. */
    claimed: value === 'reserved' || value === 'populated' ? 1 : 0,
    disordered: value === 'disordered' ? 1 : 0,
    /** Going online for the second time or later. */
    again: value === 'goingOnlineAgain' ? 1 : 0,
    /** On the list, without a direct map. */
    highListed: high ? c.ballooned + c.balloonedBacked : 0,
    unusable: c.unusable,
    /** On the list without the type of an offline page, or lent with it. */
    mistyped: c.untyped + (protocol.clearsType ? 0 : c.lent + c.lentBacked),
  };
}

const SHORT: readonly (readonly [keyof Section, string])[] = [
  ['inUse', 'in use'],
  ['inUseEmpty', 'in use·EMPTY'],
  ['onDemand', 'on demand'],
  ['ballooned', 'ballooned'],
  ['balloonedBacked', 'ballooned·BACKED'],
  ['lent', 'lent'],
  ['lentBacked', 'lent·BACKED'],
  ['offlineBacked', 'backed'],
  ['offlineEmpty', 'empty'],
  ['inHand', 'frame in hand'],
  ['inHandOver', 'frame in hand·OVER'],
  ['leaving', 'leaving'],
  ['lostIn', 'frame in hand·LOST'],
  ['lostOver', 'frame in hand·LOST'],
  ['lostOut', 'leaving·LOST'],
  ['stale', 'entry·STALE'],
  ['mapped', 'of it mapped'],
  ['listedMapped', 'on the list·MAPPED'],
  ['dropped', 'with NOBODY'],
  ['spare', 'scratch'],
  ['placed', 'scratch, used'],
];

export function show(c: Section, value: string): string {
  const counts = SHORT.flatMap(([key, text]) => (c[key] === 0 ? [] : [`${c[key]} ${text}`]));
  return counts.length === 0 ? value : `${value}: ${counts.join(', ')}`;
}

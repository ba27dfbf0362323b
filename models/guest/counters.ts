/**
 * Counters of the driver as a finite chart can hold them.
 */
import { type Label, payload } from '../../src/core/label.ts';
import type { Move } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

/** What the driver believes at boot. */
export function bootBooks(protocol: Protocol, { bootPages, bootBallooned, targets }: Scope) {
  const ordered = targets[0] ?? bootPages;
  const beyond = { frames: 0, scratch: 1, maxPfn: 1, guestRam: -1 }[protocol.bootCurrent];
  const nowhere = protocol.clipsBootList ? 0 : 1;
  const listed = protocol.keepsBootGap ? bootBallooned : 0;
  return {
    target: { ordered, withHole: ordered + 1, maximum: bootPages }[protocol.bootTarget],
    current: bootPages - bootBallooned + beyond,
    low: listed + nowhere,
    // The highest frame number is also where total begins.
    total: bootPages - bootBallooned + listed + nowhere + (protocol.bootCurrent === 'maxPfn' ? beyond : 0),
  };
}

/** The target that the driver takes from what was written. */
export function targetRead({ readsTarget }: Protocol, label: Label): number {
  const written = payload(label, 'pages');
  return { asWritten: written, offByOne: written - 1, otherUnit: Math.floor(written / 2) }[readsTarget];
}

/** Largest value a counter can honestly take; beyond it the chart says `overflow` and the run is inconclusive. */
export const ceiling = (scope: Scope) =>
  2 * (scope.bootPages + scope.sections * scope.pagesPerSection + scope.hostPages);

/**
 * Keeps counters in their range: below 0 an unsigned long wraps (I-18), above its ceiling the model gives up.
 * Ceilings are for all counters alike, or for each by name.
 */
export function kept<C extends object>(
  after: (context: C, label: Label) => C,
  most: number | Readonly<Record<keyof C, number>>,
): readonly Move<C>[] {
  const values = (c: C, l: Label) => Object.entries(after(c, l)) as [keyof C, number][];
  const above = ([name, n]: [keyof C, number]) => n > (typeof most === 'number' ? most : most[name]);
  const below = ([, n]: [keyof C, number]) => n < 0;
  return [
    { when: (c, l) => values(c, l).some(below), to: 'wrapped' },
    { when: (c, l) => !values(c, l).some(below) && values(c, l).some(above), to: 'overflow' },
    { set: (c, l) => after(c, l) },
  ];
}

/** The same where the target may have come out below 0: no other counter is lost by that. */
export function keptBut<C extends { readonly target: number }>(
  after: (context: C, label: Label) => C,
  most: number | Readonly<Record<keyof C, number>>,
): readonly Move<C>[] {
  const others = (c: C, l: Label): C => {
    const then = after(c, l);
    return { ...then, target: Math.max(0, then.target) };
  };
  return [...kept(others, most).slice(0, -1), { set: after }];
}

/**
 * Counters of the driver as a finite chart can hold them.
 */
import type { Label } from '../src/core/label.ts';
import type { Move } from './kit.ts';
import type { Scope } from './scope.ts';

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

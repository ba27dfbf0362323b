/**
 * How to draw the labels of the allocator of address space (scratch.ts).
 */
import type { LocalState } from '../../src/core/chart.ts';
import type { Form } from '../form.ts';
import { scratchFamilies } from '../guest/scratch.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import type { LendingTools } from './lending.ts';
import type { Bucket, Draw } from './sampling.ts';

const count = (local: LocalState, key: string): number => Number(local.context[key] ?? 0);

export const scratchBuckets: Readonly<Record<string, Bucket>> = {
  spare: { kind: 'section', has: (local) => count(local, 'spare') > 0 },
  placed: { kind: 'section', has: (local) => count(local, 'placed') > 0 },
};

/** With their weights: rare beside the driver, and once begun it goes on. */
export function scratchWeights(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  { rare, failure }: { readonly rare: number; readonly failure: number },
): Readonly<Record<string, number>> {
  const own: Readonly<Record<string, number>> = { 'scratch.map': 1, 'scratch.enomem': failure };
  return Object.fromEntries(
    scratchFamilies(protocol, form, scope).map((family) => [family, own[family] ?? rare]),
  );
}

export function scratchDraws(
  scope: Scope,
  { sectionWith, extent, pagesOf }: LendingTools,
): Readonly<Record<string, Draw>> {
  const page =
    (bucket: string): Draw =>
    (view, chance) => {
      const section = sectionWith(bucket, view, chance);
      const pages = section === undefined ? 0 : pagesOf(section, bucket, view);
      return section === undefined || pages === 0 ? undefined : { section, pages: extent(pages, chance) };
    };
  const inHand: Draw = (view) => ({ section: count(view.local('scratch'), 'section') });
  return {
    'scratch.reserve': (view, chance) => {
      const free = view.sizeOf('freeSlot');
      return {
        section: free > 0 ? view.nth('freeSlot', chance.below(free)) : chance.below(scope.sections),
      };
    },
    'scratch.map': inHand,
    'scratch.enomem': inHand,
    'scratch.take': page('spare'),
    'scratch.give': page('placed'),
    'scratch.bug': page('spare'),
  };
}

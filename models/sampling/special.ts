/**
 * How to draw the labels of entries that are not RAM (special.ts).
 */
import type { Form } from '../form.ts';
import { CRASHES, hasSpecial, MAPS } from '../host/special.ts';
import type { Protocol } from '../protocol.ts';
import { lends, type Scope } from '../scope.ts';
import type { LendingTools } from './lending.ts';
import type { Bucket, Draw } from './sampling.ts';

export const specialBuckets: Readonly<Record<string, Bucket>> = {
  mapped: { kind: 'section', has: ({ context }) => Number(context['mapped']) > 0 },
};

/** With their weights. */
export function specialFamilies(
  { populateFirst }: Protocol,
  form: Form,
  scope: Scope,
  rare: number,
): Readonly<Record<string, number>> {
  if (!hasSpecial(form, scope)) return {};
  const crashes = CRASHES.filter((family) => family !== 'fill.special' || populateFirst);
  return Object.fromEntries([
    ...crashes.map((family) => [family, 1] as const),
    ...(lends(scope) ? MAPS.map((family) => [family, rare] as const) : []),
  ]);
}

export function specialDraws(
  form: Form,
  scope: Scope,
  { sectionWith, extent, pagesOf }: LendingTools,
  fill: Draw | undefined,
): Readonly<Record<string, Draw>> {
  if (!hasSpecial(form, scope)) return {};
  const page =
    (bucket: string): Draw =>
    (view, chance) => {
      const section = sectionWith(bucket, view, chance);
      const pages = section === undefined ? 0 : pagesOf(section, bucket, view);
      return section === undefined || pages === 0 ? undefined : { section, pages: extent(pages, chance) };
    };
  const one =
    (draw: Draw | undefined): Draw =>
    (view, chance) => {
      const drawn = draw?.(view, chance);
      return drawn === undefined ? undefined : { ...drawn, pages: 1 };
    };
  return {
    'populate.special': one(page('ballooned')),
    'fill.special': one(fill),
    'lend.map': page('lent'),
    'lend.unmap': page('mapped'),
  };
}

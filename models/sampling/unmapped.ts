/**
 * How to draw an extent whose frame cannot be put into the guest's map (unmapped.ts): one page where an extent might be.
 */
import type { Draw } from './sampling.ts';

export function unmappedDraws(calls: Readonly<Record<string, Draw>>): Readonly<Record<string, Draw>> {
  const one =
    (extent: string): Draw =>
    (view, chance) => {
      const drawn = calls[extent]?.(view, chance);
      return drawn === undefined ? undefined : { ...drawn, pages: 1 };
    };
  return { 'populate.unmapped': one('populate.ok'), 'fill.unmapped': one('fill.ok') };
}

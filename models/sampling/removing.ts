/** How to draw the labels of a driver that removes what it added (guest/removing.ts). */
import { removesBlocks } from '../guest/removing.ts';
import { wakes } from '../guest/wakes.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import type { Draw } from './sampling.ts';

/** `mine`: the run in hand. */
export function removingDraws(protocol: Protocol, scope: Scope, mine: Draw): Readonly<Record<string, Draw>> {
  if (!removesBlocks(protocol)) return {};
  const { sections, sectionsPerBlock, pagesPerSection } = scope;
  const vacate: Draw = (view, chance) => {
    const size = view.sizeOf('offlineBlock');
    if (size === 0) return undefined;
    const first = view.nth('offlineBlock', chance.below(size)) * sectionsPerBlock;
    const count = Math.min(sectionsPerBlock, sections - first);
    return { first, count, pages: count * pagesPerSection };
  };
  return {
    ...Object.fromEntries(wakes('vacate', protocol).map((family) => [family, vacate])),
    'remove.ebusy': mine,
    'empty.begin': mine,
    'uncount.done': (view) => ({ count: Number(view.local('balloon').context['count'] ?? 0) }),
  };
}

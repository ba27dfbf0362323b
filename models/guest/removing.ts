/**
 * The way back: an offline block is emptied, taken out of the memory map, and its range released.
 *
 *   asleep ─vacate─► vacating ─mutex.drop─► leaving ─remove.begin─► looking ─empty.begin─► emptying ─mutex.drop─► emptied
 *          ─remove.ok─► removed ─remove.end─► uncounting ─uncount.done─► releasing ─release─► asleep
 *   the block is online again:                                      looking ─remove.ebusy─► refused ─remove.end─► asleep
 *
 * Begun only where the order is below by a whole block (books.ts): afterwards nothing is missing, so nothing is added again before
 * somebody orders more. device_hotplug is taken before the block is looked at, and held until it is gone: nobody brings a block
 * online whose frames are leaving. balloon_mutex is taken inside it for the call, and dropped before remove takes mem_hotplug.
 * Each part of what is counted and claimed goes once its pages are gone. No shipped driver does any of this.
 * Source: linux mm/memory_hotplug.c `try_remove_memory`, `check_memblock_offlined_cb`, which frees the range itself: here the
 * driver, who has registered it.
 */
import { type Label, payload } from '../../src/core/label.ts';
import { each, type Handlers, type Move, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { blocksOf, type Scope } from '../scope.ts';
import type { Ends } from './balloon-ends.ts';
import type { Balloon } from './balloon-growing.ts';
import { wakes } from './wakes.ts';

export const removesBlocks = ({ removes }: Pick<Protocol, 'removes'>): boolean => removes !== 'never';

const pages = (label: Label) => payload(label, 'pages');
const isEmpty = (c: Balloon) => c.filled === 0;

/** A block to be given back, whose pages all have frames: in hand from here on. */
export const vacated = (when: (c: Balloon) => boolean): Move<Balloon> => ({
  when,
  set: (_, l) => ({ first: payload(l, 'first'), count: payload(l, 'count'), filled: pages(l) }),
  to: 'vacating',
});

/** States of the balloon's chart, from the decision on. */
export function removing({ protocol, mine, unfilled, done }: Ends): Record<string, Handlers<Balloon>> {
  if (!removesBlocks(protocol)) return {};
  const { removes, emptiesUnder, releasesRemoved, countsRemoved } = protocol;
  const empties = removes === 'emptied';
  const inside = empties && emptiesUnder === 'deviceHotplug';
  const early = empties && !inside;
  const remove: Handlers<Balloon> = { 'remove.ok': { when: mine, to: 'removed' } };
  const first: Handlers<Balloon> =
    releasesRemoved === 'before' ? { release: { when: mine, to: 'released' } } : remove;
  const end: Move<Balloon> = releasesRemoved === 'after' ? { to: 'releasing' } : done;
  return {
    vacating: {
      'mutex.drop': { when: (c) => !early || isEmpty(c), to: 'leaving' },
      ...(early ? { 'unfill.ok': unfilled } : {}),
    },
    leaving: { 'remove.begin': { to: 'looking' } },
    looking: {
      'remove.ebusy': { when: mine, to: 'refused' },
      ...(inside ? { 'empty.begin': { when: mine, to: 'emptying' } } : first),
    },
    ...(inside
      ? {
          emptying: { 'unfill.ok': unfilled, 'mutex.drop': { when: isEmpty, to: 'emptied' } },
          emptied: first,
        }
      : {}),
    ...(releasesRemoved === 'before' ? { released: remove } : {}),
    removed: { 'remove.end': countsRemoved ? { to: 'uncounting' } : end },
    ...(countsRemoved
      ? { uncounting: { 'uncount.done': { ...end, when: (c, l) => payload(l, 'count') === c.count } } }
      : {}),
    ...(releasesRemoved === 'after' ? { releasing: { release: { ...done, when: mine } } } : {}),
    // It is online: its pages can be taken one by one.
    refused: { 'remove.end': done },
  };
}

/** Families by which the driver asks about a block; the block answers. */
export const asksBlock = (protocol: Protocol): readonly string[] =>
  removesBlocks(protocol) ? [...wakes('vacate', protocol), 'empty.begin', 'remove.ebusy'] : [];

interface Block {
  /** The driver found it online when it came to remove it, and has struck it off (0 or 1). */
  readonly struck?: number;
}

/** What an offline block adds to its handlers, and an online one. A decision reads the state without a lock. */
export function removable(
  protocol: Protocol,
  first: number,
  { sectionsPerBlock, pagesPerSection }: Scope,
): Record<'offline' | 'online', Handlers<Block>> {
  if (!removesBlocks(protocol)) return { offline: {}, online: {} };
  const isThis = (l: Label) => payload(l, 'first') === first && payload(l, 'count') === sectionsPerBlock;
  const size = sectionsPerBlock * pagesPerSection;
  return {
    offline: {
      ...each<Block>(wakes('vacate', protocol), {
        when: (c, l) => c.struck === 0 && isThis(l) && pages(l) === size,
      }),
      'empty.begin': stay,
    },
    online: { 'remove.ebusy': protocol.retriesRemoval ? stay : { set: () => ({ struck: 1 }) } },
  };
}

interface Pages {
  readonly offlineEmpty: number;
  readonly offlineBacked: number;
  readonly inUse: number;
  readonly inUseEmpty: number;
}

/** Frames leave pages that nobody may use, or (where somebody has brought the block online) pages in use. */
const drained: Handlers<Pages> = {
  'unfill.ok': [
    {
      when: (c, l) => c.offlineBacked >= pages(l),
      set: (c, l) => ({
        offlineBacked: c.offlineBacked - pages(l),
        offlineEmpty: c.offlineEmpty + pages(l),
      }),
    },
    {
      when: (c, l) => c.offlineBacked < pages(l) && c.inUse >= pages(l),
      set: (c, l) => ({ inUse: c.inUse - pages(l), inUseEmpty: c.inUseEmpty + pages(l) }),
    },
    { to: 'disordered' },
  ],
};

/** What a section that is there adds to its handlers, by state. */
export const emptiedInPlace = (protocol: Protocol): Readonly<Record<string, Handlers<Pages>>> =>
  removesBlocks(protocol)
    ? { online: drained, goingOffline: drained, offline: drained, goingOnlineAgain: drained }
    : {};

/** Blocks as runs, with the pages of each. */
const wholeBlocks = (scope: Scope) =>
  Array.from({ length: blocksOf(scope) }, (_, block) => {
    const first = block * scope.sectionsPerBlock;
    return { first, count: Math.min(scope.sectionsPerBlock, scope.sections - first) };
  });

/** Decisions to give a block back. */
export const vacateLabels = (protocol: Protocol, scope: Scope): Label[] =>
  removesBlocks(protocol)
    ? wakes('vacate', protocol).flatMap((type) =>
        wholeBlocks(scope).map((run) => ({ type, ...run, pages: run.count * scope.pagesPerSection })),
      )
    : [];

/** Steps that only a driver has which removes what it added. */
export function removingLabels(protocol: Protocol, scope: Scope): Label[] {
  if (!removesBlocks(protocol)) return [];
  const runs = wholeBlocks(scope);
  const each = (type: string) => runs.map((run) => ({ type, ...run }));
  return [
    { type: 'remove.begin' },
    ...each('remove.ebusy'),
    ...(protocol.removes === 'emptied' && protocol.emptiesUnder === 'deviceHotplug'
      ? each('empty.begin')
      : []),
    { type: 'remove.end' },
    ...(protocol.countsRemoved
      ? [...new Set(runs.map(({ count }) => count))].map((count) => ({ type: 'uncount.done', count }))
      : []),
  ];
}

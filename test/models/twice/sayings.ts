/** What a state of the second writing says: the numbers that properties are about, and some of the properties themselves. */
import type { Scope } from '../../../models/scope.ts';
import type { Quantities } from '../../../src/core/chart.ts';
import { listLength, type Pages, type Section, type State } from './state.ts';

export type PropertyId = 'I-3' | 'I-16' | 'I-21' | 'I-24' | 'I-27';

/** What `mem->state` reads; a block that is going online still reads offline. */
const STORED = { absent: 0, online: 1, goingOffline: 2, offline: 4, goingOnline: 4 } as const;
const is = (claim: boolean): number => (claim ? 1 : 0);

/** The names are those under which the shipped charts are observed, per chart. */
export function sayings(state: State, scope: Scope): Readonly<Record<string, Quantities>> {
  const { target, current, total, tot, max, other } = state;
  const sleeping = state.at === 'asleep';
  return {
    balloon: {
      busy: is(!sleeping),
      asleep: is(sleeping),
      cancelled: is(sleeping && state.outcome === 'cancelled'),
    },
    books: { target, current, low: listLength(state), wrapped: 0, overflow: 0 },
    need: { target, total, wrapped: 0, overflow: 0 },
    wake: { changed: is(target !== state.decided) },
    balloon_mutex: { held: is(state.mutex !== 'free') },
    device_hotplug: { held: is(state.hotplug !== 'free') },
    hypervisor: {
      tot,
      max,
      free: scope.hostPages - tot - other,
      other,
      installed: scope.hostPages,
      wrapped: 0,
    },
    'section[boot]': { ...pages(state.boot), offlineBacked: 0 },
    ...Object.fromEntries(
      state.sections.flatMap((section, at) => [
        [`section[${at}]`, { ...pages(section), ...outside(section) }],
        [`block[${at}]`, { stored: STORED[section.block] }],
        [`slot[${at}]`, { holders: is(section.slot !== 'free'), rival: is(section.slot === 'rival') }],
      ]),
    ),
  };
}

const pages = ({ inUse, ballooned }: Pages): Quantities => ({
  ...{ inUse, ballooned, inUseEmpty: 0, balloonedBacked: 0, offlineEmpty: 0, unreserved: 0, disordered: 0 },
});

/** Frames with no page that exists (filled before add), or behind pages that the allocator does not have. */
const outside = ({ block, offline }: Section): Quantities =>
  block === 'absent' ? { filled: offline, offlineBacked: 0 } : { filled: 0, offlineBacked: offline };

/** State properties that a state breaks, each counted from pages and not from the books where it can be. */
export function judge(state: State): PropertyId[] {
  const { current, total, tot, sections, boot } = state;
  const quiet = state.at === 'asleep' && state.hotplug === 'free';
  const framed = sections.reduce((sum, { inUse, offline }) => sum + inUse + offline, boot.inUse);
  const unreserved = sections.some(({ slot, offline, inUse }) => slot !== 'driver' && offline + inUse > 0);
  const broken: readonly (readonly [PropertyId, boolean])[] = [
    ['I-3', unreserved],
    ['I-16', quiet && total !== current + listLength(state)],
    ['I-24', quiet && tot !== current],
    ['I-27', quiet && tot !== framed],
  ];
  return broken.filter(([, isBroken]) => isBroken).map(([id]) => id);
}

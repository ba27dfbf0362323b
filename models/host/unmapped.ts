/**
 * A frame that Xen has assigned and cannot put into the guest's map: it has no page for a table of the P2M (translated guests), or the
 * IOMMU refuses, or the frame's number cannot be copied back (PV). The call ends there and counts that extent as not done; the frame
 * stays with the domain, and nobody knows of it (`unmapped`). In scopes with the actor `tables`.
 *
 *   populate.ok … → populate.unmapped → populate.short or populate.refused          the same of a run: fill.unmapped
 *
 * An extent that is counted although its mapping failed (Xen 4.4) is `checksMapping`.
 * Source: xen/common/memory.c `populate_physmap` (what follows assign_pages gives nothing back on its way out).
 */
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import type { Balloon } from '../guest/balloon-growing.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';

/** A run that is filled up to the target (2010) is left out. */
const canStayUnmapped = (protocol: Protocol, scope: Scope): boolean =>
  has(scope, 'tables') && !fillsToTarget(protocol);

const OF = { 'populate.ok': 'populate.unmapped', 'fill.ok': 'fill.unmapped' } as const;
export const UNMAPPED: readonly string[] = Object.values(OF);
const RETURNS = ['populate.short', 'populate.refused', 'fill.short', 'fill.refused'];

/** Families, in this order those of a call over the list and those of a run. */
export const unmappedFamilies = (protocol: Protocol, scope: Scope): readonly string[] =>
  canStayUnmapped(protocol, scope)
    ? [OF['populate.ok'], ...(protocol.populateFirst ? [OF['fill.ok']] : [])]
    : [];

const listOf = <C>(moves: Move<C> | readonly Move<C>[]): readonly Move<C>[] =>
  Array.isArray(moves) ? moves : [moves as Move<C>];

/** What an extent may be, this one may be; what then is left of its move, `rest` says. */
function unmappedSteps<C>(
  states: Readonly<Record<string, Handlers<C>>>,
  families: readonly string[],
  rest: (move: Move<C>) => Move<C>,
): Record<string, Handlers<C>> {
  const ends = (own: Handlers<C>, extent: keyof typeof OF): Handlers<C> => {
    const moves = own[extent];
    if (moves === undefined || !families.includes(OF[extent])) return {};
    return each([OF[extent]], listOf(moves).map(rest));
  };
  return Object.fromEntries(
    Object.entries(states).map(([state, own]) => [
      state,
      { ...own, ...ends(own, 'populate.ok'), ...ends(own, 'fill.ok') },
    ]),
  );
}

/** A section's states: the page stays what it was, and so does the section. */
export const unmappedSections = <C>(
  states: Readonly<Record<string, Handlers<C>>>,
  families: readonly string[],
): Record<string, Handlers<C>> =>
  unmappedSteps(states, families, (move) => (move.when === undefined ? {} : { when: move.when }));

/** The balloon's states, where a call may end so. */
export const unmappedCalls = (
  states: Readonly<Record<string, Handlers<Balloon>>>,
  protocol: Protocol,
  scope: Scope,
): Readonly<Record<string, Handlers<Balloon>>> =>
  canStayUnmapped(protocol, scope)
    ? unmappedSteps(states, unmappedFamilies(protocol, scope), ({ when, to }) => ({
        ...(when === undefined ? {} : { when }),
        // Of a run it may be the call's first step.
        ...(to === undefined ? {} : { to }),
      }))
    : states;

/** What Xen counts of it. */
interface Counts {
  readonly tot: number;
  readonly free: number;
  readonly unmapped: number;
  readonly stopped: number;
}

/** Xen's handlers, which assign first; a call that stopped so has only its return left. */
export function unmappedFrames<C extends Counts>(
  own: Handlers<C>,
  protocol: Protocol,
  families: readonly string[],
  room: (c: C) => number,
): Handlers<C> {
  const pages = (l: Label) => payload(l, 'pages');
  const going = (c: C) => c.stopped === 0;
  const kept = (c: C, l: Label) =>
    protocol.freesUnmapped
      ? {}
      : { tot: c.tot + pages(l), free: c.free - pages(l), unmapped: c.unmapped + pages(l) };
  const only = (family: string): Handlers<C> => {
    const moves = own[family];
    if (moves === undefined) return {};
    return each<C>(
      [family],
      listOf(moves).map((move) => ({
        ...move,
        when: (c: C, l: Label) => going(c) && (move.when?.(c, l) ?? true),
      })),
    );
  };
  const returns: Move<C> = {
    when: (c) => !going(c) || room(c) === 0,
    set: () => ({ stopped: 0 }) as Partial<C>,
  };
  return {
    ...own,
    ...Object.assign({}, ...['populate.ok', 'populate.over', 'fill.ok', 'fill.over'].map(only)),
    ...each<C>(families, {
      when: (c, l) => going(c) && pages(l) <= room(c),
      set: (c, l) => ({ ...kept(c, l), stopped: 1 }) as Partial<C>,
    }),
    ...each<C>(RETURNS, returns),
  };
}

/** One page at a time: the call ends with it. */
export function unmappedLabels(protocol: Protocol, scope: Scope): Label[] {
  const hot = Array.from({ length: scope.sections }, (_, section) => section);
  const all = [...(scope.bootPages > 0 ? [BOOT] : []), ...hot];
  return unmappedFamilies(protocol, scope).flatMap((type) =>
    (type === OF['fill.ok'] ? hot : all).map((section) => ({ type, section, pages: 1 })),
  );
}

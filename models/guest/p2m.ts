/**
 * The P2M of a paravirtualised guest is an array of its own: what Xen has given is behind a page only once the guest has written that
 * entry, and what it gives back has no entry any more when the call is made. In scopes with the actor `p2m` each write is a step.
 *
 *   run     reserve.ok → p2mclear.ok (entries invalid) → … → add
 *   refill  populate.ok (frame in hand) … → populate.full → p2mset.ok … → p2mset.done (mutex released)
 *   fill    fill.ok … → fill.full → p2mset.ok … → add
 *   shrink  p2mdrop.ok (entry invalid, page on the list) … → decrease.ok … → decrease.done
 *
 * `over`: a live entry is overwritten; `bug`: the kernel stops there (3.1), and wherever the P2M has no room for the entry. `enomem`: no
 * leaf for the entry, which nobody looks at.
 * `stale`, `staleover`: the guest was saved and restored meanwhile, and the frame in hand is not its own any more; the call that gives
 * one back ends in a BUG (`decrease.bug`). No call is under way when a guest is suspended: it stops between calls and writes. A guest whose kernel stopped is followed no further.
 * Source: linux drivers/xen/balloon.c `increase_reservation`, `decrease_reservation`, `reserve_additional_memory`; drivers/xen/mem-reservation.c;
 * arch/x86/xen/p2m.c `set_phys_to_machine`, `xen_alloc_p2m_entry` (its BUG_ON beyond the P2M: test/logs/32-beyond-p2m).
 */
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import type { Balloon } from './balloon-growing.ts';
import { isNamed } from './reach.ts';

/** Each write of the P2M is a step: in a guest that has one, and whose driver does not write it under the lock that it populates under (2010). */
export const writesP2m = (protocol: Protocol, form: Form, scope: Scope): boolean =>
  has(scope, 'p2m') && form.p2mOwner === 'guest' && !fillsToTarget(protocol);

/** An entry may lack its leaf when it is written: nothing was there before (3.1). */
export const lacksLeaf = ({ invalidatesRun, populateFirst }: Protocol): boolean =>
  !invalidatesRun && !populateFirst;

/** Some section is beyond what the P2M has room for: the kernel stops where the first of its entries is written. */
const hasUnnamed = (protocol: Protocol, form: Form, scope: Scope): boolean =>
  Array.from({ length: scope.sections }, (_, n) => n).some((n) => !isNamed(n, protocol, form, scope));

/** What can become of a frame in hand. */
export function p2mSets(protocol: Protocol, form: Form, scope: Scope): readonly string[] {
  const stops = protocol.overLive === 'bugs';
  return [
    'p2mset.ok',
    ...(stops ? [] : ['p2mset.over']),
    ...(stops || hasUnnamed(protocol, form, scope) ? ['p2mset.bug'] : []),
    ...(lacksLeaf(protocol) ? ['p2mset.enomem'] : []),
    ...(canBeStale(protocol, scope)
      ? ['p2mset.stale', ...(protocol.overLive === 'bugs' ? [] : ['p2mset.staleover'])]
      : []),
  ];
}

const canBeStale = ({ freezes }: Protocol, scope: Scope): boolean =>
  has(scope, 'suspender', 'migrator') && !freezes;

const pages = (label: Label) => payload(label, 'pages');

/** The states of the balloon with each write as a step of its own. */
export function p2mSteps(
  states: Readonly<Record<string, Handlers<Balloon>>>,
  protocol: Protocol,
  form: Form,
  scope: Scope,
): Record<string, Handlers<Balloon>> {
  const sets = p2mSets(protocol, form, scope);
  const { reserved, refilling, shrinking, ...others } = states;
  const all = { ...others, ...(reserved === undefined ? {} : invalidated(reserved, protocol)) };
  return {
    ...Object.fromEntries(Object.entries(all).map(([state, moves]) => [state, counted(moves)])),
    ...refills(refilling ?? {}, protocol, sets),
    ...(protocol.populateFirst ? fills(all, protocol, sets) : {}),
    ...shrinks(shrinking ?? {}, protocol, scope),
    dead: {},
  };
}

/** The run in hand loses its identity entries before anything else is done with it. */
function invalidated(reserved: Handlers<Balloon>, protocol: Protocol): Record<string, Handlers<Balloon>> {
  const noLeaf = reserved['p2m.enomem'];
  if (!protocol.invalidatesRun || noLeaf === undefined) return { reserved };
  const mine = (c: Balloon, l: Label) => payload(l, 'first') === c.first && payload(l, 'count') === c.count;
  const after = Object.fromEntries(Object.entries(reserved).filter(([family]) => family !== 'p2m.enomem'));
  return {
    reserved: { 'p2m.enomem': noLeaf, 'p2mclear.ok': { when: mine, to: 'cleared' } },
    cleared: after,
  };
}

const listOf = (moves: Move<Balloon> | readonly Move<Balloon>[]): readonly Move<Balloon>[] =>
  Array.isArray(moves) ? moves : [moves as Move<Balloon>];

/** The moves of these families, changed. */
function changed(
  handlers: Handlers<Balloon>,
  families: readonly string[],
  also: (move: Move<Balloon>) => Move<Balloon>,
): Handlers<Balloon> {
  const there = families.filter((family) => family in handlers);
  const moves = there.map((family) => [family, listOf(handlers[family] ?? []).map(also)] as const);
  return { ...handlers, ...changedMoves(moves) };
}

const changedMoves = (moves: readonly (readonly [string, readonly Move<Balloon>[]])[]): Handlers<Balloon> =>
  Object.fromEntries(moves);

const EXTENTS = ['populate.ok', 'populate.over', 'fill.ok', 'fill.over'];
/** Every extent granted is a frame in hand. */
const counted = (handlers: Handlers<Balloon>): Handlers<Balloon> =>
  changed(handlers, EXTENTS, (move) => ({
    ...move,
    set: (c, l) => ({ ...move.set?.(c, l), unnamed: c.unnamed + pages(l) }),
  }));

/** A call that returned with frames; what follows it comes after the last of them has an entry. */
const returned = (handlers: Handlers<Balloon>, family: string, to: string): Handlers<Balloon> =>
  changed(handlers, [family], ({ when, set }) => ({
    ...(when === undefined ? {} : { when }),
    ...(set === undefined ? {} : { set }),
    to,
  }));

/** Entries are written; `then`, where the last of them is one step with what follows. */
function writing(sets: readonly string[], then?: string): Handlers<Balloon> {
  const less = (c: Balloon, l: Label) => ({ unnamed: c.unnamed - pages(l) });
  const moves: readonly Move<Balloon>[] =
    then === undefined
      ? [{ when: (c, l) => pages(l) <= c.unnamed, set: less }]
      : [
          { when: (c, l) => pages(l) < c.unnamed, set: less },
          { when: (c, l) => pages(l) === c.unnamed, set: less, to: then },
        ];
  return {
    ...each<Balloon>(
      sets.filter((family) => family !== 'p2mset.bug'),
      moves,
    ),
    ...(sets.includes('p2mset.bug')
      ? { 'p2mset.bug': { when: (c: Balloon, l: Label) => pages(l) <= c.unnamed, to: 'dead' } }
      : {}),
  };
}

function refills(
  refilling: Handlers<Balloon>,
  protocol: Protocol,
  sets: readonly string[],
): Record<string, Handlers<Balloon>> {
  // A short call that is taken for the limit ends elsewhere than a full one.
  const short = protocol.shortPopulate === 'hardLimit' ? 'namingShort' : 'naming';
  const calls = returned(returned(counted(refilling), 'populate.full', 'naming'), 'populate.short', short);
  const after = (family: string): Handlers<Balloon> => ({
    ...writing(sets),
    'p2mset.done': listOf(refilling[family] ?? []).map(({ to = 'asleep' }) => ({
      when: (c: Balloon) => c.unnamed === 0,
      to,
    })),
  });
  return {
    refilling: calls,
    naming: after('populate.full'),
    ...(short === 'naming' ? {} : { namingShort: after('populate.short') }),
  };
}

/** A run that is populated before it is added. */
function fills(
  states: Readonly<Record<string, Handlers<Balloon>>>,
  protocol: Protocol,
  sets: readonly string[],
): Record<string, Handlers<Balloon>> {
  const parts = Object.entries(states).filter(([, moves]) => 'fill.full' in moves);
  return {
    ...Object.fromEntries(
      parts.map(([state, moves]) => [
        state,
        returned(returned(counted(moves), 'fill.full', 'namingRun'), 'fill.short', 'namingPart'),
      ]),
    ),
    namingRun: writing(sets, 'filled'),
    namingPart: writing(sets, protocol.shortFill === 'ignored' ? 'filled' : 'filling'),
  };
}

/** All pages of a call lose their entries before it is made. */
function shrinks(
  shrinking: Handlers<Balloon>,
  protocol: Protocol,
  scope: Scope,
): Record<string, Handlers<Balloon>> {
  const given: Move<Balloon> = {
    when: (c, l) => pages(l) <= c.unnamed,
    set: (c, l) => ({ unnamed: c.unnamed - pages(l) }),
    to: 'decreasing',
  };
  const ended = changed(shrinking, ['decrease.done', 'decrease.nomem'], (move) => ({
    ...move,
    when: (c, l) => c.unnamed === 0 && (move.when?.(c, l) ?? true),
  }));
  const calls = {
    'decrease.ok': given,
    ...(canBeStale(protocol, scope) ? { 'decrease.bug': { to: 'dead' } } : {}),
  };
  return {
    shrinking: {
      ...ended,
      ...calls,
      'p2mdrop.ok': {
        when: (c, l) => pages(l) <= c.left,
        set: (c, l) => ({ left: c.left - pages(l), unnamed: c.unnamed + pages(l) }),
      },
    },
    decreasing: { ...ended, ...calls },
  };
}

/** Labels that only such a guest has. `runs`: those that can be reserved. */
export function p2mLabels(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  runs: readonly { readonly first: number; readonly count: number }[],
): Label[] {
  if (!writesP2m(protocol, form, scope)) return [];
  const hot = Array.from({ length: scope.sections }, (_, n) => n);
  const all = [...(scope.bootPages > 0 ? [BOOT] : []), ...hot];
  const page = (type: string, sections: readonly number[]) =>
    sections.map((section) => ({ type, section, pages: 1 }));
  const stale = canBeStale(protocol, scope);
  // Boot memory has its leaves, and nothing comes onto its list with a frame.
  const everywhere = ['p2mset.ok', 'p2mset.stale'];
  return [
    ...(protocol.invalidatesRun ? runs.map((run) => ({ type: 'p2mclear.ok', ...run })) : []),
    ...p2mSets(protocol, form, scope).flatMap((type) => page(type, everywhere.includes(type) ? all : hot)),
    { type: 'p2mset.done' },
    ...page('p2mdrop.ok', all),
    ...(stale ? page('decrease.bug', all) : []),
  ];
}

/**
 * Entries of a translated guest's P2M that are not RAM: a foreign or grant map, which somebody who borrows a page puts there, and a
 * device that is passed through. Xen destroys a domain that populates over one. In scopes with the actor `special`, in forms whose
 * P2M is Xen's.
 *
 *   a page lent:  lend.map ⇄ lend.unmap, then lend.free      back on the list while still mapped, where that order is not kept
 *   a populate over a special entry:  populate.special, fill.special      the end of the domain, which is followed no further
 *
 * Source: xen/arch/x86/mm/p2m.c `p2m_add_page`, `guest_physmap_add_entry`; linux drivers/xen/grant-table.c, drivers/xen/gntdev.c.
 */
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import type { Balloon } from '../guest/balloon-growing.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, lends, type Scope } from '../scope.ts';

export const hasSpecial = (form: Form, scope: Scope): boolean =>
  has(scope, 'special') && form.p2mOwner === 'xen';

const pages = (label: Label) => payload(label, 'pages');

/** Populates that end the domain; each is assigned a frame before Xen looks where it goes. */
export const CRASHES = ['populate.special', 'fill.special'] as const;
export const MAPS = ['lend.map', 'lend.unmap'] as const;

/** The balloon's states, with the end of its domain among them. */
export function specialSteps(
  states: Readonly<Record<string, Handlers<Balloon>>>,
): Record<string, Handlers<Balloon>> {
  const ends = (family: (typeof CRASHES)[number], moves: Handlers<Balloon>): Handlers<Balloon> => {
    const extent = moves[family.replace('special', 'ok')];
    if (extent === undefined) return {};
    const list: readonly Move<Balloon>[] = Array.isArray(extent) ? extent : [extent as Move<Balloon>];
    return each(
      [family],
      list.map(({ when }) => ({ ...(when === undefined ? {} : { when }), to: 'dead' })),
    );
  };
  const ended = Object.entries(states).map(([state, moves]) => {
    const more = { ...ends('populate.special', moves), ...ends('fill.special', moves) };
    return [state, Object.keys(more).length === 0 ? moves : { ...moves, ...more }] as const;
  });
  return { ...Object.fromEntries(ended), dead: {} };
}

/** Special entries of one section; all 0 where there are none. */
export interface Special {
  /** Of the pages lent, those that are mapped; of those on the list, those that still are. */
  readonly mapped: number;
  readonly listedMapped: number;
  /** A device decodes the interval (0 or 1). */
  readonly device: number;
}

export const NOTHING_SPECIAL: Special = { mapped: 0, listedMapped: 0, device: 0 };

interface Pages extends Special {
  readonly ballooned: number;
  readonly lent: number;
}

const listOf = (moves: Move<Pages> | readonly Move<Pages>[] | undefined): readonly Move<Pages>[] =>
  moves === undefined ? [] : Array.isArray(moves) ? moves : [moves as Move<Pages>];

const onlyWhen = (
  moves: Move<Pages> | readonly Move<Pages>[] | undefined,
  when: (c: Pages, l: Label) => boolean,
): readonly Move<Pages>[] =>
  listOf(moves).map((move) => ({ ...move, when: (c, l) => when(c, l) && (move.when?.(c, l) ?? true) }));

/** Pages on the list, or lent, some of which are mapped. */
function listed(own: Handlers<Pages>, { unmapsFirst }: Protocol): Handlers<Pages> {
  const plain = (c: Pages, l: Label) => c.lent - c.mapped >= pages(l);
  const free: Move<Pages> = {
    when: (c, l) => !unmapsFirst && !plain(c, l) && c.lent >= pages(l),
    set: (c, l) => ({
      lent: c.lent - pages(l),
      mapped: Math.min(c.mapped, c.lent - pages(l)),
      ballooned: c.ballooned + pages(l),
      listedMapped: c.listedMapped + pages(l) - (c.lent - c.mapped),
    }),
  };
  const empty = (c: Pages, l: Label) => c.ballooned - c.listedMapped >= pages(l);
  return {
    'populate.ok': onlyWhen(own['populate.ok'], (c, l) => c.device === 0 && empty(c, l)),
    'populate.special': {
      when: (c, l) => (c.device === 1 ? c.ballooned : c.listedMapped) >= pages(l),
    },
    'lend.take': onlyWhen(own['lend.take'], empty),
    'lend.map': {
      when: (c, l) => plain(c, l),
      set: (c, l) => ({ mapped: c.mapped + pages(l) }),
    },
    'lend.unmap': { when: (c, l) => c.mapped >= pages(l), set: (c, l) => ({ mapped: c.mapped - pages(l) }) },
    'lend.free': [...onlyWhen(own['lend.free'], plain), free],
  };
}

/** Every state of a hot-added section, `disordered` among them. */
export function specialSection<C extends Pages>(
  states: Readonly<Record<string, Handlers<C>>>,
  protocol: Protocol,
): Record<string, Handlers<C>> {
  const device: Handlers<Pages> = {
    intrude: { set: () => ({ device: 1 }) },
    withdraw: { set: () => ({ device: 0 }) },
  };
  const changed = Object.entries(states as unknown as Record<string, Handlers<Pages>>).map(
    ([state, own]): [string, Handlers<Pages>] => {
      const free = (c: Pages) => c.device === 0;
      const fills: Handlers<Pages> =
        'fill.ok' in own
          ? {
              'fill.ok': onlyWhen(own['fill.ok'], free),
              'fill.over': onlyWhen(own['fill.over'], free),
              'fill.special': { when: (c) => c.device === 1 },
            }
          : {};
      return [state, { ...own, ...device, ...fills, ...('populate.ok' in own ? listed(own, protocol) : {}) }];
    },
  );
  return Object.fromEntries(changed) as unknown as Record<string, Handlers<C>>;
}

/** Boot memory: nothing decodes it. */
export const specialBoot = <C extends Pages>(own: Handlers<C>, protocol: Protocol): Handlers<C> =>
  ({ ...own, ...listed(own as unknown as Handlers<Pages>, protocol) }) as unknown as Handlers<C>;

/** Only where there can be any. */
export const specialQuantities = ({ mapped, listedMapped, device }: Special) => ({
  mapped,
  listedMapped,
  device,
});

export function specialLabels(protocol: Protocol, form: Form, scope: Scope): Label[] {
  if (!hasSpecial(form, scope)) return [];
  const hot = Array.from({ length: scope.sections }, (_, n) => n);
  const all = [...(scope.bootPages > 0 ? [BOOT] : []), ...hot];
  const page = (type: string, sections: readonly number[]) =>
    sections.map((section) => ({ type, section, pages: 1 }));
  return [
    ...page('populate.special', all),
    ...(protocol.populateFirst ? page('fill.special', hot) : []),
    ...(lends(scope) ? MAPS.flatMap((type) => page(type, all)) : []),
  ];
}

/**
 * Adder: somebody else who adds memory to the guest, as the kernel does for a DIMM that firmware announces (ACPI), or a device driver
 * for memory of its own. It finds its interval free in iomem, registers it and adds it under device_hotplug, in one step: nobody sees
 * a part of it. Its frames come with it and are counted neither by the driver nor as the domain’s (the constant k of the reference).
 * A section of it is `foreign`. It goes online like any other, and the online-page callback is one for the whole kernel:
 *   asOwn    its pages go where the driver’s own go (`xen_online_page` asks nobody whose they are)
 *   dropped  they go nowhere: the block is online and none of its pages can be used (hv_balloon until 2025)
 * Source: linux drivers/acpi/acpi_memhotplug.c `acpi_memory_enable_device`, mm/memory_hotplug.c `__add_memory`, `set_online_page_callback`.
 */
import type { ModelChart, Quantities } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, each, type Handlers, type Move, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { blocksOf, has, type Scope } from '../scope.ts';
import { both } from './section-there.ts';

export const hasAdder = (scope: Scope): boolean => has(scope, 'dimm');

/** A DIMM is one memory block. */
export const dimmLabels = (scope: Scope): Label[] =>
  hasAdder(scope)
    ? Array.from({ length: blocksOf(scope) }, (_, block) => ({
        type: 'dimm.add',
        first: block * scope.sectionsPerBlock,
        count: scope.sectionsPerBlock,
      }))
    : [];

interface Adder {
  /** Frames that came with what it has added. */
  readonly brought: number;
}

export function adderChart({ pagesPerSection }: Scope): ModelChart {
  return chart<Adder>({
    id: 'adder',
    kind: 'adder',
    actor: 'adder',
    families: role('initiates', 'dimm.add'),
    context: { brought: 0 },
    initial: 'there',
    states: {
      there: {
        'dimm.add': { set: (c, l) => ({ brought: c.brought + payload(l, 'count') * pagesPerSection }) },
      },
    },
    observe: (c) => ({ ...c }),
    show: (c) => `has added ${c.brought} pages`,
  });
}

/** Of a section that somebody else added. */
export interface Foreign {
  readonly foreign: number;
  /** Its pages that the callback gave to nobody. */
  readonly dropped: number;
}
export const NOTHING_FOREIGN: Foreign = { foreign: 0, dropped: 0 };

interface Pages extends Foreign {
  readonly offlineBacked: number;
  readonly balloonedBacked: number;
  readonly lentBacked: number;
}

/** The states of a section, where others add memory too. */
export function adderSection<C extends Pages>(
  own: Readonly<Record<string, Handlers<C>>>,
  { foreignPages }: Protocol,
  size: number,
): Record<string, Handlers<C>> {
  const arrives = { set: () => ({ foreign: 1, offlineBacked: size }) as Partial<C>, to: 'added' };
  return Object.fromEntries(
    Object.entries(own).map(([state, handlers]) => [
      state,
      {
        ...handlers,
        'dimm.add': state === 'free' ? arrives : { to: 'disordered' },
        ...(foreignPages === 'dropped' ? dropping(handlers) : {}),
      },
    ]),
  );
}

/** A page that the callback drops, and a block that has one stays online. */
function dropping<C extends Pages>(handlers: Handlers<C>): Handlers<C> {
  const first = (family: string): Move<C> | undefined => {
    const moves = handlers[family];
    return (Array.isArray(moves) ? moves[0] : moves) as Move<C> | undefined;
  };
  const unless = (move: Move<C>, not: (c: C) => boolean): Move<C> => ({
    ...move,
    when: (c, l) => !not(c) && (move.when?.(c, l) ?? true),
  });
  const page = first('online.page');
  const isolated = first('offline.begin');
  return {
    ...(page === undefined
      ? {}
      : each<C>(both('page'), [
          unless(page, (c) => c.foreign === 1),
          {
            when: (c, l) => c.foreign === 1 && c.offlineBacked >= payload(l, 'pages'),
            set: (c, l) =>
              ({
                offlineBacked: c.offlineBacked - payload(l, 'pages'),
                dropped: c.dropped + payload(l, 'pages'),
              }) as Partial<C>,
          },
        ])),
    ...(isolated === undefined ? {} : { 'offline.begin': unless(isolated, (c) => c.dropped > 0) }),
  };
}

/** Pages of it that should be with the allocator, and are on the list of a driver that never had them, lent by it, or with nobody. */
export const foreignQuantities = (c: Pages): Quantities => ({
  astray: c.foreign === 1 ? c.balloonedBacked + c.lentBacked + c.dropped : 0,
});

/**
 * What a memory manager sees of its host: Xen's counters, as they change.
 */
import { payload } from '../../src/core/label.ts';
import { each, type Handlers } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { GRANTS, RETURNS } from './hypervisor.ts';

/** Frames of the guest, of its neighbour, and of the heap. */
export interface Seen {
  readonly guest: number;
  readonly other: number;
  readonly free: number;
}

/** `marks`: what else changes when one of them has so many frames more (or fewer). */
export function seeing<C extends Seen>(
  { decreaseFrees, returnsToHeap }: Protocol,
  marks: (c: C, who: 'guest' | 'other', by: number) => Partial<C>,
): Handlers<C> {
  const guest = (sign: 1 | -1, moved: boolean, freed: boolean) => ({
    set: (c: C, l: Parameters<typeof payload>[0]): Partial<C> => {
      const by = moved ? sign * payload(l, 'pages') : 0;
      const back = freed ? -sign * payload(l, 'pages') : 0;
      return { guest: c.guest + by, free: c.free + back, ...marks(c, 'guest', by) } as Partial<C>;
    },
  });
  const other = (sign: 1 | -1) => ({
    set: (c: C, l: Parameters<typeof payload>[0]): Partial<C> => {
      const by = sign * payload(l, 'pages');
      return { other: c.other + by, free: c.free - by, ...marks(c, 'other', by) } as Partial<C>;
    },
  });
  const heap = (sign: 1 | -1) => ({
    set: (c: C, l: Parameters<typeof payload>[0]) =>
      ({ free: c.free + sign * payload(l, 'pages') }) as Partial<C>,
  });
  return {
    ...each<C>(GRANTS, guest(1, true, true)),
    ...each<C>(RETURNS, guest(-1, decreaseFrees, decreaseFrees && returnsToHeap)),
    'neighbour.take': other(1),
    'neighbour.give': other(-1),
    'host.take': heap(-1),
    'host.give': heap(1),
    'build.gone': heap(1),
  };
}

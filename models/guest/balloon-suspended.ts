/**
 * Where the balloon driver may be when its guest is suspended, or stopped to be moved.
 * Source: linux drivers/xen/balloon.c `balloon_thread` (set_freezable), drivers/xen/manage.c `do_suspend`.
 */

import { STOPS } from '../host/migrator.ts';
import { each, type Handlers, type Move, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Balloon } from './balloon-growing.ts';

/** Whether a guest may be stopped there: not in a hypercall, of which some extents are done. */
const outsideCalls = (state: string): Move<Balloon> =>
  ['refilling', 'filling', 'cleared'].includes(state)
    ? { when: (c) => c.got === 0 }
    : { when: () => state !== 'decreasing' && state !== 'dead' };

/** A thread that freezes parks only where it sleeps; anybody else may be stopped wherever they are (`between`: save in a call). */
export function suspendable(
  states: Readonly<Record<string, Handlers<Balloon>>>,
  { freezes }: Protocol,
  between: boolean,
): Record<string, Handlers<Balloon>> {
  const stops = (state: string): Handlers<Balloon> => {
    if (freezes && state !== 'asleep') return {};
    return each<Balloon>(STOPS, between ? outsideCalls(state) : stay);
  };
  return Object.fromEntries(
    Object.entries(states).map(([state, handlers]) => [state, { ...handlers, ...stops(state) }]),
  );
}

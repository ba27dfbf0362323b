/**
 * A kernel built without balloon hotplug (XEN_BALLOON_MEMORY_HOTPLUG off): a driver whose list is empty cannot grow, so it makes the
 * target what there is, and gives the order up: `clamp(count, pages)`, where `count` of the pages are lent.
 * What was ordered in the meantime is overwritten unread (W3i). Until 2019 the pages that are lent were forgotten there.
 * Source: linux drivers/xen/balloon.c `reserve_additional_memory` (the second of that name).
 */
import { type Label, payload } from '../../src/core/label.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { lends, type Scope } from '../scope.ts';
import type { Balloon } from './balloon-growing.ts';
import { lentMax } from './page-user.ts';

/** States of the balloon's chart: nothing is reserved, the order is given up. */
export const clamping = (
  states: Readonly<Record<string, Handlers<Balloon>>>,
  { hotplugs }: Protocol,
  givenUp: Move<Balloon>,
): Readonly<Record<string, Handlers<Balloon>>> =>
  hotplugs
    ? states
    : {
        ...states,
        reserving: {
          ...each<Balloon>(Object.keys(states['reserving'] ?? {}), { when: () => false }),
          clamp: givenUp,
        },
      };

/** The family, where there is such a step. */
export const clampOf = ({ hotplugs }: Protocol): readonly string[] => (hotplugs ? [] : ['clamp']);

/** What the driver has, with what is lent of it or (until 2019) without. */
export const clampsTo = ({ clampCountsLent }: Protocol, current: number, label: Label): boolean =>
  payload(label, 'pages') === current + (clampCountsLent ? payload(label, 'count') : 0);

export function clampLabels(protocol: Protocol, scope: Scope): Label[] {
  if (protocol.hotplugs) return [];
  const upTo = (n: number) => Array.from({ length: n + 1 }, (_, i) => i);
  return upTo(lends(scope) ? lentMax(scope) : 0).flatMap((count) =>
    upTo(scope.hostPages + count).map((pages) => ({ type: 'clamp', count, pages })),
  );
}

/**
 * The reserve step has two callers: the balloon thread, and (hotplug_unpopulated=1) whoever borrows pages and finds the list empty.
 * The second takes the same steps under names of its own, and what reacts to them reacts the same way. balloon_mutex keeps
 * the two apart, save where it is dropped around add: then the second reads the total of before (W2c, W3a).
 * Source: linux drivers/xen/balloon.c `add_ballooned_pages`, `reserve_additional_memory`.
 */
import type { ChartSpec } from './kit.ts';
import type { Protocol } from './protocol.ts';
import { has, type Scope } from './scope.ts';

/** Family of the balloon thread → of the second caller. */
const SECOND: Readonly<Record<string, string>> = {
  'need.none': 'userneed.none',
  'reserve.ok': 'userreserve.ok',
  'reserve.nogap': 'userreserve.nogap',
  'p2m.enomem': 'userp2m.enomem',
  'add.ok': 'useradd.ok',
  release: 'userrelease',
  'count.done': 'usercount.done',
};
const FIRST = Object.fromEntries(Object.entries(SECOND).map(([first, second]) => [second, first]));

/** Only a driver that claims before it adds, and adds empty memory, has the reserve step that others may call. */
export const callsReserve = (protocol: Protocol): boolean => protocol.claimFirst && !protocol.populateFirst;

export const hasSecondCaller = (protocol: Protocol, scope: Scope): boolean =>
  has(scope, 'hotplugUser') && callsReserve(protocol);

/** A chart that reacts to the second caller as it does to the first. */
export function forBoth<C extends object>(
  spec: ChartSpec<C>,
  protocol: Protocol,
  scope: Scope,
): ChartSpec<C> {
  if (!hasSecondCaller(protocol, scope)) return spec;
  const also = <T>(of: Readonly<Record<string, T>>) => ({ ...of, ...secondOf(of) });
  const { owns } = spec;
  return {
    ...spec,
    families: Object.fromEntries(
      Object.entries(also(spec.families)).map(([family, as]) => [
        family,
        as === 'initiates' && FIRST[family] !== undefined ? 'decides' : as,
      ]),
    ),
    ...(owns === undefined ? {} : { owns: (l) => owns({ ...l, type: FIRST[l.type] ?? l.type }) }),
    states: Object.fromEntries(
      Object.entries(spec.states).map(([state, handlers]) => [state, also(handlers)]),
    ),
  };
}

function secondOf<T>(of: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(SECOND).flatMap(([first, second]) => {
      const same = of[first];
      return same === undefined ? [] : [[second, same] as const];
    }),
  );
}

/**
 * The reserve step has two callers: the balloon thread, and (hotplug_unpopulated=1) whoever borrows pages and finds the list empty.
 * The second takes the same steps under names of its own, and what reacts to them reacts the same way. balloon_mutex keeps
 * the two apart, save where it is dropped around add: then the second reads the total of before (W2c, W3a).
 * Source: linux drivers/xen/balloon.c `add_ballooned_pages`, `reserve_additional_memory`.
 */
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';

/** Family of the balloon thread → of the second caller. */
const SECOND = {
  'need.none': 'userneed.none',
  'reserve.ok': 'userreserve.ok',
  'reserve.nogap': 'userreserve.nogap',
  'p2m.enomem': 'userp2m.enomem',
  'p2mclear.ok': 'userp2mclear.ok',
  'add.ok': 'useradd.ok',
  'add.eexist': 'useradd.eexist',
  'add.enomem': 'useradd.enomem',
  release: 'userrelease',
  'count.done': 'usercount.done',
} as const;

/** The family that this one stands for. */
export const firstOf = (family: string): string | undefined =>
  Object.entries(SECOND).find(([, second]) => second === family)?.[0];

/** What is done, whoever of the two does it. */
export const deed = (family: string): string => firstOf(family) ?? family;

/** Only a driver that claims before it adds, and adds empty memory, has the reserve step that others may call. */
export const hasSecondCaller = (protocol: Protocol, scope: Scope): boolean =>
  has(scope, 'hotplugUser') && protocol.claimFirst && !protocol.populateFirst;

/** For a chart that reacts to the second caller as it does to the first. */
export const secondCaller = (protocol: Protocol, scope: Scope) =>
  hasSecondCaller(protocol, scope) ? { also: SECOND } : {};

/**
 * The families that a protocol draws from in a scope (as in alphabet.ts; a test compares them), each with its weight.
 */
import type { Form } from '../form.ts';
import { hasAdder } from '../guest/adder.ts';
import { looksFirst } from '../guest/first-look.ts';
import { clampOf } from '../guest/no-hotplug.ts';
import { hasFar } from '../guest/reach.ts';
import { removesBlocks, removingLabels } from '../guest/removing.ts';
import { decisions, sleeps, wakes } from '../guest/wakes.ts';
import { isReferred } from '../host/references.ts';
import { unmappedFamilies } from '../host/unmapped.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import { has, onlinedByHand, onlinedByKernel, type Scope } from '../scope.ts';
import { claimFamilies } from './claims.ts';
import { hostFamilies } from './hosts.ts';
import { lendingFamilies } from './lending.ts';
import { p2mFamilies } from './p2m.ts';
import { podFamilies } from './pod.ts';
import { scratchWeights } from './scratch.ts';
import { specialFamilies } from './special.ts';
import { OPERATIONS } from './tool.ts';

/** Rare beside the steps of the driver, so that orders get somewhere. */
const ENVIRONMENT = 0.02;
/** An order that has been begun is soon given. */
const ORDER = 0.2;
/** What would hardly ever come otherwise. */
const OFTEN = 4;
/** Failures that may always come. */
const FAILURE = 0.25;
const FAILURES = [
  ...['reserve.nogap', 'find.none', 'place.none', 'p2m.enomem', 'add.enomem', 'add.eexist', 'decrease.nomem'],
  ...['populate.unmapped', 'fill.unmapped'],
  ...['online.veto', 'autoonline.veto', 'offline.cancel', 'offline.ebusy'],
];
const when = (on: boolean, ...families: readonly string[]) => (on ? families : []);
const verb = (name: string, ...outcomes: readonly string[]) => outcomes.map((one) => `${name}.${one}`);

/** By family: its weight when nothing else speaks for one. */
export function familiesOf(protocol: Protocol, form: Form, scope: Scope): Record<string, number> {
  const undoes = protocol.rollbackOnAddFailure || protocol.shortFill === 'retried';
  const own = protocol.driverOnlines;
  const kept = protocol.callback === 'testP2m' ? ['kept'] : [];
  const driver = [
    ...decisions(protocol).flatMap((decision) => wakes(decision, protocol)),
    ...when(sleeps(protocol), 'sleep'),
    ...when(protocol.runs === 'work', 'work.delay'),
    ...when(protocol.mutexOver === 'run', 'work.stop'),
    ...verb('populate', 'ok', 'over', 'full', 'short', 'refused'),
    ...verb('decrease', 'ok', 'done', 'nomem'),
    ...when(!protocol.decreaseProgresses, 'decrease.restart'),
    ...clampOf(protocol),
    ...when(protocol.bindsBootLimit || (protocol.addChecksReach && hasFar(scope)), 'add.e2big'),
    ...(protocol.claimFirst
      ? ['need.none', 'reserve.ok', 'reserve.nogap']
      : verb(protocol.addsAt === 'end' ? 'place' : 'find', 'ok', 'none')),
    ...when(protocol.claimFirst && form.p2mOwner === 'guest' && protocol.invalidatesRun, 'p2m.enomem'),
    ...when(protocol.populateFirst, ...verb('fill', 'ok', 'over', 'full', 'short', 'refused')),
    ...when(protocol.populateFirst && protocol.shortFill === 'retried', 'fill.retry'),
    ...when(fillsToTarget(protocol), 'fill.outside', 'forfeit'),
    ...when(fillsToTarget(protocol) && protocol.forfeits === 'targetFollows', 'adopt'),
    ...when(protocol.populateFirst && undoes, 'undo.begin', 'unfill.ok'),
    ...when(protocol.dropMutexOverAdd, 'mutex.drop'),
    ...verb('add', 'begin', 'ok', 'eexist', 'enomem', 'end'),
    ...when(scope.sectionsPerBlock > 1, 'add.einval'),
    ...when((protocol.claimFirst && !fillsToTarget(protocol)) || undoes, 'release'),
    ...when(protocol.countTotal || protocol.countCurrent || protocol.expects, 'count.done'),
    ...when(own || onlinedByKernel(scope), ...verb('autoonline', 'begin', 'page', ...kept, 'done', 'veto')),
    ...when(own && !protocol.onlineInsideAdd, 'autoonline.einval'),
    ...when(own && protocol.onlineInsideAdd, 'remove.ok'),
    ...unmappedFamilies(protocol, scope),
    ...new Set(
      removingLabels(protocol, { ...scope, sections: scope.sectionsPerBlock }).map(({ type }) => type),
    ),
  ];
  const people = when(onlinedByHand(scope), ...verb('online', 'begin', 'page', ...kept, 'done', 'veto'));
  const orders = [
    'max.set',
    'target.set',
    ...when(has(scope, 'libxl'), ...OPERATIONS),
    ...when(looksFirst(scope), 'look.first'),
  ];
  const others = [
    ...when(scope.offliner, ...verb('offline', 'begin', 'ebusy', 'done', 'cancel')),
    ...when(scope.rival, 'intrude', 'withdraw'),
    ...when(hasAdder(scope), 'dimm.add'),
    ...when(scope.otherDomain, 'host.take', 'host.give'),
    ...claimFamilies(protocol, scope),
    ...when(isReferred(scope), 'decrease.held', 'ref.drop'),
  ];
  return Object.fromEntries([
    ...[...driver, ...people].map((family) => [family, FAILURES.includes(family) ? FAILURE : 1] as const),
    ...others.map((family) => [family, ENVIRONMENT * (FAILURES.includes(family) ? FAILURE : 1)] as const),
    ...orders.map((family) => [family, ORDER] as const),
    ...Object.entries(podFamilies(form, scope, { rare: ENVIRONMENT, order: ORDER })),
    ...Object.entries(hostFamilies(scope, { rare: ENVIRONMENT, order: ORDER })),
    ...Object.entries(specialFamilies(protocol, form, scope, ENVIRONMENT)),
    ...Object.entries(p2mFamilies(protocol, form, scope, FAILURE)),
    ...Object.entries(scratchWeights(protocol, form, scope, { rare: ENVIRONMENT, failure: FAILURE })),
    ...Object.entries(lendingFamilies(protocol, scope, { rare: ENVIRONMENT, failure: FAILURE })),
    // Once begun, it goes on.
    ...when(scope.offliner, 'offline.done').map((family) => [family, 1] as const),
    ...when(scope.offliner, 'offline.cancel').map((family) => [family, FAILURE] as const),
    // A block is given back only while it is offline, and a shrink would take the order from it.
    ...when(removesBlocks(protocol) && scope.offliner, 'offline.begin').map(
      (family) => [family, ORDER] as const,
    ),
    ...when(removesBlocks(protocol), ...wakes('vacate', protocol)).map((family) => [family, OFTEN] as const),
  ]);
}

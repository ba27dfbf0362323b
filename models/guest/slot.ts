/**
 * Slot: who holds one section-sized interval of iomem_resource. Two holders are representable.
 *   free ⇄ driver (reserve, release)     free ⇄ rival (intrude, withdraw)     both
 *   driver → refused → left   add found something there: where a driver remembers that, and until somebody registers there
 *   free → others   somebody else has added memory there, for good (adder.ts)
 *   free ⇄ scratch                       the scratch allocator (scratch.ts) takes a section and, where it cannot map it, gives it back
 *   hidden ⇄ overHidden                  a device that is not in iomem, which therefore gives its interval away
 * Where add itself claims a run, iomem says of the run as a whole: the first interval of it that somebody has is in the label.
 * iomem decides who gets an interval; a driver that does not ask it ends up in `both`.
 * `reserve.nogap` is no slot's: `additional_memory_resource` also fails for want of memory for the resource itself.
 * Source: linux kernel/resource.c `allocate_resource`, `request_resource`, `release_resource`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { covers, type Label, payload } from '../../src/core/label.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { hasAdder } from './adder.ts';
import { hasScratch } from './scratch.ts';
import { secondCaller } from './second-caller.ts';

type NoContext = Record<string, never>;
const BOTH = ['both', 'overHidden'];
const FAILED_ADDS = ['add.eexist', 'add.enomem'];
const RUNS = ['reserve.ok', 'release', 'p2m.enomem', 'add.ok', 'dimm.add', ...FAILED_ADDS];

/** The interval that somebody has, where add found one. */
const conflict = (l: Label): number => l.section ?? payload(l, 'first');

export function slotChart(index: number, protocol: Protocol, scope: Scope): ModelChart {
  const isHidden = index === 0 && has(scope, 'hiddenDevice');
  const remembers = protocol.claimFirst && protocol.refusedRange !== 'forgotten';
  const early = protocol.addReleases ? FAILED_ADDS : [];
  const scratch = hasScratch(scope) && protocol.registersScratch;
  return chart<NoContext>({
    id: `slot[${index}]`,
    kind: 'slot',
    index,
    actor: 'kernel',
    families: {
      ...role('decides', 'reserve.ok', 'find.ok', 'intrude'),
      ...(protocol.claimFirst ? {} : role('decides', 'add.ok', 'add.eexist')),
      ...(hasAdder(scope) ? role('decides', 'dimm.add') : {}),
      ...role(
        'observes',
        'release',
        'p2m.enomem',
        'withdraw',
        ...early,
        ...(remembers ? ['add.eexist'] : []),
      ),
      ...(scratch ? { ...role('decides', 'scratch.reserve'), ...role('observes', 'scratch.enomem') } : {}),
    },
    owns: (l) => {
      if (!RUNS.includes(l.type)) return payload(l, 'section') === index;
      // The search ends at the first conflict.
      return covers(l, index) && (l.section === undefined || index <= l.section);
    },
    ...secondCaller(protocol, scope),
    context: {},
    initial: isHidden ? 'hidden' : 'free',
    states: holders(index, protocol, { isHidden, remembers, early, scratch, adder: hasAdder(scope) }),
    observe: (_, value) => ({
      holders: ['free', 'left'].includes(value) ? 0 : BOTH.includes(value) ? 2 : 1,
      rival: [...BOTH, 'rival', 'others', 'hidden'].includes(value) ? 1 : 0,
      driver: [...BOTH, 'driver', 'refused'].includes(value) ? 1 : 0,
      refused: value === 'left' ? 1 : 0,
      ...(hasScratch(scope) ? { scratch: value === 'scratch' ? 1 : 0 } : {}),
    }),
    show: (_, value) => value,
  });
}

interface Kind {
  /** A device has the interval, and iomem does not know. */
  readonly isHidden: boolean;
  /** The driver remembers what add refused. */
  readonly remembers: boolean;
  /** Failures of add that release the run. */
  readonly early: readonly string[];
  /** The scratch allocator registers what it takes. */
  readonly scratch: boolean;
  /** Somebody else adds memory. */
  readonly adder: boolean;
}

function holders(
  index: number,
  protocol: Protocol,
  { isHidden, remembers, early, scratch, adder }: Kind,
): Record<string, Handlers<NoContext>> {
  // Where add itself claims the run, iomem decides between its outcomes: a free interval is claimed, or lies before the conflict.
  const claimed = (to: string): Handlers<NoContext> =>
    protocol.claimFirst ? {} : { 'add.ok': { to }, 'add.eexist': { when: (_, l) => conflict(l) !== index } };
  const refused: Handlers<NoContext> = protocol.claimFirst
    ? {}
    : { 'add.eexist': { when: (_, l) => conflict(l) === index } };
  const told = (to?: string): Handlers<NoContext> =>
    remembers ? { 'add.eexist': to === undefined ? stay : { to } } : {};
  const giveBack = (to: string): Handlers<NoContext> => ({
    ...each<NoContext>([...early, 'p2m.enomem'], { to }),
    release: protocol.releasesEach ? { to } : [{ when: (_, l) => payload(l, 'count') === 1, to }, stay],
  });
  return {
    ...(isHidden
      ? {
          // iomem sees an interval that nobody has.
          hidden: {
            'reserve.ok': { to: 'overHidden' },
            'find.ok': stay,
            withdraw: stay,
            ...told(),
            ...claimed('overHidden'),
            ...giveBack('hidden'),
          },
          overHidden: { withdraw: stay, ...told(), ...refused, ...giveBack('hidden') },
        }
      : {}),
    free: {
      'reserve.ok': { to: 'driver' },
      'find.ok': stay,
      intrude: { to: 'rival' },
      ...(adder ? { 'dimm.add': { to: 'others' } } : {}),
      withdraw: stay,
      ...(scratch ? { 'scratch.reserve': { to: 'scratch' } } : {}),
      ...told(),
      ...claimed('driver'),
      ...giveBack('free'),
    },
    ...(scratch
      ? {
          scratch: {
            'scratch.enomem': protocol.releasesScratch ? { to: 'free' } : stay,
            withdraw: stay,
            ...told(),
            ...refused,
            ...giveBack('scratch'),
          },
        }
      : {}),
    driver: { withdraw: stay, ...refused, ...told('refused'), ...giveBack('free') },
    ...(remembers
      ? {
          refused: { withdraw: stay, ...told(), ...giveBack('left') },
          left: {
            ...(protocol.refusedRange === 'askedAgain' ? { 'reserve.ok': { to: 'driver' } } : {}),
            intrude: { to: 'rival' },
            withdraw: stay,
            ...told(),
            ...giveBack('left'),
          },
        }
      : {}),
    rival: {
      ...(protocol.asksIomem ? {} : { 'reserve.ok': { to: 'both' } }),
      withdraw: { to: 'free' },
      ...told(),
      ...refused,
      ...giveBack('rival'),
    },
    ...(adder
      ? {
          others: {
            ...(protocol.asksIomem ? {} : { 'reserve.ok': { to: 'both' } }),
            withdraw: stay,
            ...told(),
            ...refused,
            ...giveBack('others'),
          },
        }
      : {}),
    both: { withdraw: { to: 'driver' }, ...told(), ...refused, ...giveBack('rival') },
  };
}

/**
 * Slot: who holds one section-sized interval of iomem_resource. Two holders are representable.
 *   free ⇄ driver (reserve, release)     free ⇄ rival (intrude, withdraw)     both
 *   driver → refused → left   add found something there: where a driver remembers that, and until somebody registers there
 *   free → others   somebody else has added memory there, for good (adder.ts)
 *   free ⇄ scratch                       the scratch allocator (scratch.ts) takes a section and, where it cannot map it, gives it back
 *   hidden ⇄ overHidden                  a device that is not in iomem, which therefore gives its interval away
 * iomem decides who gets an interval; a driver that does not ask it ends up in `both`.
 * `reserve.nogap` is no slot's: `additional_memory_resource` also fails for want of memory for the resource itself.
 * Source: linux kernel/resource.c `allocate_resource`, `request_resource`, `release_resource`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { covers, payload } from '../../src/core/label.ts';
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

export function slotChart(index: number, protocol: Protocol, scope: Scope): ModelChart {
  // Where add itself claims the interval, iomem decides between its outcomes.
  const claiming = (to?: string): Handlers<NoContext> =>
    protocol.claimFirst ? {} : to === undefined ? { 'add.eexist': stay } : { 'add.ok': { to } };
  const isHidden = index === 0 && has(scope, 'hiddenDevice');
  const remembers = protocol.claimFirst && protocol.refusedRange !== 'forgotten';
  const told = (to?: string): Handlers<NoContext> =>
    remembers ? { 'add.eexist': to === undefined ? stay : { to } } : {};
  const early = protocol.addReleases ? FAILED_ADDS : [];
  const giveBack = (to: string): Handlers<NoContext> => ({
    ...each<NoContext>([...early, 'p2m.enomem'], { to }),
    release: protocol.releasesEach ? { to } : [{ when: (_, l) => payload(l, 'count') === 1, to }, stay],
  });
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
    owns: (l) => (RUNS.includes(l.type) ? covers(l, index) : payload(l, 'section') === index),
    ...secondCaller(protocol, scope),
    context: {},
    initial: isHidden ? 'hidden' : 'free',
    states: {
      ...(isHidden
        ? {
            // iomem sees an interval that nobody has.
            hidden: {
              'reserve.ok': { to: 'overHidden' },
              'find.ok': stay,
              withdraw: stay,
              ...told(),
              ...claiming('overHidden'),
              ...giveBack('hidden'),
            },
            overHidden: { withdraw: stay, ...told(), ...claiming(), ...giveBack('hidden') },
          }
        : {}),
      free: {
        'reserve.ok': { to: 'driver' },
        'find.ok': stay,
        intrude: { to: 'rival' },
        ...(hasAdder(scope) ? { 'dimm.add': { to: 'others' } } : {}),
        withdraw: stay,
        ...(scratch ? { 'scratch.reserve': { to: 'scratch' } } : {}),
        ...told(),
        ...claiming('driver'),
        ...giveBack('free'),
      },
      ...(scratch
        ? {
            scratch: {
              'scratch.enomem': protocol.releasesScratch ? { to: 'free' } : stay,
              withdraw: stay,
              ...told(),
              ...claiming(),
              ...giveBack('scratch'),
            },
          }
        : {}),
      driver: { withdraw: stay, ...claiming(), ...told('refused'), ...giveBack('free') },
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
        ...claiming(),
        ...giveBack('rival'),
      },
      ...(hasAdder(scope)
        ? {
            others: {
              ...(protocol.asksIomem ? {} : { 'reserve.ok': { to: 'both' } }),
              withdraw: stay,
              ...told(),
              ...claiming(),
              ...giveBack('others'),
            },
          }
        : {}),
      both: { withdraw: { to: 'driver' }, ...told(), ...claiming(), ...giveBack('rival') },
    },
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

/**
 * Locks: who holds what. Order: device_hotplug before balloon_mutex.
 *   balloon_mutex    the thread over each step; the online-page callback for one page run; whoever borrows pages over a request
 *   device_hotplug   one adder, onliner or offliner at a time; mem_hotplug is taken under it, and has a chart of its own only
 *                    where add takes nothing else
 *   device           of one block; only where its order against the hotplug lock is in question
 * Taking and releasing are part of the labels that do it.
 * Source: linux drivers/xen/balloon.c (comment above lock_device_hotplug in reserve_additional_memory), drivers/base/core.c.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { covers, payload } from '../../src/core/label.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { hasAdder } from './adder.ts';
import { clampOf } from './no-hotplug.ts';
import { removesBlocks } from './removing.ts';
import { decisions, wakes } from './wakes.ts';

type NoContext = Record<string, never>;

/** What a lock does with each family: taken from free, released by its holder, passed through while free (or held). */
interface LockSpec {
  readonly takes: Readonly<Record<string, readonly string[]>>;
  readonly releases: Readonly<Record<string, readonly string[]>>;
  readonly needsFree: readonly string[];
  /** Accepted by a holder without a change. */
  readonly nested?: Readonly<Record<string, readonly string[]>>;
}

function lockChart(id: string, kind: string, spec: LockSpec): ModelChart {
  const holders = Object.keys(spec.takes);
  const free: Record<string, Handlers<NoContext>[string]> = { ...each<NoContext>(spec.needsFree, stay) };
  for (const holder of holders)
    Object.assign(free, each<NoContext>(spec.takes[holder] ?? [], { to: holder }));
  const states: Record<string, Handlers<NoContext>> = { free };
  for (const holder of holders) {
    states[holder] = {
      ...each<NoContext>(spec.releases[holder] ?? [], { to: 'free' }),
      ...each<NoContext>(spec.nested?.[holder] ?? [], stay),
    };
  }
  return chart<NoContext>({
    id,
    kind,
    actor: 'lock',
    families: role('grants', ...new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers)))),
    context: {},
    initial: 'free',
    states,
    observe: (_, value) => ({
      held: value === 'free' ? 0 : 1,
      // A lock that the driver never takes stands in nobody's way.
      byUser: value === 'user' && holders.includes('thread') ? 1 : 0,
      byThread: value === 'thread' ? 1 : 0,
      byBorrower: value === 'pageUser' ? 1 : 0,
    }),
    show: (_, value) => (value === 'free' ? 'free' : `held by ${value}`),
  });
}

/** Whoever borrows pages: takes balloon_mutex for a request, again after a wait or a failed add, and for each page returned. */
const borrows = (protocol: Protocol) => ({
  takes: ['lend.begin', 'lend.resume', ...(protocol.dropMutexOverAdd ? ['userrelease'] : [])],
  releases: [
    ...['lend.done', 'lend.nomem', 'userneed.none', 'usermutex.drop'],
    ...(protocol.dropMutexOverAdd ? [] : ['usercount.done']),
  ],
  nested: protocol.dropMutexOverAdd ? [] : ['userrelease'],
  needsFree: [
    'lend.free',
    'lend.freelive',
    'second.ask',
    'second.end',
    ...(protocol.dropMutexOverAdd ? ['usercount.done'] : []),
  ],
});

const CALLBACKS = ['online.page', 'online.kept', 'autoonline.page', 'autoonline.kept'];

/** `writes`: a call that returned with frames is not over before their entries are written (p2m.ts). */
export function balloonMutexChart(protocol: Protocol, writes: boolean): ModelChart {
  const callbackTakesIt = protocol.callback !== 'allocator';
  if (protocol.mutexOver === 'run') return mutexOverRun(protocol);
  const lent = borrows(protocol);
  return lockChart('balloon_mutex', 'mutex', {
    takes: {
      thread: [
        ...wakes('refill', protocol),
        ...wakes('shrink', protocol),
        ...wakes('hotplug', protocol),
        'fill.retry',
        'undo.begin',
        ...(removesBlocks(protocol) ? [...wakes('vacate', protocol), 'empty.begin'] : []),
      ],
      pageUser: lent.takes,
    },
    releases: {
      thread: [
        ...(writes ? ['p2mset.done'] : ['populate.full', 'populate.short']),
        ...['populate.refused', 'decrease.done', 'decrease.nomem'],
        ...['need.none', 'reserve.nogap', 'find.none', 'p2m.enomem', 'mutex.drop', 'release', 'count.done'],
        ...clampOf(protocol),
        ...(protocol.shortFill === 'retried' ? ['fill.refused'] : []),
      ],
      pageUser: lent.releases,
    },
    needsFree: [
      ...wakes('idle', protocol),
      ...(callbackTakesIt ? CALLBACKS : []),
      ...lent.needsFree,
      'count.done',
      ...(removesBlocks(protocol) ? ['uncount.done'] : []),
      'release',
    ],
    nested: { thread: ['undo.begin'], pageUser: lent.nested },
  });
}

/** Taken when the work item starts, let go when it stops. */
function mutexOverRun(protocol: Protocol): ModelChart {
  const working = decisions(protocol).filter((decision) => decision !== 'idle');
  const steps = working.flatMap((decision) => wakes(decision, protocol));
  const lent = borrows(protocol);
  const loops = steps.filter((family) => family.endsWith('.done'));
  return lockChart('balloon_mutex', 'mutex', {
    takes: { thread: steps.filter((family) => !loops.includes(family)), pageUser: lent.takes },
    releases: { thread: ['idle.done', 'work.delay', 'work.stop'], pageUser: lent.releases },
    needsFree: [
      'idle.queued',
      'idle.timer',
      ...(protocol.callback === 'allocator' ? [] : CALLBACKS),
      ...lent.needsFree,
    ],
    nested: { thread: loops },
  });
}

/**
 * The hotplug lock: one, where add takes what everybody else takes. Where add runs under mem_hotplug and the other side comes through
 * the file `online`, which takes device_hotplug, they are two, and nobody waits for the other.
 */
export function hotplugLockCharts(protocol: Protocol, scope: Scope): readonly ModelChart[] {
  const ownOnline = protocol.driverOnlines && !protocol.onlineInsideAdd;
  const late = protocol.writerTakes === 'deviceFirst';
  const [begins, ends] = removesBlocks(protocol) ? [['remove.begin'], ['remove.end']] : [[], []];
  const online = ['online.page', 'online.kept'];
  const thread: LockSpec = {
    takes: {
      thread: ['add.begin', ...begins, ...(ownOnline ? ['autoonline.begin'] : [])],
      pageUser: ['useradd.begin'],
    },
    releases: {
      thread: ['add.end', ...ends, ...(ownOnline ? ['autoonline.done', 'autoonline.veto'] : [])],
      pageUser: ['useradd.end'],
    },
    needsFree: ownOnline ? ['autoonline.einval'] : [],
  };
  const user: LockSpec = {
    takes: { user: ['offline.begin', ...(late ? online : ['online.begin'])] },
    releases: { user: ['online.done', 'offline.done', 'offline.cancel', ...(late ? [] : ['online.veto'])] },
    needsFree: ['offline.ebusy', ...(late ? ['online.veto'] : []), ...(hasAdder(scope) ? ['dimm.add'] : [])],
    ...(late ? { nested: { user: online } } : {}),
  };
  if (protocol.addLock === 'memHotplug' && scope.onlining === 'deviceFile')
    return [
      lockChart('mem_hotplug', 'hotplugLock', thread),
      lockChart('device_hotplug', 'hotplugLock', user),
    ];
  const both: LockSpec = {
    takes: { ...thread.takes, ...user.takes },
    releases: { ...thread.releases, ...user.releases },
    needsFree: [...user.needsFree, ...thread.needsFree],
    ...(user.nested === undefined ? {} : { nested: user.nested }),
  };
  return [lockChart('device_hotplug', 'hotplugLock', both)];
}

/**
 * The lock of one block's device, where its order against the hotplug lock matters: add takes it for each new block while it holds
 * the hotplug lock (`bus_probe_device`), at the latest before it ends.
 */
export function deviceLockChart(index: number, scope: Scope): ModelChart {
  const first = index * scope.sectionsPerBlock;
  const done = ['online.done', 'online.veto'];
  return chart<NoContext>({
    id: `device[${index}]`,
    kind: 'deviceLock',
    index,
    actor: 'lock',
    families: role('grants', 'online.begin', ...done, 'add.ok', 'add.end'),
    owns: (l) => {
      if (l.type === 'add.end') return true;
      return l.type === 'add.ok' ? covers(l, first) : payload(l, 'block') === index;
    },
    context: {},
    initial: 'free',
    states: {
      free: { 'online.begin': { to: 'user' }, 'add.ok': { to: 'registering' }, 'add.end': stay },
      user: { ...each<NoContext>(done, { to: 'free' }), 'add.end': stay },
      registering: { 'online.begin': { to: 'taken' }, 'add.end': { to: 'free' } },
      taken: each<NoContext>(done, { to: 'registering' }),
    },
    observe: (_, value) => ({ heldFromAdd: value === 'taken' ? 1 : 0 }),
    show: (_, value) => value,
  });
}

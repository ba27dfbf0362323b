/**
 * Locks: who holds what. Order: device_hotplug before balloon_mutex.
 *   balloon_mutex    the thread over each step; the online-page callback for one page run
 *   device_hotplug   one adder, onliner or offliner at a time; mem_hotplug is always taken under it in these
 *                    variants and has no chart of its own
 * Taking and releasing are part of the labels that do it.
 * Source: linux drivers/xen/balloon.c (comment above lock_device_hotplug in reserve_additional_memory), drivers/base/core.c.
 */
import type { ModelChart } from '../src/core/chart.ts';
import { chart, each, type Handlers, role, stay } from './kit.ts';
import type { Protocol } from './protocol.ts';
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
    observe: (_, value) => ({ held: value === 'free' ? 0 : 1, byUser: value === 'user' ? 1 : 0 }),
    show: (_, value) => (value === 'free' ? 'free' : `held by ${value}`),
  });
}

const CALLBACKS = ['online.page', 'online.kept', 'autoonline.page', 'autoonline.kept'];

export function balloonMutexChart(protocol: Protocol): ModelChart {
  const callbackTakesIt = protocol.callback !== 'allocator';
  if (protocol.mutexOver === 'run') return mutexOverRun(protocol);
  return lockChart('balloon_mutex', 'mutex', {
    takes: {
      thread: [
        ...wakes('refill', protocol),
        ...wakes('shrink', protocol),
        ...wakes('hotplug', protocol),
        'fill.retry',
        'undo.begin',
      ],
    },
    releases: {
      thread: [
        ...['populate.full', 'populate.short', 'populate.refused', 'decrease.done', 'decrease.nomem'],
        ...['need.none', 'reserve.nogap', 'find.none', 'p2m.enomem', 'mutex.drop', 'release', 'count.done'],
        ...(protocol.shortFill === 'retried' ? ['fill.refused'] : []),
      ],
    },
    needsFree: [...wakes('idle', protocol), ...(callbackTakesIt ? CALLBACKS : []), 'count.done', 'release'],
    nested: { thread: ['undo.begin'] },
  });
}

/** Taken when the work item starts, let go when it stops. */
function mutexOverRun(protocol: Protocol): ModelChart {
  const working = decisions(protocol).filter((decision) => decision !== 'idle');
  const steps = working.flatMap((decision) => wakes(decision, protocol));
  const loops = steps.filter((family) => family.endsWith('.done'));
  return lockChart('balloon_mutex', 'mutex', {
    takes: { thread: steps.filter((family) => !loops.includes(family)) },
    releases: { thread: ['idle.done', 'work.delay', 'work.stop'] },
    needsFree: ['idle.queued', 'idle.timer', ...(protocol.callback === 'allocator' ? [] : CALLBACKS)],
    nested: { thread: loops },
  });
}

export function hotplugLockChart(protocol: Protocol): ModelChart {
  const ownOnline = protocol.driverOnlines && !protocol.onlineInsideAdd;
  return lockChart('device_hotplug', 'hotplugLock', {
    takes: {
      thread: ['add.begin', ...(ownOnline ? ['autoonline.begin'] : [])],
      user: ['online.begin', 'offline.begin'],
    },
    releases: {
      thread: ['add.end', ...(ownOnline ? ['autoonline.done', 'autoonline.veto'] : [])],
      user: ['online.done', 'online.veto', 'offline.done', 'offline.cancel'],
    },
    needsFree: ['offline.ebusy', ...(ownOnline ? ['autoonline.einval'] : [])],
  });
}

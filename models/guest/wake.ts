/**
 * Wake: why the balloon driver may stop waiting.
 * The wait compares the credit with the one read when the wait began: `base` is the target of then, `taken` the pages that somebody
 * who borrows made the driver give up since. Nothing else changes the current pages while the thread sleeps.
 * `tried` is a ghost: the target that the last decision acted on. Where the baseline is read anew on going to sleep, outside
 * the mutex, the two can differ: a target is slept on that nobody tried (D-3).
 * A work item compares nothing: `pending` says whether it is queued, at once or with a delay. To queue what is already pending
 * does nothing, so a target that comes during a back-off waits for the end of the delay.
 * Source: linux drivers/xen/balloon.c `balloon_thread` (the credit read before wait_event_freezable_timeout); 4.4
 * `balloon_set_new_target`, `xen_memory_notifier`, kernel/workqueue.c `queue_delayed_work_on`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { podOn } from '../host/pod.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { bootBooks, targetRead } from './counters.ts';
import { looking, ownTarget, takesOffset } from './first-look.ts';
import { clampOf } from './no-hotplug.ts';
import { type Why, wokenBy } from './wakes.ts';

interface Wake {
  readonly target: number;
  /** Target the wait compares with; 0 while awake (where it is read on going to sleep). */
  readonly base: number;
  readonly tried: number;
  /** Pages that others made the driver give up since the wait began: the credit grew by them. */
  readonly taken: number;
  /** target_diff (first-look.ts). */
  readonly offset: number;
}

/** Steps that read the target again in the middle of a request. */
const REREADS = ['need.none', 'reserve.ok', 'reserve.nogap'];

export const wakeChart = (protocol: Protocol, form: Form, scope: Scope): ModelChart =>
  protocol.runs === 'work' ? workChart(protocol, form, scope) : threadChart(protocol, form, scope);

function threadChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const takes = takesOffset(protocol, form, scope);
  const atDecision = protocol.baseline === 'decision';
  const { target: start } = bootBooks(protocol, scope);
  const woken = (why: Why) => wokenBy(why, protocol);
  const decide = (c: Wake): Wake => ({
    target: c.target,
    base: atDecision ? c.target : 0,
    tried: c.target,
    taken: 0,
    offset: c.offset,
  });
  const changed = (c: Wake) => c.target - c.base + c.taken !== 0;
  return chart<Wake>({
    id: 'wake',
    kind: 'wake',
    actor: 'driver',
    families: {
      ...role('observes', 'target.set', 'lend.inflate', ...REREADS, ...clampOf(protocol)),
      ...role('observes', ...Object.keys(looking(takes))),
      ...role('initiates', ...woken('done'), ...woken('changed'), ...woken('timer'), 'sleep'),
    },
    dense: ['target', 'tried'],
    context: { target: start, base: atDecision ? start : 0, tried: start, taken: 0, offset: 0 },
    initial: 'watching',
    states: {
      watching: {
        'target.set': { set: (c, l) => ({ target: ownTarget(protocol, c, l) }) },
        ...looking(takes),
        ...each<Wake>([...woken('done'), ...woken('timer')], { set: decide }),
        ...each<Wake>(woken('changed'), { when: changed, set: decide }),
        ...each<Wake>(REREADS, { set: decide }),
        ...each<Wake>(clampOf(protocol), { set: (c, l) => decide({ ...c, target: payload(l, 'pages') }) }),
        // While awake there is nothing to compare with.
        'lend.inflate': {
          set: (c, l) =>
            c.base === 0 || protocol.waitsFor === 'target' ? {} : { taken: c.taken + payload(l, 'pages') },
        },
        sleep: { set: (c) => ({ base: c.target, taken: 0 }) },
      },
    },
    observe: (c) => ({
      changed: changed(c) ? 1 : 0,
      untried: c.tried === c.target ? 0 : 1,
      tried: c.tried,
    }),
    show: (c) =>
      `${c.tried === c.target ? 'target tried' : `target ${c.target} not tried yet`}${c.base === 0 ? '' : `, waits for one other than ${c.base}`}`,
  });
}

interface Work {
  readonly target: number;
  readonly tried: number;
}

/** MEM_ONLINE tells the driver; so does a new target, and (where there is a credit) a page that comes back. */
const QUEUE = ['online.done', 'autoonline.done', 'lend.free', 'lend.freelive'];

function workChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const { target: start } = bootBooks(protocol, scope);
  const woken = (why: Why) => wokenBy(why, protocol);
  const decide = (c: Work) => ({ tried: c.target });
  const written = (_: Work, l: Label) => ({ target: targetRead(protocol, l) });
  const always = {
    ...each<Work>(woken('done'), { set: decide }),
    ...each<Work>(REREADS, { set: decide }),
    'work.delay': stay,
    'work.stop': stay,
    ...(fillsToTarget(protocol) ? overwritten(protocol) : {}),
  };
  return chart<Work>({
    id: 'wake',
    kind: 'wake',
    actor: 'driver',
    families: {
      ...role('observes', 'target.set', ...QUEUE, ...REREADS),
      ...(fillsToTarget(protocol) ? role('observes', ...Object.keys(overwritten(protocol))) : {}),
      ...role(
        'initiates',
        ...woken('done'),
        ...woken('queued'),
        ...woken('timer'),
        'work.delay',
        'work.stop',
      ),
    },
    dense: ['target', 'tried'],
    context: { target: start, tried: start },
    // The first target is read before anything else, and is below what an HVM guest believes to have.
    initial: podOn(form, scope) ? 'queued' : 'unqueued',
    states: {
      unqueued: {
        ...always,
        'target.set': { set: written, to: 'queued' },
        ...each<Work>(QUEUE, protocol.hearsOnline ? { to: 'queued' } : stay),
        'work.delay': { to: 'delayed' },
      },
      queued: {
        ...always,
        'target.set': { set: written },
        ...each<Work>(QUEUE, stay),
        ...each<Work>(woken('queued'), { set: decide, to: 'unqueued' }),
      },
      delayed: {
        ...always,
        'target.set': { set: written },
        ...each<Work>(QUEUE, stay),
        ...each<Work>(woken('timer'), { set: decide, to: 'unqueued' }),
      },
    },
    observe: (c, value) => ({
      changed: value === 'unqueued' ? 0 : 1,
      untried: c.tried === c.target ? 0 : 1,
      tried: c.tried,
    }),
    show: (c, value) =>
      `${value}, ${c.tried === c.target ? 'target tried' : `target ${c.target} not tried yet`}`,
  });
}

/** A failed run changes the target itself. */
const overwritten = ({ forfeits }: Protocol): Handlers<Work> =>
  forfeits === 'currentAndTarget'
    ? { forfeit: { set: (c, l) => ({ target: Math.max(0, c.target - payload(l, 'pages')) }) } }
    : { adopt: { set: (_, l) => ({ target: payload(l, 'pages') }) } };

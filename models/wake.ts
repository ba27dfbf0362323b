/**
 * Wake: why the balloon thread may stop waiting.
 * The wait compares the credit with the one read when the wait began. Current pages do not change while the thread
 * sleeps, so the credit changes exactly when the target does: `base` is the target the wait compares with.
 * `tried` is a ghost: the target that the last decision acted on. Where the baseline is read anew on going to sleep, outside
 * the mutex, the two can differ: a target is slept on that nobody tried (D-3).
 * Source: linux drivers/xen/balloon.c `balloon_thread` (the credit read before wait_event_freezable_timeout).
 */
import type { ModelChart } from '../src/core/chart.ts';
import { payload } from '../src/core/label.ts';
import { chart, each, role } from './kit.ts';
import type { Protocol } from './protocol.ts';
import type { Scope } from './scope.ts';
import { wokenBy } from './wakes.ts';

interface Wake {
  readonly target: number;
  /** Target the wait compares with; 0 while awake (where it is read on going to sleep). */
  readonly base: number;
  readonly tried: number;
}

/** Steps that read the target again in the middle of a request. */
const REREADS = ['need.none', 'reserve.ok', 'reserve.nogap'];

export function wakeChart(protocol: Protocol, scope: Scope): ModelChart {
  const atDecision = protocol.baseline === 'decision';
  const start = scope.targets[0] ?? scope.bootPages;
  const decide = (c: Wake): Wake => ({ target: c.target, base: atDecision ? c.target : 0, tried: c.target });
  return chart<Wake>({
    id: 'wake',
    kind: 'wake',
    actor: 'driver',
    families: {
      ...role('observes', 'target.set', ...REREADS),
      ...role('initiates', ...wokenBy('done'), ...wokenBy('changed'), ...wokenBy('timer'), 'sleep'),
    },
    context: { target: start, base: atDecision ? start : 0, tried: start },
    initial: 'watching',
    states: {
      watching: {
        'target.set': { set: (_, l) => ({ target: payload(l, 'pages') }) },
        ...each<Wake>([...wokenBy('done'), ...wokenBy('timer')], { set: decide }),
        ...each<Wake>(wokenBy('changed'), { when: (c) => c.target !== c.base, set: decide }),
        ...each<Wake>(REREADS, { set: decide }),
        sleep: { set: (c) => ({ base: c.target }) },
      },
    },
    observe: (c) => ({
      changed: c.target === c.base ? 0 : 1,
      untried: c.tried === c.target ? 0 : 1,
    }),
    show: (c) =>
      `${c.tried === c.target ? 'target tried' : `target ${c.target} not tried yet`}${c.base === 0 ? '' : `, waits for one other than ${c.base}`}`,
  });
}

/**
 * The labels with which the balloon driver wakes and decides. The last part says why it woke.
 * A thread sleeps on its credit:
 *  done     the last step was BP_DONE and the credit is not 0
 *  changed  otherwise: the credit differs from the one the wait began with
 *  timer    BP_WAIT (1 s) or BP_EAGAIN (schedule_delay) expired
 * A work item (until the kthread of 2021) runs when it was queued, and loops while there is credit:
 *  done     the iteration before ended in BP_DONE with a credit that was not 0
 *  queued   a new target or an onlined block queued it
 *  timer    the delay after BP_EAGAIN is over
 * One label fuses waking, taking balloon_mutex and reading the credit: nothing can change in between.
 * Source: linux drivers/xen/balloon.c `balloon_thread`, `balloon_thread_cond`; 4.4 `balloon_process`.
 */
import type { Protocol } from '../protocol.ts';

const ALWAYS = ['refill', 'hotplug', 'shrink', 'idle'] as const;
/** Only where added pages are expected: credit moved to them, or back. */
const EXPECTING = ['intend', 'forgo'] as const;
/** Only where a block may be removed again (removing.ts). */
const REMOVING = ['vacate'] as const;
/** Only where a run in hand is filled for as long as there is credit, and then added. */
const FILLING = ['grow', 'complete'] as const;
export type Decision =
  | (typeof ALWAYS)[number]
  | (typeof EXPECTING)[number]
  | (typeof FILLING)[number]
  | (typeof REMOVING)[number];

export const decisions = ({
  expects,
  fillsTo,
  removes,
}: Pick<Protocol, 'expects' | 'fillsTo' | 'removes'>): readonly Decision[] => [
  ...ALWAYS,
  ...(expects ? EXPECTING : []),
  ...(fillsTo === 'target' ? FILLING : []),
  ...(removes === 'never' ? [] : REMOVING),
];

const THREAD = ['done', 'changed', 'timer'] as const;
const WORK = ['done', 'queued', 'timer'] as const;
export type Why = (typeof THREAD)[number] | (typeof WORK)[number];

/** The families of one decision. An idle thread never wakes from BP_DONE (its credit is 0); a work item does look again. */
export const wakes = (decision: Decision, { runs }: Pick<Protocol, 'runs'>): readonly string[] =>
  (runs === 'work' ? WORK : THREAD)
    .filter((why) => runs === 'work' || decision !== 'idle' || why !== 'done')
    .map((why) => `${decision}.${why}`);

/** All families that end in this reason. */
export const wokenBy = (
  why: Why,
  protocol: Pick<Protocol, 'runs' | 'expects' | 'fillsTo' | 'removes'>,
): readonly string[] =>
  decisions(protocol)
    .flatMap((decision) => wakes(decision, protocol))
    .filter((family) => family.endsWith(`.${why}`));

/** Whether going to sleep is a step of its own, with the credit read outside the mutex. */
export const sleeps = ({ runs, baseline }: Pick<Protocol, 'runs' | 'baseline'>): boolean =>
  runs === 'thread' && baseline === 'sleep';

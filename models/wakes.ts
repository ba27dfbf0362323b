/**
 * The labels with which the balloon thread wakes and decides. The last part says why it woke:
 *  done     the last step was BP_DONE and the credit is not 0
 *  changed  otherwise: the credit differs from the one the wait began with
 *  timer    BP_WAIT (1 s) or BP_EAGAIN (schedule_delay) expired
 * One label fuses waking, taking balloon_mutex and reading the credit: nothing can change in between.
 * Source: linux drivers/xen/balloon.c `balloon_thread`, `balloon_thread_cond`.
 */
export const DECISIONS = ['refill', 'hotplug', 'shrink', 'idle'] as const;
export type Decision = (typeof DECISIONS)[number];

const WHY = ['done', 'changed', 'timer'] as const;

/** The families of one decision; an idle thread never wakes from BP_DONE (its credit is 0). */
export const wakes = (decision: Decision): readonly string[] =>
  WHY.filter((why) => decision !== 'idle' || why !== 'done').map((why) => `${decision}.${why}`);

/** All families that end in this reason. */
export const wokenBy = (why: (typeof WHY)[number]): readonly string[] =>
  DECISIONS.flatMap((decision) => wakes(decision)).filter((family) => family.endsWith(`.${why}`));

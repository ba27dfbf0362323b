/**
 * What the clock of a log tells and the order of its records does not: a thread that can run has run before long. It never rejects a
 * log; among beliefs that explain the same records it leaves those in which nobody was late. Without it a target that was slept on
 * (lost-target) looks like a thread that has yet to be scheduled.
 */
import type { Belief } from './belief.ts';

/** Seconds without a record after which a thread that could run counts as one that could not. */
export const PATIENCE = 30;

/** bp_state of a driver that has what it wanted: it waits for any credit at all, otherwise for another one. */
const DONE = 0;

/** The driver's thread sleeps, and nothing that has happened wakes it. Its timers are not looked at. */
export function isStill(belief: Belief): boolean {
  if (belief.sum('balloon', 'asleep') !== 1) return false;
  return belief.sum('balloon', 'st') === DONE
    ? belief.sum('books', 'target') === belief.sum('books', 'current')
    : belief.sum('wake', 'changed') === 0;
}

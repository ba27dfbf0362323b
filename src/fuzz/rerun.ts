/**
 * Runs of labels, taken again: what the shrinker calls, what a corpus and a pasted test case call. Lenient: a label that is not
 * enabled is skipped.
 */
import type { Label } from '../core/label.ts';
import type { Rerun } from '../trace/shrink.ts';
import { type Breach, CheckedRun, LEDGER_DIFFERS, type Setup } from './checked-run.ts';
import type { HostLabel } from './world.ts';

export interface Rerunning {
  readonly taken: readonly HostLabel[];
  readonly skipped: number;
  readonly breaches: readonly Breach[];
}

/** All of them, with everything that is judged. */
export function rerun(setup: Setup, labels: readonly HostLabel[]): Rerunning {
  const run = new CheckedRun(setup);
  let skipped = 0;
  for (const label of labels) if (!run.take(label)) skipped += 1;
  run.compareAll();
  return { taken: run.taken, skipped, breaches: run.breaches };
}

/** The labels really taken up to the same breach, for the shrinker. */
export function rerunUntil(setup: Setup, breach: Breach): Rerun {
  // Where only properties are asked for, the ledger need not be kept.
  const quick = breach.id === LEDGER_DIFFERS ? setup : { ...setup, ledger: undefined };
  return (labels: readonly Label[]) => {
    const run = new CheckedRun(quick);
    for (const label of labels) {
      if (!run.take(label)) continue;
      if (run.breaches.some((found) => isSame(found, breach))) return run.taken;
    }
    run.compareAll();
    return run.breaches.some((found) => isSame(found, breach)) ? run.taken : undefined;
  };
}

/** The same property, or a ledger that differs in the same words, whatever the numbers. */
function isSame(a: Breach, b: Breach): boolean {
  return a.id === b.id && (a.id !== LEDGER_DIFFERS || worded(a) === worded(b));
}

const worded = ({ detail }: Breach): string => (detail[0] ?? '').replace(/-?\d+/g, '#');

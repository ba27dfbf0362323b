/** Fuzzed worlds for tests: runs from picks, and what a list of labels breaks. */
import fc from 'fast-check';
import type { HostSize } from '../../models/hosts.ts';
import { setupFor } from '../../src/cli/fuzz/task.ts';
import { walk } from '../../src/fuzz/campaign.ts';
import { type Breach, CheckedRun, type Setup } from '../../src/fuzz/checked-run.ts';
import { picksUpTo } from '../../src/fuzz/picks.ts';
import { rerun } from '../../src/fuzz/rerun.ts';
import type { HostLabel } from '../../src/fuzz/world.ts';

export const REAL: HostSize = { sections: 64, pagesPerSection: 32_768, domains: 1 };

/** Picks as fast-check draws and shrinks them; the first makes the run's temper. */
export const pickedRun = (steps: number): fc.Arbitrary<readonly number[]> => picksUpTo(steps);

/** One run, judged to its end. */
export function runOf(setup: Setup, [temper = 0, ...picks]: readonly number[]): CheckedRun {
  const checked = new CheckedRun(setup);
  walk(checked, temper, picks);
  if (!checked.overflowed) checked.compareAll();
  return checked;
}

/** The first breach of each id over some runs, by id. */
export function fuzzed(setup: Setup, seed: number, runs: number, steps: number): Map<string, Breach> {
  const found = new Map<string, Breach>();
  const long = fc.array(fc.noBias(fc.nat()), { minLength: steps, maxLength: steps, size: 'max' });
  for (const picks of fc.sample(long, { seed, numRuns: runs }))
    for (const breach of runOf(setup, picks).breaches)
      if (!found.has(breach.id)) found.set(breach.id, breach);
  return found;
}

/** Ids of what these labels break, for cases pasted from a report; every label must be taken. */
export function brokenBy(variant: string, size: HostSize, labels: readonly HostLabel[]): readonly string[] {
  const again = rerun(setupFor(variant, size), labels);
  if (again.skipped > 0) throw new Error(`${again.skipped} labels are not enabled`);
  return again.breaches.map(({ id }) => id);
}

/** Coverage of fuzz runs, against the counts that the fuzzer keeps by itself. */
import { expect, it } from 'vitest';
import { FUZZ_SIZE, recordFuzz } from '../../src/cli/cover/fuzz.ts';
import { runFuzzTask } from '../../src/cli/fuzz/task.ts';
import { kindOf, partsOf } from '../../src/coverage/kinds.ts';

it('has the transitions and families that the fuzzer counts itself', () => {
  const plan = { seed: 11, steps: 800 };
  const recording = recordFuzz('v3', { ...plan, runs: 2, k: 3 });
  const tally = runFuzzTask(
    { variant: 'v3', size: FUZZ_SIZE, ...plan, runs: [0, 1] },
    { clock: () => 0, stop: () => false },
  );
  expect(Object.fromEntries(recording.families)).toEqual(tally.families);
  expect(tally.labels).toBeGreaterThan(800);
  for (const measure of ['transitions', 'pairs'] as const) {
    const ours: Record<string, Record<string, number>> = {};
    for (const [element, times] of recording.by[measure]) {
      // The fuzzer counts boot memory among the sections, and writes `from family to`.
      const kind = kindOf(element) === 'boot' ? 'section' : kindOf(element);
      const words = partsOf(element).join(' ');
      const counts = ours[kind] ?? {};
      ours[kind] = counts;
      counts[words] = (counts[words] ?? 0) + times;
    }
    const theirs = Object.entries(tally.transitions).map(([kind, table]) => [kind, table[measure]] as const);
    expect(ours, measure).toEqual(
      Object.fromEntries(theirs.filter(([, counts]) => Object.keys(counts).length > 0)),
    );
  }
});

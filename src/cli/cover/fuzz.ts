/**
 * Coverage of fuzz runs: guests of real size, by the walker of `ballast fuzz`. The same seed makes the same runs as there.
 */
import type { HostSize } from '../../../models/hosts.ts';
import { Recorder } from '../../coverage/recorder.ts';
import type { Recording } from '../../coverage/recording.ts';
import { runOnce } from '../../fuzz/campaign.ts';
import { setupFor } from '../fuzz/task.ts';

/** As `ballast fuzz` without flags. */
export const FUZZ_SIZE: HostSize = { sections: 64, pagesPerSection: 32_768, domains: 1 };

export interface FuzzCover {
  readonly runs: number;
  readonly steps: number;
  readonly seed: number;
  readonly k: number;
}

export function recordFuzz(variant: string, { runs, steps, seed, k }: FuzzCover): Recording {
  const setup = setupFor(variant, FUZZ_SIZE);
  const recorder = new Recorder({ source: `fuzz ${variant} ${FUZZ_SIZE.sections} sections`, variant, k });
  for (let run = 0; run < runs; run++) {
    recorder.begin();
    const { labels } = runOnce(setup, {
      seed,
      run,
      steps,
      onStep: (chart, before, label, after, index, domain) =>
        recorder.step(chart, before, label, after, `${chart.id} ${index} ${domain}`),
    });
    for (const label of labels) recorder.label(label);
  }
  return recorder.recording();
}

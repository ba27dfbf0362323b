/** The same over all accepted runs, with many samples. */
import { describe, expect, it } from 'vitest';
import { tallyOf } from '../support/altered.ts';
import { ACCEPTED_RUNS } from '../support/guest-runs.ts';
import { EDIT_KINDS } from '../support/log-edits.ts';

const SAMPLES = 200;

describe('altered logs, many', () => {
  it.each(EDIT_KINDS)('kind %s: none accepted, at least 95% rejected', (kind) => {
    const { verdicts, survivors } = tallyOf(
      kind,
      ACCEPTED_RUNS,
      SAMPLES,
      Number(process.env['FC_SEED'] ?? 417),
    );
    console.info(`${kind}: ${JSON.stringify(verdicts)}`);
    expect(verdicts.accepted, survivors.join('\n')).toBe(0);
    expect(verdicts.rejected, survivors.join('\n')).toBeGreaterThanOrEqual(0.95 * SAMPLES);
  });
});

/** A log that was tampered with is not accepted; the untouched control is. */
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { parseTrace } from '../../src/logs/ftrace.ts';
import { linesOfText } from '../../src/logs/lines.ts';
import { textOf } from '../logs/real-logs.ts';
import { tallyOf } from '../support/altered.ts';
import { itemsOfRun, verdictOfItems } from '../support/guest-runs.ts';
import { EDIT_KINDS } from '../support/log-edits.ts';

const RUNS = ['02-hotplug', '03-auto-online', '04-offline-movable', '05-beyond-max'];
const SAMPLES = 20;

describe('altered logs', () => {
  it.each(RUNS)('control: %s untouched is accepted', (run) => {
    expect(verdictOfItems(itemsOfRun(run), v3)).toBe('accepted');
  });

  it.each(EDIT_KINDS)('kind %s: none accepted, at least 95% rejected', (kind) => {
    const { verdicts, survivors } = tallyOf(kind, RUNS, SAMPLES, Number(process.env['FC_SEED'] ?? 2010));
    expect(verdicts.accepted, survivors.join('\n')).toBe(0);
    expect(verdicts.rejected, survivors.join('\n')).toBeGreaterThanOrEqual(0.95 * SAMPLES);
  });

  it('a log cut short of its last hypercall is told by its header', () => {
    const lines = textOf('03-auto-online/trace_4_plus_one_page.txt.gz').split('\n');
    const at = lines.findLastIndex((line) => line.includes(' memop_inc: '));
    const codes = [...parseTrace('cut', linesOfText(lines.toSpliced(at, 2).join('\n')))].flatMap((item) =>
      item.kind === 'problem' ? [item.problem.code] : [],
    );
    expect(codes).toEqual(['LOG_COUNT']);
  });

  it('two lines swapped whole are refused for their times', () => {
    const lines = textOf('04-offline-movable/trace_4_raise_after_reonline.txt.gz').split('\n');
    const at = lines.findIndex((line) => line.includes(' set_target_ret: '));
    const swapped = lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? '');
    const codes = [...parseTrace('swapped', linesOfText(swapped.join('\n')))].flatMap((item) =>
      item.kind === 'problem' ? [item.problem.code] : [],
    );
    expect(codes).toContain('LOG_DISORDER');
  });
});

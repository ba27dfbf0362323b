/**
 * A shrunk run: how long it was, how long it is, and the run itself.
 */
import { type ReplayOptions, type ReplayReport, renderReplay } from './replay.ts';
import { counted, thousands, wrap } from './style.ts';

export interface ShrunkReport {
  readonly replay: ReplayReport;
  /** Labels before. */
  readonly from: number;
  readonly tries: number;
  readonly minimal: boolean;
  /** The file that was written. */
  readonly output: string | undefined;
}

export function renderShrunk(report: ShrunkReport, options: ReplayOptions): string {
  const { replay, from, tries, minimal, output } = report;
  const to = replay.trace.steps.length;
  const how = minimal
    ? 'No step can be left out. A run that goes another way may be shorter still: only an exhaustive search says.'
    : 'The tries ran out, so it may not be as short as it could be: see --tries.';
  return [
    renderReplay(replay, options),
    ...wrap(
      `${thousands(from)} → ${counted(to, 'step')}, after ${counted(tries, 'rerun')}. ${how}`,
      options.width,
    ),
    ...(output === undefined ? [] : [`Written: ${output}`]),
    '',
  ].join('\n');
}

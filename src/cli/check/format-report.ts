/**
 * The report of `check` in the formats that other programs read.
 */
import { everyProperty } from '../../../properties/all.ts';
import { renderAnnotations, renderSummary } from '../../../reports/github.ts';
import { renderJson } from '../../../reports/json.ts';
import { renderJunit } from '../../../reports/junit.ts';
import type { RunReport } from '../../../reports/run-report.ts';
import { renderSarif } from '../../../reports/sarif.ts';
import { plain } from '../../../reports/style.ts';
import { renderTable } from '../../../reports/table.ts';
import type { Io } from '../io.ts';
import type { Format } from './check-flags.ts';
import { locateIn } from './format-places.ts';
import { stories } from './task.ts';

/** Undefined for text, which the command prints itself. */
export function formatted(report: RunReport, format: Format, { version, width }: Io): string | undefined {
  if (format === 'json') return renderJson(report);
  if (format === 'junit') return renderJunit(report, stories());
  if (format === 'sarif') return sarifOf(report, version);
  if (format !== 'github') return undefined;
  // The table is for whoever reads the log of the job.
  return `${renderTable(report, plain, width)}\n${renderAnnotations(report, stories(), locateIn(report))}`;
}

export const sarifOf = (report: RunReport, version: string): string =>
  renderSarif(report, { version, rules: everyProperty(), stories: stories(), locate: locateIn(report) });

/** Appends to the summary of a job on GitHub, where there is one. A job does not fail because its summary cannot be written. */
export function writeSummary(io: Io, report: RunReport, format: Format): void {
  const { summaryFile, files } = io;
  if (format !== 'github' || summaryFile === undefined) return;
  try {
    const before = files.exists(summaryFile) ? files.read(summaryFile) : '';
    files.write(summaryFile, `${before}${renderSummary(report, stories())}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.err(`ballast: SUMMARY_NOT_WRITABLE ${message}\n`);
  }
}

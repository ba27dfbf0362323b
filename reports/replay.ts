/**
 * A replayed run: the page ledger beside each step, and what every property says of it.
 */
import type { ShownTrace } from '../src/core/run-report.ts';
import { renderRun } from './run.ts';
import { counted, type Style, widthOf, wrap } from './style.ts';

/** A property that the run breaks. */
export interface ReplayedBreach {
  readonly property: string;
  readonly statement: string;
  readonly at: string;
  /** Steps taken when it was first broken; 0 is the start. */
  readonly step: number;
  /** Whether the last state or step breaks it. */
  readonly inTheEnd: boolean;
  /** The balances that do not come out in the end. */
  readonly lines: readonly string[];
}

/** The loop of a lasso, and what is wrong with it as a counterexample. */
export interface ReplayedLoop {
  /** Labels before it. */
  readonly from: number;
  readonly faults: readonly string[];
}

export interface ReplayReport {
  readonly path: string;
  readonly variant: string;
  readonly scope: string;
  /** The scope's bounds, one line. */
  readonly bounds: string;
  /** The property that the file is about. */
  readonly property: string;
  /** For a temporal property. */
  readonly loop?: ReplayedLoop;
  /** The run ends by breaking it; a lasso does so by going round for ever. */
  readonly confirmed: boolean;
  readonly trace: Pick<ShownTrace, 'labels' | 'start' | 'steps'>;
  /** In the order of the properties. */
  readonly breaches: readonly ReplayedBreach[];
  readonly kept: number;
  /** Properties that need an exhaustive look, in a run too large for one. */
  readonly unjudged: readonly string[];
  /** Stepped through the tables too, and they agree. */
  readonly inTables: boolean;
}

export interface ReplayOptions {
  readonly style: Style;
  readonly width: number;
  readonly moves: boolean;
}

export function renderReplay(report: ReplayReport, { style, width, moves }: ReplayOptions): string {
  const { path, variant, scope, bounds, trace, breaches, kept, unjudged } = report;
  const title = `── ${path}: ${variant}/${scope} `;
  const by = report.inTables
    ? 'the charts, XState’s actors and the tables'
    : 'the charts and XState’s actors';
  return [
    (report.confirmed ? style.known : style.bad)(title + '─'.repeat(Math.max(0, width - widthOf(title)))),
    ...wrap(bounds, width - 2).map((line) => `  ${style.faint(line)}`),
    '',
    ...renderRun({ ...trace, ...loopMark(report), broken: [] }, { style, width: width - 2, moves }).map(
      (line) => `  ${line}`,
    ),
    '',
    ...breaches.flatMap((breach) => breachLines(breach, width - 4).map((line) => `  ${style.known(line)}`)),
    ...wrap(
      `${counted(trace.steps.length, 'step')}, through ${by}; ${counted(kept, 'property', 'properties')} kept${
        unjudged.length === 0 ? '' : `; not judged at this size: ${unjudged.join(' ')}`
      }.`,
      width - 2,
    ).map((line) => `  ${line}`),
    ...(report.loop?.faults ?? []).map((fault) => `  ${style.bad(`✗ ${fault}`)}`),
    `  ${report.confirmed ? style.good('✓') : style.bad('✗')} ${endText(report)}`,
    '',
  ].join('\n');
}

const loopMark = ({ loop }: ReplayReport) => (loop === undefined ? {} : { loopFrom: loop.from });

function endText({ loop, confirmed, property, trace }: ReplayReport): string {
  if (loop === undefined) return `The run ${confirmed ? 'ends' : 'does not end'} by breaking ${property}.`;
  if (!confirmed) return `The run is no lasso that breaks ${property}.`;
  return loop.from === trace.labels.length
    ? `Nothing has to happen after the last step, which breaks ${property}.`
    : `The steps from ${loop.from + 1} on may go on for ever, which breaks ${property}.`;
}

function breachLines(
  { property, statement, at, step, inTheEnd, lines }: ReplayedBreach,
  width: number,
): string[] {
  const where = step === 0 ? 'at the start' : `${at === 'step' ? 'by' : 'after'} step ${step}`;
  const later = inTheEnd ? '' : ', no longer in the end';
  return [
    ...wrap(`✗ ${property} broken ${where}${later}. ${statement}`, width).map((line, row) =>
      row === 0 ? line : `  ${line}`,
    ),
    ...lines.flatMap((line) => wrap(line, width - 2)).map((line) => `  ${line}`),
  ];
}

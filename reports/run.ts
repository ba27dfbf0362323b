/**
 * A run, step by step: who took it, the page ledger where it changed, and on request what moved.
 */
import type { ShownStep, ShownTrace } from '../src/core/run-report.ts';
import { padEnd, padStart, type Style, widthOf, wrap } from './style.ts';

export interface RunOptions {
  readonly style: Style;
  readonly width: number;
  /** Below each step, the charts that moved: from → to. */
  readonly moves: boolean;
}

/** Headings of ledger columns that would be wider than their numbers. */
const HEADINGS: Readonly<Record<string, string>> = {
  'other domain': 'other dom.',
  target: 'tar- get',
  current: 'cur- rent',
  ballooned: 'bal- looned',
  ballooned·backed: 'bal- looned backed',
  offline·backed: 'off- line backed',
  offline·empty: 'off- line empty',
  orphaned: 'or- phaned',
};

interface Column {
  readonly name: string;
  readonly heading: readonly string[];
  readonly width: number;
}

type Ledger = ShownTrace['start'];

/** Lines of the ledger that change somewhere in the run, in the ledger's order. */
function columnsOf(trace: ShownTrace): Column[] {
  const sheets = [trace.start, ...trace.steps.map(({ ledger }) => ledger)];
  return Object.keys(trace.start)
    .filter((name) => sheets.some((sheet) => sheet[name] !== trace.start[name]))
    .map((name) => {
      const heading = (HEADINGS[name] ?? name.replace('·', ' ')).split(' ');
      const values = sheets.map((sheet) => String(sheet[name]));
      return { name, heading, width: Math.max(...[...heading, ...values].map(widthOf)) };
    });
}

/** The first line shows the ledger at the start; below, a number stands only where it has changed. */
export function renderRun(trace: ShownTrace, options: RunOptions): string[] {
  const { style, width } = options;
  const columns = columnsOf(trace);
  const number = String(trace.steps.length).length;
  const actor = Math.max(...trace.steps.map((step) => widthOf(step.actor)), 3);
  const label = Math.max(...trace.steps.map((step) => widthOf(step.label)), 5);
  const left = number + 2 + actor + 2 + label + 2;
  const wide = left + columns.reduce((sum, column) => sum + column.width + 2, 0);
  const gap = ' '.repeat(wide > width ? 1 : 2);
  const cells = (texts: readonly string[]): string => texts.join(gap);
  const row = (n: string, who: string, what: string, sheet: string): string =>
    `${padStart(n, number)}  ${padEnd(who, actor)}  ${padEnd(what, label)}  ${sheet}`.trimEnd();
  const headings = headingLines(columns).map((texts, at, all) =>
    style.faint(
      row('', at === all.length - 1 ? 'who' : '', at === all.length - 1 ? 'label' : '', cells(texts)),
    ),
  );
  const start = columns.map(({ name, width: w }) => padStart(String(trace.start[name]), w));
  const lines = [...headings, style.faint(row('0', '', 'start', cells(start)))];
  let before: Ledger = trace.start;
  trace.steps.forEach((step, at) => {
    if (at === trace.loopFrom) lines.push(style.faint(row('', '', '↻ again and again', '')));
    lines.push(
      row(
        String(at + 1),
        step.actor,
        step.label,
        cells(columns.map((column) => cell(column, before, step, style))),
      ),
    );
    if (options.moves) lines.push(...moveLines(step, left - label - 2, width).map(style.faint));
    before = step.ledger;
  });
  return lines;
}

/** Headings stand on the bottom line, words above each other. */
function headingLines(columns: readonly Column[]): string[][] {
  const height = Math.max(1, ...columns.map(({ heading }) => heading.length));
  return Array.from({ length: height }, (_, line) =>
    columns.map(({ heading, width }) => padStart(heading[line - (height - heading.length)] ?? '', width)),
  );
}

function cell({ name, width }: Column, before: Ledger, step: ShownStep, style: Style): string {
  const value = step.ledger[name];
  return value === before[name]
    ? style.faint(padStart('·', width))
    : style.changed(padStart(String(value), width));
}

/** A chart that moved without a change in what it shows has no line. */
function moveLines(step: ShownStep, indent: number, width: number): string[] {
  const margin = ' '.repeat(indent);
  return step.moved.flatMap(({ chart, from, to }) =>
    from === to
      ? []
      : wrap(`${chart}: ${from} → ${to}`, width - indent - 2).map(
          (line, at) => `${margin}${at === 0 ? '' : '  '}${line}`,
        ),
  );
}

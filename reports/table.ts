/**
 * The verdict table: properties down, searches across, their sizes below.
 */
import type { CaseReport, SearchReport } from '../src/core/run-report.ts';
import { assumedBy, assumedText } from './assumed.ts';
import { isSameSearch, propertiesIn, type RunReport, searchName, USUAL_FORM } from './run-report.ts';
import { padEnd, type Style, thousands, widthOf, wrap } from './style.ts';
import { coloured, summaryText, verdictText } from './verdict-text.ts';

const GAP = 2;

/** Renders for a terminal of `width` columns; searches that do not fit beside the others go to a block below. */
export function renderTable(report: RunReport, style: Style, width: number): string {
  const blocks = inBlocks(report, width).map((searches) => blockText(report, searches, style));
  return [...blocks, notes(report, style, width)].join('\n');
}

/** `I-2   one holder`. */
const head = ({ id, title }: { readonly id: string; readonly title: string }): string =>
  `${padEnd(id, 5)} ${title}`;

function caseOf(report: RunReport, search: SearchReport, property: string): CaseReport | undefined {
  return report.cases.find((found) => found.property === property && isSameSearch(found, search));
}

/** Sizes of a search, as rows below the table. */
function sizes(search: SearchReport): readonly (readonly [string, string])[] {
  const more = search.limit === undefined ? '' : '+';
  return [
    ['states', thousands(search.states) + more],
    ['transitions', thousands(search.transitions) + more],
    ['depth', String(search.depth) + more],
    ['families never taken', String(search.neverTaken.length)],
  ];
}

/** Empty for the usual one. */
const formName = ({ form }: SearchReport): string => (form === USUAL_FORM ? '' : form);

function columnWidth(report: RunReport, search: SearchReport): number {
  const cells = report.cases.filter((found) => isSameSearch(found, search)).map(verdictText);
  const rows = sizes(search).map(([, text]) => text);
  return Math.max(...[search.variant, search.scope, formName(search), ...cells, ...rows].map(widthOf));
}

const headWidth = (report: RunReport): number =>
  Math.max(
    ...propertiesIn(report).map((property) => widthOf(head(property))),
    widthOf('families never taken'),
  );

/** As many searches side by side as fit, at least one. */
function inBlocks(report: RunReport, width: number): SearchReport[][] {
  const blocks: SearchReport[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const search of report.searches) {
    const needs = columnWidth(report, search) + GAP;
    if (used + needs > width) {
      blocks.push([]);
      used = headWidth(report) + GAP;
    }
    blocks.at(-1)?.push(search);
    used += needs;
  }
  return blocks;
}

function blockText(report: RunReport, searches: readonly SearchReport[], style: Style): string {
  const first = headWidth(report);
  const widths = searches.map((search) => columnWidth(report, search));
  const gap = ' '.repeat(GAP);
  const line = (title: string, cells: readonly string[]): string =>
    [padEnd(title, first), ...cells].join(gap).trimEnd();
  const cells = (text: (search: SearchReport) => string): string[] =>
    searches.map((search, at) => padEnd(text(search), widths[at] ?? 0));
  const rows = propertiesIn(report).flatMap((property) => {
    const found = searches.map((search) => caseOf(report, search, property.id));
    if (found.every((one) => one === undefined)) return [];
    const texts = found.map((one, at) => {
      const text = padEnd(one === undefined ? '·' : verdictText(one), widths[at] ?? 0);
      return one === undefined ? style.faint(text) : coloured(one, text, style);
    });
    return [line(head(property), texts)];
  });
  const names = ['states', 'transitions', 'depth', 'families never taken'];
  return [
    style.heading(
      line(
        '',
        cells(({ variant }) => variant),
      ),
    ),
    style.faint(
      line(
        '',
        cells(({ scope }) => scope),
      ),
    ),
    ...(searches.some((search) => formName(search) !== '') ? [style.faint(line('', cells(formName)))] : []),
    ...rows,
    ...names.map((name, row) =>
      style.faint(
        line(
          name,
          cells((search) => sizes(search)[row]?.[1] ?? ''),
        ),
      ),
    ),
    '',
  ].join('\n');
}

/** What needs saying below: the sum, deviations, labels never taken where a search ended and has no catalog row. */
function notes(report: RunReport, style: Style, width: number): string {
  const good =
    report.cases.every(({ standing }) => standing === 'expected') && report.deviations.length === 0;
  const sum = `${summaryText(report.cases)}.`;
  const deviations = report.deviations.flatMap((deviation) =>
    wrap(`✗ ${searchName(deviation)}: ${deviation.code} ${deviation.message}`, width).map(style.bad),
  );
  const unexplained = report.searches.flatMap((search) => {
    const families = search.neverTaken.flatMap(({ family, why }) => (why === undefined ? [family] : []));
    if (families.length === 0 || search.expected !== undefined || search.limit !== undefined) return [];
    return wrap(`never taken in ${searchName(search)}: ${families.join(' ')}`, width).map(style.faint);
  });
  const assumed = assumedLines(report).flatMap((one) => wrap(one, width).map(style.faint));
  return [(good ? style.good : style.bad)(sum), ...deviations, ...unexplained, ...assumed, ''].join('\n');
}

/** In full where one search is looked at; of many there would be more of it than of verdicts, and report.md has it all. */
function assumedLines(report: RunReport): string[] {
  const assumed = assumedBy(report.cases);
  const [first] = assumed.flatMap(({ properties }) => properties);
  if (report.searches.length === 1 || first === undefined) return assumed.map(assumedText);
  const all = new Set(assumed.flatMap(({ properties }) => properties));
  return [
    `On fair runs only: ${[...all].join(' ')}. What is fair: report.md, or ballast check --explain ${first}`,
  ];
}

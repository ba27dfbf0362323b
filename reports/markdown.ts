/**
 * The report of a run as one Markdown file.
 */
import type { SearchReport } from '../src/core/run-report.ts';
import { assumedBy, assumedText } from './assumed.ts';
import { stampText } from './confirmation.ts';
import { endLines, type Told, tell } from './finding.ts';
import { renderRun } from './run.ts';
import {
  isSameSearch,
  lengthOf,
  propertiesIn,
  type RunReport,
  type Story,
  searchName,
} from './run-report.ts';
import { plain, thousands } from './style.ts';
import { summaryText, verdictText } from './verdict-text.ts';

/** A run in a fenced block is not wrapped by anything, so it may be this wide. */
const RUN_WIDTH = 120;

export function renderMarkdown(report: RunReport, stories: readonly Story[]): string {
  const told = tell(report, stories);
  return [
    '# Ballast: verdicts\n',
    `${summaryText(report.cases)}.\n`,
    `Again: \`${report.reproduce}\`\n`,
    ...report.deviations.map((one) => `- ✗ ${searchName(one)}: ${one.code} ${one.message}`),
    table(report),
    ...assumedBy(report.cases).map((one) => `\n${assumedText(one)}.`),
    '\n## Searches\n',
    ...report.searches.map(searchText),
    ...(told.length === 0 ? [] : ['## Findings\n', ...told.map(findingText)]),
  ].join('\n');
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

function table(report: RunReport): string {
  const { searches } = report;
  const rows = propertiesIn(report).map(({ id: property, title }) =>
    line([
      property,
      title,
      ...searches.map((search) => {
        const found = report.cases.find((one) => one.property === property && isSameSearch(one, search));
        return found === undefined ? '·' : verdictText(found);
      }),
    ]),
  );
  return [
    line(['', '', ...searches.map(searchName)]),
    line(['---', '---', ...searches.map(() => '---')]),
    ...rows,
  ].join('\n');
}

function searchText(search: SearchReport): string {
  const bounds = Object.entries(search.bounds).filter(([key]) => key !== 'name');
  const why = new Map<string, string[]>();
  for (const { family, why: reason } of search.neverTaken) {
    const key = reason ?? 'nobody says why';
    why.set(key, [...(why.get(key) ?? []), family]);
  }
  const end = search.limit === undefined ? 'exhaustive' : `bounded: ${search.limit}`;
  return [
    `### ${searchName(search)}, ${search.form}\n`,
    `${thousands(search.states)} states, ${thousands(search.transitions)} transitions, depth ${search.depth}; ${end}.\n`,
    ...(search.secondOpinion === undefined ? [] : [`${stampText(search.secondOpinion)}.\n`]),
    `Scope: ${bounds.map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : String(value)}`).join(', ')}.\n`,
    ...(why.size === 0 ? [] : ['Families never taken:\n']),
    ...[...why].map(
      ([reason, families]) => `- ${families.map((family) => `\`${family}\``).join(' ')}: ${reason}`,
    ),
    ...(why.size === 0 ? [] : ['']),
  ].join('\n');
}

function findingText({ story, expected, cases, first }: Told): string {
  const { trace } = first;
  const run = trace === undefined ? [] : renderRun(trace, { style: plain, width: RUN_WIDTH, moves: true });
  return [
    `### ${story.id}: ${story.title}${expected ? '' : ' (not expected)'}\n`,
    `${story.story}\n`,
    ...cases.map(
      (one) => `- ${searchName(one)}: ${one.property} ${one.title}, in ${lengthOf(one)}. ${one.statement}`,
    ),
    `\nThe shortest run to ${first.property} in ${searchName(first)}:\n`,
    '```text',
    ...run,
    ...endLines(first, RUN_WIDTH),
    '```\n',
    `Again: \`${first.reproduce}\`\n`,
  ].join('\n');
}

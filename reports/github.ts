/**
 * For GitHub Actions: workflow commands that become annotations on source lines, and a job summary in Markdown.
 */
import { catalogPlace, type Locate, propertyPlace, type SourcePlace } from './places.ts';
import { propertiesIn, type ReportedCase, type RunReport, type Story, searchName } from './run-report.ts';
import { summaryText, verdictText } from './verdict-text.ts';

/** In the message: what would end the line. In a property also what would end the property. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const COMMANDS = { expected: 'notice', unexpected: 'error', inconclusive: 'warning' } as const;

function annotation(command: string, { file, line }: SourcePlace, title: string, message: string): string {
  return `::${command} file=${property(file)},line=${line},title=${property(title)}::${data(message)}\n`;
}

/** One line for each surprise, then one for each known violation: GitHub shows only the first ten of a kind. */
export function renderAnnotations(report: RunReport, stories: readonly Story[], locate: Locate): string {
  const shown = report.cases.filter(
    ({ verdict, standing }) => verdict.kind === 'violated' || standing !== 'expected',
  );
  const surprises = shown.filter(({ standing }) => standing !== 'expected');
  const known = shown.filter(({ standing }) => standing === 'expected');
  return [
    ...report.deviations.map(({ code, message, ...of }) =>
      annotation('error', catalogPlace, `${searchName(of)} ${code}`, message),
    ),
    ...[...surprises, ...known].map((found) =>
      annotation(
        COMMANDS[found.standing],
        locate(found).last ?? propertyPlace(found.property),
        `${found.property} in ${searchName(found)}`,
        messageOf(found, stories),
      ),
    ),
  ].join('');
}

function messageOf(found: ReportedCase, stories: readonly Story[]): string {
  const story = stories.find(({ id }) => id === found.finding);
  return [
    `${verdictText(found)}. ${story === undefined ? found.statement : `${story.title}: ${story.story}`}`,
    ...(found.trace?.broken ?? []),
    `Reproduce: ${found.reproduce}`,
  ].join('\n');
}

/** What a person reads on the page of the job. */
export function renderSummary(report: RunReport, stories: readonly Story[]): string {
  const surprises = report.cases.filter(({ standing }) => standing !== 'expected');
  const mark = surprises.length + report.deviations.length === 0 ? '✅' : '❌';
  const known = stories.filter(({ id }) =>
    report.cases.some(({ finding, standing }) => finding === id && standing === 'expected'),
  );
  return [
    '## Ballast',
    '',
    `${mark} ${cell(summaryText(report.cases))}.`,
    '',
    ...(surprises.length === 0 ? [] : ['### Not as expected', '', ...surpriseTable(surprises), '']),
    ...report.deviations.map((one) => `- ❌ ${cell(`${searchName(one)}: ${one.code} ${one.message}`)}`),
    ...(report.deviations.length === 0 ? [] : ['']),
    ...verdictTable(report),
    '',
    ...(known.length === 0
      ? []
      : [
          '<details><summary>Known findings</summary>',
          '',
          ...known.map(({ id, title, story }) => `- **${cell(id)}**, ${cell(title)}: ${cell(story)}`),
          '',
          '</details>',
          '',
        ]),
    `Again: ${code(report.reproduce)}`,
    '',
  ].join('\n');
}

function surpriseTable(surprises: readonly ReportedCase[]): string[] {
  return [
    '| property | search | verdict | again |',
    '|---|---|---|---|',
    ...surprises.map(
      (found) =>
        `| ${cell(`${found.property}: ${found.statement}`)} | ${cell(searchName(found))} | ${cell(verdictText(found))} | ${code(found.reproduce)} |`,
    ),
  ];
}

function verdictTable(report: RunReport): string[] {
  const searches = report.searches.map(searchName);
  return [
    `| | ${searches.map(cell).join(' | ')} |`,
    `|---|${searches.map(() => '---|').join('')}`,
    ...propertiesIn(report).map(({ id, title }) => {
      const cells = searches.map((search) => {
        const found = report.cases.find((one) => one.property === id && searchName(one) === search);
        return found === undefined ? '·' : cell(verdictText(found));
      });
      return `| ${cell(`${id} ${title}`)} | ${cells.join(' | ')} |`;
    }),
  ];
}

/** Text in a cell: nothing that ends the cell, starts a tag or is markup. */
const cell = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\|*_`[\]#~]/g, (mark) => `\\${mark}`)
    .replace(/\s+/g, ' ');

/** Code in a cell: no backslash escapes inside backticks, except that GitHub's tables take `\|`. */
const code = (text: string): string =>
  `\`${text.replaceAll('`', "'").replaceAll('|', '\\|').replace(/\s+/g, ' ')}\``;

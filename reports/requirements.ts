/**
 * The requirement matrix: each sentence of the texts, what answers for it, and what came out per variant. Text, Markdown, JSON
 * (schema `ballast.spec/1`) and the rows of the report page.
 */
import type {
  BeyondTheText,
  ModelledRequirement,
  Requirement,
} from '../properties/requirements/requirement.ts';
import type { Problem } from '../src/core/result.ts';
import { problemText } from '../src/core/result.ts';
import type { SearchReport } from '../src/core/run-report.ts';
import type {
  LogEvidence,
  RequirementEvidence,
  RequirementVerdict,
  VariantVerdict,
} from '../src/spec/evidence.ts';
import type { PageRequirement } from './page-data.ts';
import { counted, padEnd, type Style, widthOf, wrap } from './style.ts';

export const SPEC_SCHEMA = 'ballast.spec/1';

export interface SpecReport {
  readonly schema: typeof SPEC_SCHEMA;
  /** The command that does it again. */
  readonly reproduce: string;
  /** Searches that the verdicts come from. */
  readonly searches: readonly Pick<SearchReport, 'variant' | 'form' | 'scope' | 'states' | 'limit'>[];
  /** Undefined where no log was read. */
  readonly logs: readonly Omit<LogEvidence, 'families'>[] | undefined;
  readonly requirements: readonly RequirementEvidence[];
  readonly beyondTheText: readonly BeyondTheText[];
  readonly problems: readonly Problem[];
}

/** Requirements that some variant verifies, that some variant refutes, and so on; one may be both. */
export interface SpecCounts {
  readonly requirements: number;
  readonly verified: number;
  readonly refuted: number;
  readonly notModelled: number;
  /** Neither, though modelled. */
  readonly open: number;
}

export function countsOf(evidence: readonly RequirementEvidence[]): SpecCounts {
  const has = (one: RequirementEvidence, kind: RequirementVerdict) =>
    one.verdicts.some(({ verdict }) => verdict === kind);
  const modelled = evidence.filter(({ requirement }) => requirement.status === 'modelled');
  return {
    requirements: evidence.length,
    verified: modelled.filter((one) => has(one, 'verified')).length,
    refuted: modelled.filter((one) => has(one, 'refuted')).length,
    notModelled: evidence.length - modelled.length,
    open: modelled.filter((one) => !has(one, 'verified') && !has(one, 'refuted')).length,
  };
}

/** `refuted by W3d (I-10, I-27)`, `vacuous (never taken: decrease.ok)`, `verified`. */
export function verdictText({ verdict, because }: VariantVerdict): string {
  const ids = (what: string) => because.filter((one) => one.what === what).map(({ id }) => id);
  const join = (parts: readonly string[]) => [...new Set(parts)].join(', ');
  switch (verdict) {
    case 'verified':
      return 'verified';
    case 'refuted': {
      const violated = because.filter(({ what }) => what === 'violated');
      return `refuted by ${join(violated.map(({ why }) => why ?? 'NEW'))} (${join(violated.map(({ id }) => id))})`;
    }
    case 'bounded':
      return `bounded (${join(because.flatMap(({ what, why }) => (what === 'bounded' && why !== undefined ? [why] : [])))})`;
    case 'vacuous': {
      const never = ids('never taken');
      return `vacuous (${[...ids('vacuous'), ...(never.length === 0 ? [] : [`never taken: ${join(never)}`])].join('; ')})`;
    }
    case 'no row':
      return because.some(({ what }) => what === 'no search') ? 'no row' : `no row (${join(ids('no case'))})`;
  }
}

const sourceText = ({ source }: Requirement): string => `${source.tree} ${source.path}, ${source.symbol}`;

/** `populate.ok or fill.ok` for a choice. */
const familiesText = ({ families }: ModelledRequirement): readonly string[] =>
  families.map((entry) => [entry].flat().join(' or '));

/** Requirements under the heading of their text, in order. */
function byText(evidence: readonly RequirementEvidence[]) {
  const texts = [...new Set(evidence.map(({ requirement }) => requirement.source.text))];
  return texts.map((text) => ({
    text,
    rows: evidence.filter(({ requirement }) => requirement.source.text === text),
  }));
}

/** Several guest forms are told apart only where there are several. */
const nameOf = ({ variant, form }: VariantVerdict, forms: number): string =>
  forms > 1 ? `${variant} ${form}` : variant;

const formsIn = (evidence: readonly RequirementEvidence[]): number =>
  new Set(evidence.flatMap(({ verdicts }) => verdicts.map(({ form }) => form))).size;

/** The variants of the run, as any requirement that speaks of every form shows them. */
const columnsIn = (evidence: readonly RequirementEvidence[]): readonly VariantVerdict[] =>
  evidence.find(({ requirement }) => requirement.status === 'modelled' && requirement.forms === undefined)
    ?.verdicts ?? [];

function countsText(evidence: readonly RequirementEvidence[]): string {
  const { requirements, verified, refuted, notModelled, open } = countsOf(evidence);
  return `${counted(requirements, 'requirement')}: ${verified} verified by some variant, ${refuted} refuted by some, ${open} neither, ${notModelled} not modelled.`;
}

const logsText = ({ logs }: SpecReport): string =>
  logs === undefined
    ? 'No logs were read.'
    : `Logs: ${logs.map(({ name, variant, verdict }) => `${name} (${verdict} by ${variant})`).join(', ') || 'none'}.`;

export function renderSpecText(report: SpecReport, style: Style, width: number): string {
  const forms = formsIn(report.requirements);
  const lines = byText(report.requirements).flatMap(({ text, rows }) => [
    style.heading(`── ${text} ${'─'.repeat(Math.max(0, width - widthOf(text) - 4))}`),
    ...rows.flatMap((row) => rowLines(row, forms, style, width)),
    '',
  ]);
  return [
    ...lines,
    ...report.beyondTheText.flatMap(({ what, id, why }) =>
      wrap(`beyond the text: ${what} ${id}, ${why}`, width).map(style.faint),
    ),
    ...wrap(logsText(report), width).map(style.faint),
    ...wrap(countsText(report.requirements), width),
    ...report.problems.flatMap((problem) => wrap(`✗ ${problemText(problem)}`, width).map(style.bad)),
    '',
  ].join('\n');
}

const ID_WIDTH = 6;

function rowLines(row: RequirementEvidence, forms: number, style: Style, width: number): string[] {
  const { requirement, verdicts, logs, notSeen } = row;
  const indent = ' '.repeat(ID_WIDTH);
  const wrapped = (text: string) => wrap(text, width - ID_WIDTH).map((line) => `${indent}${line}`);
  const [first = '', ...rest] = wrap(requirement.sentence, width - ID_WIDTH);
  const head = [`${padEnd(requirement.id, ID_WIDTH)}${first}`, ...rest.map((line) => `${indent}${line}`)];
  if (requirement.status === 'not modelled')
    return [...head, ...wrapped(`not modelled: ${requirement.why}`).map(style.faint)];
  const answers = sameAnswers(verdicts, forms);
  return [
    ...head,
    ...answers.flatMap(({ one, names }) =>
      wrapped(`${verdictText(one)}: ${names.join(' ')}`).map((text) => paint(text, one, style)),
    ),
    ...wrapped(`asks ${requirement.properties.join(' ')} of ${familiesText(requirement).join(', ')}`).map(
      style.faint,
    ),
    ...(logs.length === 0 ? [] : wrapped(`seen in ${logs.join(' ')}`).map(style.faint)),
    ...(notSeen.length === 0 ? [] : wrapped(`not seen in any log: ${notSeen.join(' ')}`).map(style.bad)),
  ];
}

/** Variants that say the same, in one line. */
function sameAnswers(verdicts: readonly VariantVerdict[], forms: number) {
  const texts = [...new Set(verdicts.map(verdictText))];
  return texts.flatMap((text) => {
    const those = verdicts.filter((verdict) => verdictText(verdict) === text);
    const [one] = those;
    return one === undefined ? [] : [{ one, names: those.map((verdict) => nameOf(verdict, forms)) }];
  });
}

function paint(text: string, one: VariantVerdict, style: Style): string {
  if (one.verdict === 'verified') return style.good(text);
  if (one.verdict !== 'refuted') return style.faint(text);
  return one.because.some(({ what, why }) => what === 'violated' && why === undefined)
    ? style.bad(text)
    : style.known(text);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

export function renderSpecMarkdown(report: SpecReport): string {
  const forms = formsIn(report.requirements);
  const names = columnsIn(report.requirements).map((one) => nameOf(one, forms));
  const sections = byText(report.requirements).flatMap(({ text, rows }) => [
    `## ${text}\n`,
    line(['', 'requirement', ...names, 'asks', 'charts', 'labels', 'logs']),
    line(['---', '---', ...names.map(() => '---'), '---', '---', '---', '---']),
    ...rows.map((row) => markdownRow(row, names.length)),
    '',
  ]);
  return [
    '# Ballast: requirements\n',
    `${countsText(report.requirements)}\n`,
    `${logsText(report)}\n`,
    `Again: \`${report.reproduce}\`\n`,
    ...report.problems.map((problem) => `- ✗ ${cell(problemText(problem))}`),
    ...(report.problems.length === 0 ? [] : ['']),
    ...sections,
    ...(report.beyondTheText.length === 0 ? [] : ['## Beyond the text\n']),
    ...report.beyondTheText.map(({ what, id, why }) => `- ${what} ${id}: ${why}`),
    ...(report.beyondTheText.length === 0 ? [] : ['']),
  ].join('\n');
}

function markdownRow({ requirement, verdicts, logs, notSeen }: RequirementEvidence, columns: number): string {
  const note = requirement.note === undefined ? '' : ` *${requirement.note}*`;
  const said = `${requirement.sentence} (${sourceText(requirement)})${note}`;
  if (requirement.status === 'not modelled') {
    const blank = Array.from({ length: Math.max(0, columns - 1) }, () => '');
    return line([
      requirement.id,
      said,
      ...(columns === 0 ? [] : ['not modelled']),
      ...blank,
      `not modelled: ${requirement.why}`,
      '',
      '',
      '',
    ]);
  }
  const families = requirement.families
    .map((entry) =>
      [entry]
        .flat()
        .map((family) => `\`${family}\``)
        .join(' or '),
    )
    .join(', ');
  const seen = [...logs, ...notSeen.map((family) => `✗ \`${family}\` in none`)].join(' ');
  return line([
    requirement.id,
    said,
    ...verdicts.map(verdictText),
    requirement.properties.join(' '),
    requirement.charts.join(' '),
    families,
    seen,
  ]);
}

/** Keys in a fixed order and no clock: same input, same bytes. */
export function renderSpecJson(report: SpecReport): string {
  const { schema, reproduce, searches, logs, requirements, beyondTheText, problems } = report;
  const rows = requirements.map(({ requirement, verdicts, logs: seen, notSeen }) => ({
    ...requirement,
    verdicts,
    logs: seen,
    notSeen,
  }));
  const counts = countsOf(requirements);
  const shape = {
    schema,
    reproduce,
    counts,
    searches,
    logs: logs ?? null,
    requirements: rows,
    beyondTheText,
    problems,
  };
  return `${JSON.stringify(shape, null, 2)}\n`;
}

/** What is not modelled says so where a verdict would stand. */
export function pageRequirements(evidence: readonly RequirementEvidence[]): readonly PageRequirement[] {
  const forms = formsIn(evidence);
  const columns = columnsIn(evidence);
  return evidence.map(({ requirement, verdicts, logs }) => {
    const { id, sentence, source } = requirement;
    const stated = { id, source: `${source.text}: ${source.symbol}`, sentence };
    return requirement.status === 'not modelled'
      ? {
          ...stated,
          charts: [],
          labels: [],
          properties: [],
          verdicts: columns.map((one) => ({ variant: nameOf(one, forms), verdict: 'not modelled' })),
          why: requirement.why,
          logs: [],
        }
      : {
          ...stated,
          charts: requirement.charts,
          labels: requirement.families.flat(),
          properties: requirement.properties,
          // Of forms that the run did not search there is no row, which is not the same as not modelled.
          verdicts:
            verdicts.length === 0
              ? columns.map((one) => ({ variant: nameOf(one, forms), verdict: 'no row' }))
              : verdicts.map((one) => ({ variant: nameOf(one, forms), verdict: verdictText(one) })),
          logs,
        };
  });
}

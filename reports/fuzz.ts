/**
 * What fuzzing came to: how much was tried, what broke and whether that was known, which labels were taken. Never says `holds`.
 */
import type { Label } from '../src/core/label.ts';
import type { ShownTrace } from '../src/core/run-report.ts';
import { renderRun } from './run.ts';
import { counted, padEnd, padStart, type Style, thousands, widthOf, wrap } from './style.ts';

export const FUZZ_SCHEMA = 'ballast.fuzz/1';

/** One campaign. Same seed, sizes and runs: same report, but for times. */
export interface FuzzReport {
  readonly schema: typeof FUZZ_SCHEMA;
  readonly seed: number;
  readonly steps: number;
  /** A guest form; absent: pv-x86_64. */
  readonly form?: string;
  readonly sections: number;
  readonly pagesPerSection: number;
  readonly domains: number;
  readonly interrupted: boolean;
  /** Failures of the past, run first. */
  readonly corpus: readonly FuzzedCase[];
  readonly variants: readonly FuzzedVariant[];
  readonly reproduce: string;
}

export interface FuzzedCase {
  readonly file: string;
  readonly variant: string;
  /** What it broke when it was written down, and what it breaks now. */
  readonly expected: readonly string[];
  readonly broken: readonly string[];
  /** Labels that no longer are enabled. */
  readonly refused: number;
  readonly asRecorded: boolean;
}

export interface FuzzedVariant {
  readonly variant: string;
  readonly runs: number;
  /** Labels taken, and labels asked about. */
  readonly labels: number;
  readonly tried: number;
  /** Time of all threads together, milliseconds. */
  readonly milliseconds: number;
  readonly families: Readonly<Record<string, number>>;
  readonly neverTaken: readonly { readonly family: string; readonly why: string | undefined }[];
  /** Why runs ended. */
  readonly ends: Readonly<Record<string, number>>;
  readonly properties: readonly FuzzedProperty[];
  /** Properties about what is possible: one run cannot break them. */
  readonly notJudged: readonly string[];
  readonly transitions: Readonly<Record<string, unknown>>;
}

export interface FuzzedProperty {
  /** A property, or LEDGER_DIFFERS. */
  readonly id: string;
  readonly title: string;
  readonly standing: 'new' | 'known' | 'not seen';
  readonly finding: string | undefined;
  /** Runs it was broken in. */
  readonly runs: number;
  readonly first: FuzzFinding | undefined;
}

export interface FuzzFinding {
  readonly run: number;
  /** Labels up to and including the one that broke it. */
  readonly step: number;
  readonly domain: number;
  readonly detail: readonly string[];
  /** The command that does that run again. */
  readonly reproduce: string;
  readonly shrunk: FuzzShrunk | undefined;
}

export interface FuzzShrunk {
  readonly labels: readonly Label[];
  readonly tries: number;
  readonly minimal: boolean;
  /** Families, repeats folded. */
  readonly families: string;
  readonly detail: readonly string[];
  /** Of a single guest: step by step. */
  readonly trace: ShownTrace | undefined;
  /** A vitest case to paste. */
  readonly testCase: string;
  /** Files written, relative to the working folder. */
  readonly files: readonly string[];
}

export interface FuzzOptions {
  readonly style: Style;
  readonly width: number;
}

const ID_WIDTH = 'LEDGER_DIFFERS'.length;
/** Steps of a run that are shown one by one; longer ones are told by their families. */
const SHOWN_MAX = 60;

export function renderFuzz(report: FuzzReport, options: FuzzOptions): string {
  const { style } = options;
  const labels = report.variants.reduce((sum, one) => sum + one.labels, 0);
  const runs = report.variants.reduce((sum, one) => sum + one.runs, 0);
  const found = report.variants.flatMap(({ properties }) => properties);
  const fresh = found.filter(({ standing }) => standing === 'new').length;
  const known = found.filter(({ standing }) => standing === 'known').length;
  const sum = `${counted(runs, 'run')}, ${counted(labels, 'label')}: ${fresh} new, ${known} known.${report.interrupted ? ' Interrupted.' : ''}`;
  return [
    ...corpusLines(report.corpus, style),
    ...report.variants.map((one) => variantText(one, options)),
    (fresh === 0 ? style.good : style.bad)(sum),
    style.faint(
      'Fuzzing shows what breaks, never that something holds. Seeds are exact: the same command gives the same runs.',
    ),
    '',
  ].join('\n');
}

function corpusLines(corpus: readonly FuzzedCase[], style: Style): string[] {
  if (corpus.length === 0) return [];
  const changed = corpus.filter(({ asRecorded }) => !asRecorded);
  return [
    `corpus: ${counted(corpus.length, 'case')} of the past, ${corpus.length - changed.length} as recorded`,
    ...changed.map(({ file, expected, broken, refused }) =>
      style.bad(
        `\u2717 ${file}: broke ${expected.join(' ') || 'nothing'}, now ${broken.join(' ') || 'nothing'}${refused === 0 ? '' : `; ${counted(refused, 'label')} refused`}`,
      ),
    ),
    '',
  ];
}

function variantText(one: FuzzedVariant, options: FuzzOptions): string {
  const { style, width } = options;
  const perSecond = one.milliseconds <= 0 ? 0 : Math.round((1000 * one.labels) / one.milliseconds);
  const title = `── ${one.variant}: ${counted(one.runs, 'run')}, ${counted(one.labels, 'label')} taken of ${thousands(one.tried)} asked, ${thousands(perSecond)} labels/s a core `;
  const ends = Object.entries(one.ends)
    .filter(([end]) => end !== 'steps')
    .map(([end, n]) => `${n} ${end}`);
  const never = one.neverTaken.map(
    ({ family, why }) => `never taken: ${family}${why === undefined ? '' : ` (${why})`}`,
  );
  const unjudged =
    one.notJudged.length === 0 ? [] : [`not judged on single runs: ${one.notJudged.join(' ')}`];
  return [
    style.heading(title + '─'.repeat(Math.max(0, width - widthOf(title)))),
    ...one.properties.map((property) => propertyLine(property, one, style)),
    ...[...unjudged, ...(ends.length === 0 ? [] : [`runs that ended early: ${ends.join(', ')}`])].map(
      style.faint,
    ),
    ...histogram(one.families, width).map(style.faint),
    ...never.flatMap((line) => wrap(line, width)).map(style.known),
    '',
    ...one.properties.flatMap((property) => findingLines(property, options)),
  ].join('\n');
}

function propertyLine(property: FuzzedProperty, { labels }: FuzzedVariant, style: Style): string {
  const { id, title, standing, finding, runs, first } = property;
  const head = `  ${padEnd(id, ID_WIDTH)} ${padEnd(title, 31)}`;
  if (first === undefined || standing === 'not seen')
    return `${head} ${style.faint(`not seen violated in ${counted(labels, 'label')}`)}`;
  const where = `soonest after ${counted(first.step, 'label')} (run ${first.run}), in ${counted(runs, 'run')}`;
  return standing === 'known'
    ? `${head} ${style.known(`known as ${finding}`)}, ${where}`
    : `${head} ${style.bad('NEW')}, ${where}`;
}

/** Families by how often they were taken, as many on a line as fit. */
function histogram(families: Readonly<Record<string, number>>, width: number): string[] {
  const cells = Object.entries(families)
    .sort(([, a], [, b]) => b - a)
    .map(([family, n]) => `${padEnd(family, 19)}${padStart(thousands(n), 10)}`);
  const across = Math.max(1, Math.floor((width - 2) / 32));
  const rows = Math.ceil(cells.length / across);
  return Array.from(
    { length: rows },
    (_, row) => `  ${cells.filter((_, at) => at % rows === row).join('   ')}`,
  );
}

function findingLines(
  { id, first, standing, finding }: FuzzedProperty,
  { style, width }: FuzzOptions,
): string[] {
  if (first?.shrunk === undefined) return [];
  const { shrunk } = first;
  const name = standing === 'known' ? `known as ${finding}` : 'NEW';
  const how = `${counted(shrunk.labels.length, 'label')}, from ${thousands(first.step)} in ${counted(shrunk.tries, 'try', 'tries')}${shrunk.minimal ? '' : '; more tries might shorten it'}`;
  const story =
    shrunk.trace === undefined || shrunk.labels.length > SHOWN_MAX
      ? wrap(shrunk.families, width - 2).map((line) => `  ${line}`)
      : renderRun(shrunk.trace, { style, width: width - 2, moves: false });
  return [
    (standing === 'known' ? style.known : style.bad)(`${id} ${name}: ${how}`),
    ...story,
    ...shrunk.detail.map((line) => style.bad(`\u2717 ${line}`)),
    ...(shrunk.labels.length > SHOWN_MAX
      ? []
      : ['', ...shrunk.testCase.split('\n').map((line) => style.faint(line))]),
    ...shrunk.files.map((file) => `written: ${file}`),
    `Reproduce: ${first.reproduce}`,
    '',
  ];
}

/** The report as JSON; transitions and times with it. */
export const renderFuzzJson = (report: FuzzReport): string => `${JSON.stringify(report, null, 2)}\n`;

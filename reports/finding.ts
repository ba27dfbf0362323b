/**
 * Violations, told: those that share a finding are one story with one run; one that nobody expected stands for itself.
 */
import { match } from 'ts-pattern';
import type { CaseReport } from '../src/core/run-report.ts';
import { renderRun } from './run.ts';
import { lengthOf, type ReportedCase, type RunReport, type Story, searchName } from './run-report.ts';
import { counted, type Style, widthOf, wrap } from './style.ts';

/** One story: what it is called, and every case that it breaks. */
export interface Told {
  readonly story: Story;
  readonly expected: boolean;
  readonly cases: readonly ReportedCase[];
  /** The first case; its run is shown. */
  readonly first: ReportedCase;
}

export interface FindingOptions {
  readonly style: Style;
  readonly width: number;
  /** How much of the run: every step, every step and what moved, or nothing. */
  readonly runs: 'short' | 'full' | 'none';
}

/** Findings that were expected first, in the order of the searches; surprises last. */
export function tell(report: RunReport, stories: readonly Story[]): readonly Told[] {
  const groups = new Map<string, ReportedCase[]>();
  for (const found of report.cases) {
    if (found.verdict.kind !== 'violated') continue;
    const key = isKnown(found) ? `known ${found.finding}` : `new ${found.property} ${searchName(found)}`;
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  const told = [...groups.values()].flatMap((cases): Told[] => {
    const [first] = cases;
    if (first === undefined) return [];
    return [{ story: storyOf(first, stories), expected: isKnown(first), cases, first }];
  });
  return [...told.filter(({ expected }) => expected), ...told.filter(({ expected }) => !expected)];
}

const isKnown = (found: CaseReport): boolean => found.standing === 'expected' && found.finding !== undefined;

function storyOf(found: CaseReport, stories: readonly Story[]): Story {
  const id = isKnown(found) ? found.finding : undefined;
  const known = stories.find((story) => story.id === id);
  return known ?? { id: id ?? found.property, title: found.title, story: `Broken: ${found.statement}` };
}

/** A heading, the story, what it breaks, the run, what does not balance in the end, how to see it again. */
export function renderFinding(told: Told, { style, width, runs }: FindingOptions): string {
  const { story, first } = told;
  const title = `── ${story.id}: ${story.title} `;
  const rule = title + '─'.repeat(Math.max(0, width - widthOf(title)));
  const trace = first.trace;
  const run =
    runs === 'none' || trace === undefined
      ? []
      : renderRun(trace, { style, width: width - 2, moves: runs === 'full' });
  return [
    (told.expected ? style.known : style.bad)(rule),
    ...wrap(story.story, width - 2).map((line) => `  ${line}`),
    ...broken(told, width - 2).map((line) => `  ${line}`),
    ...(run.length === 0 ? [] : ['']),
    ...run.map((line) => `  ${line}`),
    ...endLines(first, width - 4).map((line) => `  ${(told.expected ? style.known : style.bad)(line)}`),
    style.faint(`  Reproduce: ${first.reproduce}`),
    '',
  ].join('\n');
}

/** `Breaks I-9 in 24, I-10 in 22 (v3/full); D-3 in 7 (v3/nobody).` */
function broken({ cases }: Told, width: number): string[] {
  const searches = [...new Set(cases.map(searchName))];
  const parts = searches.map((search) => {
    const list = cases.filter((found) => searchName(found) === search);
    return `${list.map((found) => `${found.property} in ${lengthOf(found)}`).join(', ')} (${search})`;
  });
  return wrap(`Breaks ${parts.join('; ')}.`, width);
}

/** Which sentence the end of the run breaks, and the sum that does not come out. */
export function endLines(found: CaseReport, width: number): string[] {
  const { trace, statement, property, at } = found;
  if (trace === undefined) return [];
  const n = counted(trace.steps.length, 'step');
  const where = match(at)
    .with('step', () => `step ${trace.steps.length} breaks ${property}`)
    .with('quiescent', () => `at rest after ${n}, ${property} is broken`)
    .with('possible', () => `after ${n} there is no way back, so ${property} is broken`)
    .with('temporal', () => `round and round for ever, so ${property} is broken`)
    .otherwise(() => `the state after ${n} breaks ${property}`);
  return [
    ...wrap(`✗ ${where}: ${statement}`, width).map((line, row) => (row === 0 ? line : `  ${line}`)),
    ...trace.broken.flatMap((line) => wrap(line, width - 2)).map((line) => `  ${line}`),
  ];
}

/**
 * How a run that searched several things came out, a line a search: what somebody who reads only the end should know.
 */
import type { CaseReport } from '../src/core/run-report.ts';
import { isSameSearch, type RunReport, searchName } from './run-report.ts';
import { padEnd, type Style, widthOf, wrap } from './style.ts';
import { summaryText } from './verdict-text.ts';

/** Wrapped to `width` columns; ends with the sum of all verdicts. */
export function renderDigest(report: RunReport, style: Style, width: number): string {
  const names = report.searches.map(searchName);
  const left = Math.max(...names.map(widthOf)) + 2;
  const lines = report.searches.flatMap((search, at) => {
    const cases = report.cases.filter((found) => isSameSearch(found, search));
    return wrap(toldText(cases), width - left).map((line, row) => {
      const text = `${padEnd(row === 0 ? (names[at] ?? '') : '', left)}${line}`;
      return cases.every(({ standing }) => standing === 'expected') ? text : style.bad(text);
    });
  });
  const isGood =
    report.cases.every(({ standing }) => standing === 'expected') && report.deviations.length === 0;
  const sum = `${summaryText(report.cases)}.`;
  return [style.heading('In short'), ...lines, '', (isGood ? style.good : style.bad)(sum), ''].join('\n');
}

/** What came out of one search. */
export interface Outcome<T extends CaseReport = CaseReport> {
  /** `every property holds`, or `25 hold` and how many are vacuous or undecided. */
  readonly counts: readonly string[];
  /** What is broken, by the name of its finding, in the order of the properties. */
  readonly broken: readonly { readonly name: string; readonly cases: readonly T[] }[];
}

/** `cases` are those of one search. */
export function outcomeOf<T extends CaseReport>(cases: readonly T[]): Outcome<T> {
  const count = (kind: CaseReport['verdict']['kind']): number =>
    cases.filter(({ verdict }) => verdict.kind === kind).length;
  const broken = new Map<string, T[]>();
  for (const one of cases) {
    if (one.verdict.kind !== 'violated') continue;
    const name = one.standing === 'expected' ? (one.finding ?? 'unnamed') : 'not expected';
    broken.set(name, [...(broken.get(name) ?? []), one]);
  }
  const some = (n: number, text: string): string[] => (n === 0 ? [] : [`${n} ${text}`]);
  return {
    counts: [
      count('holds') === cases.length ? 'every property holds' : `${count('holds')} hold`,
      ...some(count('vacuous'), 'vacuous'),
      ...some(count('bounded'), 'undecided'),
    ],
    broken: [...broken].map(([name, of]) => ({ name, cases: of })),
  };
}

/** `25 hold; broken: W3d (I-9 I-10), lost-target (D-3)`. */
function toldText(cases: readonly CaseReport[]): string {
  const { counts, broken } = outcomeOf(cases);
  const list = broken.map(
    ({ name, cases: of }) => `${name} (${of.map(({ property }) => property).join(' ')})`,
  );
  return [...counts, ...(list.length === 0 ? [] : [`broken: ${list.join(', ')}`])].join('; ');
}

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

/** `30 hold; broken: W3d (I-9, I-10), lost-target (D-3)`; findings in the order of their properties. */
function toldText(cases: readonly CaseReport[]): string {
  const count = (kind: CaseReport['verdict']['kind']): number =>
    cases.filter(({ verdict }) => verdict.kind === kind).length;
  const broken = new Map<string, string[]>();
  for (const { verdict, standing, finding, property } of cases) {
    if (verdict.kind !== 'violated') continue;
    const name = standing === 'expected' ? (finding ?? 'unnamed') : 'not expected';
    broken.set(name, [...(broken.get(name) ?? []), property]);
  }
  const list = [...broken].map(([name, properties]) => `${name} (${properties.join(' ')})`);
  const holds = count('holds') === cases.length ? 'every property holds' : `${count('holds')} hold`;
  const vacuous = count('vacuous') === 0 ? [] : [`${count('vacuous')} vacuous`];
  const bounded = count('bounded') === 0 ? [] : [`${count('bounded')} undecided`];
  return [holds, ...vacuous, ...bounded, ...(list.length === 0 ? [] : [`broken: ${list.join(', ')}`])].join(
    '; ',
  );
}

/**
 * Where a search does not agree with its catalog row, though its verdicts may: counts, and labels never taken.
 */

import type { SearchExpectation } from '../../../properties/expectation.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import type { Deviation } from '../../../reports/run-report.ts';
import { thousands } from '../../../reports/style.ts';
import type { SearchReport } from '../../core/run-report.ts';

/** Nothing is said of a search that stopped early. Mutants owe no reasons: a planted bug may well cut off labels. */
export function deviationsOf(search: SearchReport, row: SearchExpectation | undefined): Deviation[] {
  if (row === undefined || search.limit !== undefined) return [];
  const { variant, form, scope } = search;
  const deviation = (code: Deviation['code'], message: string): Deviation => ({
    code,
    variant,
    form,
    scope,
    message,
  });
  const counts = (['states', 'transitions', 'depth'] as const).flatMap((key) =>
    search[key] === row[key] ? [] : [`${key} ${thousands(search[key])}, not ${thousands(row[key])}`],
  );
  const found =
    counts.length === 0 ? [] : [deviation('COUNTS_DIFFER', `from the catalog: ${counts.join('; ')}`)];
  if (mutants.some(({ id }) => id === variant)) return found;
  const never = search.neverTaken.map(({ family }) => family);
  const unexplained = never.filter((family) => row.neverTaken[family] === undefined);
  const stale = Object.keys(row.neverTaken).filter((family) => !never.includes(family));
  return [
    ...found,
    ...(unexplained.length === 0
      ? []
      : [
          deviation(
            'NEVER_TAKEN_UNEXPLAINED',
            `never taken, and the catalog gives no reason: ${unexplained.join(' ')}`,
          ),
        ]),
    ...(stale.length === 0
      ? []
      : [
          deviation('EXPLANATION_STALE', `taken (or gone), and the catalog says why not: ${stale.join(' ')}`),
        ]),
  ];
}

/**
 * What the renderers read: the report of one run of `check`, with what its searches found beside the verdicts.
 */
import type { CaseReport, CheckReport } from '../src/core/run-report.ts';

/** A search that does not agree with its catalog row, though its verdicts may. */
export interface Deviation {
  readonly code: 'COUNTS_DIFFER' | 'NEVER_TAKEN_UNEXPLAINED' | 'EXPLANATION_STALE';
  readonly variant: string;
  readonly form: string;
  readonly scope: string;
  readonly message: string;
}

/** A case and the command that does it again. */
export interface ReportedCase extends CaseReport {
  readonly reproduce: string;
}

export interface RunReport extends CheckReport {
  readonly cases: readonly ReportedCase[];
  readonly deviations: readonly Deviation[];
}

/** The story behind a name of a finding. */
export interface Story {
  readonly id: string;
  readonly title: string;
  readonly story: string;
}

/** Labels in the shortest run of a violation; of a lasso, up to its loop. */
export const lengthOf = ({ verdict }: CaseReport): number =>
  verdict.kind === 'violated' ? (verdict.loopFrom ?? verdict.trace.length) : 0;

/** The form that goes without saying. */
export const USUAL_FORM = 'pv-x86_64';

/** `v3/full`; in another form than the usual one `v3/full/hvm-x86_64`. */
export const searchName = (of: {
  readonly variant: string;
  readonly form: string;
  readonly scope: string;
}): string => [of.variant, of.scope, ...(of.form === USUAL_FORM ? [] : [of.form])].join('/');

export const isSameSearch = (
  a: { readonly variant: string; readonly form: string; readonly scope: string },
  b: { readonly variant: string; readonly form: string; readonly scope: string },
): boolean => a.variant === b.variant && a.form === b.form && a.scope === b.scope;

/** Properties with a case, in an order that every search agrees with: each stands after the one before it in its own search. */
export function propertiesIn(report: CheckReport): { readonly id: string; readonly title: string }[] {
  const order: { readonly id: string; readonly title: string }[] = [];
  for (const search of report.searches) {
    let after = -1;
    for (const { property: id, title } of report.cases.filter((found) => isSameSearch(found, search))) {
      const known = order.findIndex((one) => one.id === id);
      if (known < 0) order.splice(++after, 0, { id, title });
      else after = known;
    }
  }
  return order;
}

/**
 * Coverage for the page: each variant of the run explored in a small scope, and beside it its counterexamples and the real logs.
 */
import { single } from '../../../models/scopes.ts';
import { sourceOf } from '../../../models/source.ts';
import { pageCharts, pageCoverage } from '../../../reports/coverage-page.ts';
import type { PageChart, PageCoverage } from '../../../reports/page-data.ts';
import { isSameSearch, type RunReport, searchName } from '../../../reports/run-report.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import type { Recording } from '../../coverage/recording.ts';
import { recordRuns } from '../../coverage/runs.ts';
import { protocolOf } from '../check/task.ts';
import { type CaseDone, coverCase, explainNever } from '../cover/case.ts';
import { recordLogs } from '../cover/inputs.ts';
import type { Io } from '../io.ts';
import type { Searched } from './parts.ts';

/** A larger product is not explored for coverage; `single` has every actor and takes a few seconds. */
const STATES_MAX = 200_000;
/** Length of paths. */
const K = 3;
const OPTIONS = {
  walks: 0,
  steps: 0,
  seed: 0,
  k: K,
  until: undefined,
  format: 'text',
  statesMax: undefined,
} as const;

export interface CoverInput {
  readonly run: RunReport;
  readonly searched: readonly Searched[];
  /** Logs that were not rejected, and the variant that they are runs of. */
  readonly logs: readonly string[];
  readonly logVariant: string;
  readonly isQuiet: boolean;
}

export interface Covered {
  readonly charts: readonly PageChart[];
  readonly coverage: readonly PageCoverage[];
}

export function coverForPage(input: CoverInput, io: Io): Result<Covered> {
  const variants = [...new Set(input.searched.map(({ search }) => search.variant))];
  const results = variants.map((variant) => coverVariant(variant, input, io));
  const problems = results.flatMap((result): readonly Problem[] => (result.ok ? [] : result.problems));
  if (problems.length > 0) return fail(...problems);
  const cases = explainNever(results.flatMap((result): CaseDone[] => (result.ok ? [result.value] : [])));
  return ok({ charts: pageCharts(cases, sourceOf), coverage: pageCoverage(cases) });
}

function coverVariant(variant: string, input: CoverInput, io: Io): Result<CaseDone> {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant ${variant}`);
  const of = input.searched.filter(({ search }) => search.variant === variant);
  const small = of
    .filter(({ search }) => search.states <= STATES_MAX)
    .sort((a, b) => a.search.states - b.search.states);
  const scope = small[0]?.scope ?? single;
  const logs = variant === input.logVariant ? recordLogs(input.logs, protocol, K, io) : ok([]);
  if (!logs.ok) return logs;
  if (!input.isQuiet) io.err(`cover  ${variant}/${scope.name}\n`);
  const traces = of.flatMap((one) => counterexamples(one, input.run));
  return coverCase({
    protocol,
    scope,
    logs: logs.value,
    traces,
    wantsTours: false,
    options: OPTIONS,
    onProgress: () => {},
  });
}

/** What the shortest runs of one search took, all together. */
function counterexamples({ search, product }: Searched, run: RunReport): readonly Recording[] {
  const traces = run.cases.flatMap((found) =>
    isSameSearch(found, search) && found.trace !== undefined ? [found.trace.labels] : [],
  );
  if (traces.length === 0) return [];
  const recorded = recordRuns(
    product.tables.map(({ chart }) => chart),
    traces,
    { source: `counterexamples ${searchName(search)}`, variant: search.variant, k: K },
  );
  if (!recorded.ok) throw new Error('every run was replayed before it was covered');
  return [recorded.value];
}

/**
 * Coverage for the page: each variant of the run explored in a small scope, and beside it its counterexamples and the real logs.
 */
import type { Scope } from '../../../models/scope.ts';
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
import { recordFuzz } from '../cover/fuzz.ts';
import type { Io } from '../io.ts';
import type { Searched } from './parts.ts';

/** A larger product is not explored for coverage. */
const STATES_MAX = 200_000;
/** Length of paths. */
export const K = 3;
/** As `ballast cover --fuzz` without more. */
const FUZZ = { steps: 3000, seed: 1 } as const;
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
  /** Of logs that were not rejected, and the variant that they are runs of. */
  readonly logs: readonly Recording[];
  readonly logVariant: string;
  /** Runs of guests of real size beside it, as `ballast fuzz` makes them; 0 for none. */
  readonly fuzz: number;
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
  if (!input.isQuiet) io.err('cover  why the rest was not reached\n');
  const cases = explainNever(results.flatMap((result): CaseDone[] => (result.ok ? [result.value] : [])));
  return ok({ charts: pageCharts(cases, sourceOf), coverage: pageCoverage(cases) });
}

function coverVariant(variant: string, input: CoverInput, io: Io): Result<CaseDone> {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant ${variant}`);
  const of = input.searched.filter(({ search }) => search.variant === variant);
  const scope = scopeToExplore(of);
  const logs = variant === input.logVariant ? input.logs : [];
  if (!input.isQuiet) io.err(`cover  ${variant}/${scope.name}\n`);
  const fuzz = input.fuzz === 0 ? [] : [recordFuzz(variant, { runs: input.fuzz, ...FUZZ, k: K })];
  const traces = [...of.flatMap((one) => counterexamples(one, input.run)), ...fuzz];
  return coverCase({
    protocol,
    scope,
    logs,
    traces,
    wantsTours: false,
    options: OPTIONS,
    onProgress: () => {},
  });
}

/**
 * The largest that was searched, if it can be explored to its end in a few seconds; else `single`, which has every actor. Never a
 * small one beside a large one: what its missing actors leave out would look like a gap.
 */
export function scopeToExplore(of: readonly Pick<Searched, 'search' | 'scope'>[]): Scope {
  const largest = [...of].sort((a, b) => b.search.states - a.search.states)[0];
  const isLarge = of.some(({ search }) => search.states > STATES_MAX || search.limit !== undefined);
  return isLarge || largest === undefined ? single : largest.scope;
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

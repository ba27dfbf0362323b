/**
 * What the page shows of a run: each violation drawn, the charts, the requirements, real logs.
 */
import { formOf } from '../../../models/forms/all.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Scope } from '../../../models/scope.ts';
import { full } from '../../../models/scopes.ts';
import { sourceOf } from '../../../models/source.ts';
import { properties } from '../../../properties/all.ts';
import { ledgerLines } from '../../../properties/ledger.ts';
import { pageLog } from '../../../reports/log-page.ts';
import type { PageParts } from '../../../reports/page.ts';
import type { PageCase, PageChart, PageLog } from '../../../reports/page-data.ts';
import { pageRequirements } from '../../../reports/requirements.ts';
import { isSameSearch, type RunReport, searchName } from '../../../reports/run-report.ts';
import { composeProduct, type Product } from '../../compose/product.ts';
import { expectOk, fail, ok, type Problem, type Result } from '../../core/result.ts';
import type { SearchReport } from '../../core/run-report.ts';
import type { Recording } from '../../coverage/recording.ts';
import { recordLog } from '../../coverage/runs.ts';
import { pageCharts, pictureKind, transitionKey } from '../../explore/charts.ts';
import { caseId, pageCase } from '../../explore/picture.ts';
import type { LogEvidence } from '../../spec/evidence.ts';
import { familiesShown, type Timeline, timelines } from '../../validate/timeline.ts';
import type { ValidateOptions } from '../../validate/validate.ts';
import { scopeFrom } from '../check/scope-input.ts';
import { protocolOf, stories } from '../check/task.ts';
import type { Io } from '../io.ts';
import { reportOf } from '../logs/spec-command.ts';
import { coverForPage, K } from './coverage.ts';

/** One search with the model that it searched. */
export interface Searched {
  readonly search: SearchReport;
  readonly scope: Scope;
  readonly product: Product;
}

/** The models of a run; fails where a run (of another version, or edited) names what there is not. */
function searchedOf(run: RunReport): Result<readonly Searched[]> {
  const problems: Problem[] = [];
  const found = run.searches.flatMap((search): Searched[] => {
    const name = searchName(search);
    const protocol = protocolOf(search.variant);
    if (protocol === undefined) {
      problems.push({
        code: 'RUN_VARIANT',
        message: `there is no variant or mutant ${search.variant} any more`,
      });
      return [];
    }
    const scope = scopeFrom(full, search.bounds, { name: (key) => `${name}: ${key}` });
    if (!scope.ok) {
      problems.push(...scope.problems);
      return [];
    }
    const form = formOf(search.form, protocol);
    if (!form.ok) {
      problems.push(...form.problems);
      return [];
    }
    const product = expectOk(
      composeProduct(guestModel(protocol, form.value, scope.value)),
      'shipped variants obey the rules',
    );
    return [{ search, scope: scope.value, product }];
  });
  return problems.length > 0 ? fail(...problems) : ok(found);
}

/** Every violation, its run confirmed by XState. A run that the charts of today do not take is RUN_OUTDATED. */
function casesOf(run: RunReport, searched: readonly Searched[]): Result<readonly PageCase[]> {
  const problems: Problem[] = [];
  const cases = run.cases.flatMap((found): PageCase[] => {
    const of = searched.find(({ search }) => isSameSearch(search, found));
    if (of === undefined || found.trace === undefined) return [];
    try {
      return [pageCase(of.product, found, of.scope, ledgerLines)];
    } catch (error) {
      const message = `${caseId(found)}: ${error instanceof Error ? error.message : String(error)}`;
      problems.push({ code: 'RUN_OUTDATED', message, expected: 'a run of the charts of this version' });
      return [];
    }
  });
  return problems.length > 0 ? fail(...problems) : ok(cases);
}

/**
 * The charts of each variant (of its first search), with what the counterexamples took: where nothing was explored for coverage.
 */
function chartsOf(cases: readonly PageCase[], searched: readonly Searched[]): readonly PageChart[] {
  const firsts = searched.filter(
    (one, at) => searched.findIndex(({ search }) => search.variant === one.search.variant) === at,
  );
  return firsts.flatMap(({ search, product }) => {
    const kinds = new Map(product.tables.map(({ chart }) => [chart.id, pictureKind(chart)]));
    const taken = takenIn(
      cases.filter(({ variant }) => variant === search.variant),
      kinds,
    );
    const never = new Set(search.neverTaken.map(({ family }) => family));
    return pageCharts(product, search.variant, {
      takenBy: (key) => taken.get(key) ?? [],
      why: (_, family) =>
        never.has(family)
          ? `no label of this family was taken in ${searchName(search)}`
          : 'in no counterexample of this run',
      sourceOf: (kind, state, family) => sourceOf(kind, state, family, undefined, search.variant),
    });
  });
}

/** Per transition, the counterexamples that took it. */
function takenIn(
  cases: readonly PageCase[],
  kinds: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>();
  for (const { property, scope, start, steps } of cases) {
    const source = `run ${property} in ${scope}`;
    const values = new Map(Object.entries(start).map(([id, { value }]) => [id, value]));
    for (const { label, owners, changed } of steps) {
      const family = label.replace(/\(.*$/, '');
      for (const { chart } of owners) {
        const from = values.get(chart) ?? '';
        const to = changed[chart]?.value ?? from;
        const key = transitionKey(kinds.get(chart) ?? chart, from, family, to);
        const sources = taken.get(key) ?? [];
        if (!sources.includes(source)) taken.set(key, [...sources, source]);
        values.set(chart, to);
      }
    }
  }
  return taken;
}

/** Logs of real guests, a run each; `variant` is the protocol that they run. */
export function timelinesOf(paths: readonly string[], variant: string, io: Io): Result<readonly Named[]> {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant ${variant}`);
  const read = paths.map((path) => {
    const recordings: Recording[] = [];
    const onRuns: ValidateOptions['onRuns'] = (runs, { guest }) => {
      const source = guest === 'dom0' ? `log ${folderName(path)}` : `log ${folderName(path)} (${guest})`;
      recordings.push(recordLog(runs, { source, variant, k: K }));
    };
    return { path, recordings, result: timelines([path], io.logs, { protocol, properties, onRuns }) };
  });
  const problems = read.flatMap(({ result }) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return fail(...problems);
  return ok(
    read.flatMap(({ path, recordings, result }) => {
      const found = result.ok ? result.value : [];
      const name = folderName(path);
      return found.map((timeline, at) => ({
        name: found.length === 1 ? name : `${name} ${timeline.validation.guest}`,
        timeline,
        recording: recordings[at],
      }));
    }),
  );
}

const folderName = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '');

export interface Named {
  readonly name: string;
  readonly timeline: Timeline;
  /** What its surviving beliefs took. */
  readonly recording: Recording | undefined;
}

/** What a page is made of, besides the run. */
export interface PageInput {
  readonly logs: readonly Named[];
  readonly logVariant: string;
  /** Explore each variant for coverage: some seconds each. Otherwise charts show what the counterexamples took. */
  readonly covers: boolean;
  /** Runs of fuzzing for the coverage of each variant. */
  readonly fuzz: number;
  readonly isQuiet: boolean;
  readonly version: string;
  readonly reproduce: string;
}

/** Everything of a run on one page. */
export function pageParts(run: RunReport, input: PageInput, io: Io): Result<PageParts> {
  const { logs, logVariant, covers, fuzz, isQuiet, version, reproduce } = input;
  const searched = searchedOf(run);
  if (!searched.ok) return searched;
  const cases = casesOf(run, searched.value);
  if (!cases.ok) return cases;
  const taken = logs.flatMap(({ timeline, recording }) =>
    timeline.validation.verdict === 'rejected' || recording === undefined ? [] : [recording],
  );
  const covered = covers
    ? coverForPage({ run, searched: searched.value, logs: taken, logVariant, fuzz, isQuiet }, io)
    : ok({ charts: chartsOf(cases.value, searched.value), coverage: [] });
  if (!covered.ok) return covered;
  const told = new Set(run.cases.flatMap(({ finding }) => finding ?? []));
  return ok({
    version,
    reproduce,
    run,
    stories: stories().filter(({ id }) => told.has(id)),
    cases: cases.value,
    ...covered.value,
    requirements: pageRequirements(reportOf(run, evidenceOf(logs), reproduce).requirements),
    logs: logs.map(({ name, timeline }): PageLog => pageLog(name, timeline)),
  });
}

const evidenceOf = (named: readonly Named[]): readonly LogEvidence[] | undefined =>
  named.length === 0
    ? undefined
    : named.map(({ name, timeline }) => ({
        name,
        variant: timeline.validation.variant,
        verdict: timeline.validation.verdict,
        families: familiesShown(timeline),
      }));

/**
 * One variant in one scope, all properties at once: charts → product → search → verdicts → traces.
 */

import type { ExpectedVerdict, SearchExpectation } from '../../properties/expectation.ts';
import type { Property } from '../../properties/property.ts';
import type { ChartAnswers } from '../compile/answers.ts';
import { ownershipProblems } from '../compose/lints.ts';
import {
  conditionText,
  instancesOf,
  meets,
  type Sum,
  sumOver,
  type TemporalWatch,
} from '../compose/observation.ts';
import { composeProduct, type Product, tableProblems } from '../compose/product.ts';
import type { Model } from '../core/chart.ts';
import { labelText } from '../core/label.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import type { CaseReport, SearchReport, ShownTrace, Standing } from '../core/run-report.ts';
import { exitCode, type Verdict } from '../core/verdict.ts';
import { canJudge } from '../search/fair/graph.ts';
import { judgeTemporal, type Lasso } from '../search/fair/judge-temporal.ts';
import { type Exploration, explore, type SearchOptions } from '../search/search.ts';
import { buildTrace, type LedgerLine } from '../trace/trace.ts';
import { fairnessText, lassoText } from './lasso-text.ts';
import { overflowsAfter, overflowsOn, overflowWatch } from './overflow.ts';

export interface SearchTask {
  readonly variant: string;
  readonly form: string;
  readonly scope: { readonly name: string };
  readonly model: Model;
  readonly properties: readonly Property[];
  readonly ledger: readonly LedgerLine[];
  readonly expectation?: SearchExpectation;
  /** Properties that the expectation says nothing about; of others it says `holds` where it has no entry. */
  readonly unforeseen?: readonly string[];
  /** Milliseconds, for the time a search took. */
  readonly clock: () => number;
  readonly answers?: KeptAnswers;
}

/** What XState said about the charts of this very model, kept between processes. */
export interface KeptAnswers {
  readonly known: readonly ChartAnswers[];
  /** Called when XState had to be asked for more. */
  readonly keep: (all: readonly ChartAnswers[]) => void;
}

type Violated = Extract<Verdict, { readonly kind: 'violated' }>;

export interface SearchOutcome {
  readonly search: SearchReport;
  readonly cases: readonly CaseReport[];
}

/** Fails with every problem if the charts break the rules of the product. */
export function runSearch(task: SearchTask, options: SearchOptions = {}): Result<SearchOutcome> {
  const started = task.clock();
  const composed = composeProduct(task.model, task.answers?.known);
  if (!composed.ok) return composed;
  const product = composed.value;
  const found = explore(product, [...task.properties.map(({ watch }) => watch), overflowWatch(product)], {
    ...options,
    nameOf: (watch) => task.properties[watch]?.id ?? 'counters in their range',
  });
  const problems = [...ownershipProblems(task.model), ...tableProblems(product), ...refusals(product, found)];
  if (problems.length > 0) return fail(...problems);
  const lassos = lassosOf(task, product, found, options.memory);
  const seconds = (task.clock() - started) / 1000;
  const overflow = found.violations[task.properties.length] !== undefined;
  const cases = task.properties.map((property, at) => {
    const lasso = lassos?.get(property.id);
    const verdict: Verdict =
      lassos === undefined && property.watch.kind === 'temporal'
        ? { kind: 'bounded', limit: 'memory' }
        : verdictOf(product, found, property, at, overflow, lasso);
    return caseOf(task, product, property, verdict, lasso);
  });
  // What broke a rule must be asked for again, so that it is reported again.
  if (product.tables.some(({ hasAsked }) => hasAsked) && tableProblems(product).length === 0)
    task.answers?.keep(product.tables.map(({ answers }) => answers));
  return ok({ search: searchReport(task, product, found, seconds), cases });
}

/** By property id; judged only where every state was seen. `undefined`: memory does not allow to judge. */
function lassosOf(
  task: SearchTask,
  product: Product,
  found: Exploration,
  memory = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, Lasso> | undefined {
  const temporal = task.properties.flatMap(({ id, watch }, at) =>
    watch.kind === 'temporal' ? [{ id, watch, at }] : [],
  );
  if (!found.complete || temporal.length === 0) return new Map();
  const watches = temporal.map(({ watch }): TemporalWatch => watch);
  const judged = found.lassos && temporal.map(({ at }) => found.lassos?.[at]);
  if (judged === undefined && !canJudge(found, watches.length, memory)) return undefined;
  const lassos = judged ?? judgeTemporal(product, found, watches);
  return new Map(
    temporal.flatMap(({ id }, at) => {
      const lasso = lassos[at];
      return lasso === undefined ? [] : [[id, lasso] as const];
    }),
  );
}

function refusals(product: Product, found: Exploration): Problem[] {
  return found.refusals.map(({ chart, local, label }) => {
    const table = product.tables[chart];
    const event = product.labels[label];
    return {
      code: 'OBSERVER_REFUSES',
      message: `${table?.chart.id} observes ${event === undefined ? label : labelText(event)} but refuses it in ${table?.local(local).key}`,
    };
  });
}

function caseOf(
  task: SearchTask,
  product: Product,
  property: Property,
  verdict: Verdict,
  lasso: Lasso | undefined,
): CaseReport {
  const expected = expectedOf(task, property);
  return {
    variant: task.variant,
    form: task.form,
    scope: task.scope.name,
    property: property.id,
    title: property.title,
    statement: property.statement,
    at: property.at,
    ...(property.watch.kind === 'temporal'
      ? { fairness: fairnessText(property.watch, new Set(product.labels.map(({ type }) => type))) }
      : {}),
    verdict,
    expected: expected?.kind,
    expectedLength: expected?.length,
    finding: verdict.kind === 'violated' ? expected?.finding : undefined,
    standing: standingOf(verdict, expected),
    trace: verdict.kind === 'violated' ? shown(product, verdict, property, task.ledger, lasso) : undefined,
  };
}

/** Nothing is expected of what the row could not know. */
function expectedOf(
  { expectation: row, unforeseen = [] }: SearchTask,
  { id }: Property,
): ExpectedVerdict | undefined {
  if (row === undefined || unforeseen.includes(id)) return undefined;
  return row.onRequest?.[id] ?? row.verdicts[id] ?? { kind: 'holds' };
}

function verdictOf(
  product: Product,
  found: Exploration,
  property: Property,
  at: number,
  overflow: boolean,
  lasso: Lasso | undefined,
): Verdict {
  const run = runOf(found, at, lasso);
  if (run !== undefined && !(overflow && needsOverflow(product, found, property, run)))
    return {
      kind: 'violated',
      trace: run.ids.flatMap((id) => product.labels[id] ?? []),
      violating: run.count,
      ...(run.loopFrom === undefined ? {} : { loopFrom: run.loopFrom }),
    };
  if (found.limit !== undefined) return { kind: 'bounded', limit: found.limit };
  if (overflow) return { kind: 'bounded', limit: 'overflow' };
  const seen = product.labels.some(
    ({ type }, id) => property.witness.includes(type) && (found.fired[id] ?? 0) > 0,
  );
  return seen ? { kind: 'holds' } : { kind: 'vacuous', witness: property.witness.join(' or ') };
}

interface ViolatingRun {
  readonly ids: readonly number[];
  readonly count: number;
  /** The violating state, or the one in which a label violates. */
  readonly state?: number;
  readonly loopFrom?: number;
}

/** The run that violates a watch, if there is one. */
function runOf(found: Exploration, at: number, lasso: Lasso | undefined): ViolatingRun | undefined {
  if (lasso !== undefined)
    return { ids: [...lasso.prefix, ...lasso.loop], count: lasso.count, loopFrom: lasso.prefix.length };
  const violation = found.violations[at];
  if (violation === undefined) return undefined;
  const { count, label, state } = violation;
  const run = [...found.path(state), ...(label === undefined ? [] : [label])];
  return { ids: found.concrete?.(run) ?? run, count, state };
}

/** Whether a run shows nothing, since counters have left their range on it, or may where it ends in what a goal is missed from. */
const needsOverflow = (
  product: Product,
  found: Exploration,
  { watch }: Property,
  { ids, state }: ViolatingRun,
): boolean =>
  overflowsOn(product, ids) ||
  (watch.kind === 'possible' && state !== undefined && overflowsAfter(product, found, state));

/** An expected violation must also have the expected shortest length; a lasso is counted up to its loop. */
function standingOf(verdict: Verdict, expected: ExpectedVerdict | undefined): Standing {
  const code = exitCode(verdict, expected?.kind);
  if (code === 2) return 'inconclusive';
  const length = verdict.kind === 'violated' ? (verdict.loopFrom ?? verdict.trace.length) : undefined;
  const off = expected?.length !== undefined && length !== expected.length;
  return code === 0 && !off ? 'expected' : 'unexpected';
}

function shown(
  product: Product,
  { trace: labels, loopFrom }: Violated,
  property: Property,
  ledger: readonly LedgerLine[],
  lasso: Lasso | undefined,
): ShownTrace {
  const trace = buildTrace(product, labels, ledger);
  const { start, steps, end } = trace;
  if (lasso !== undefined && loopFrom !== undefined)
    return { labels, start, steps, loopFrom, broken: lassoText(lasso) };
  return { labels, start, steps, broken: brokenLines(product, end, property) };
}

/** The balance of the property that does not come out, with its numbers. */
function brokenLines(product: Product, end: Int32Array, property: Property): string[] {
  const { watch } = property;
  if (watch.kind !== 'state') return [];
  return instancesOf(product, watch).flatMap((index) => {
    const totalOf = (sum: Sum) => sumOver(product, end, sum, index);
    return watch.clauses
      .filter((conditions) => conditions.every((condition) => meets(totalOf(condition.sum), condition)))
      .flatMap((conditions) =>
        conditions.slice(-1).map((condition) => conditionText(condition, totalOf, index)),
      );
  });
}

function searchReport(task: SearchTask, product: Product, found: Exploration, seconds: number): SearchReport {
  const row = task.expectation;
  const taken = new Set(product.labels.flatMap(({ type }, id) => ((found.fired[id] ?? 0) > 0 ? [type] : [])));
  const families = [...new Set(product.labels.map(({ type }) => type))];
  return {
    variant: task.variant,
    form: task.form,
    scope: task.scope.name,
    bounds: { ...task.scope },
    // Of the whole graph, whether or not all of it was stored.
    ...(found.whole ?? { states: found.states, transitions: found.transitions }),
    depth: found.depth,
    limit: found.limit,
    expected:
      row === undefined ? undefined : { states: row.states, transitions: row.transitions, depth: row.depth },
    neverTaken: families
      .filter((family) => !taken.has(family))
      .map((family) => ({ family, why: row?.neverTaken[family] })),
    seconds,
    ...(found.engine === undefined ? {} : { engine: found.engine }),
  };
}

/**
 * `ballast check`: the catalog, or what is chosen.
 */
import type { Command } from 'commander';
import { pv64 } from '../../../models/forms/pv.ts';
import { renderFinding, tell } from '../../../reports/finding.ts';
import type { ReportedCase, RunReport } from '../../../reports/run-report.ts';
import { renderTable } from '../../../reports/table.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { CHECK_SCHEMA } from '../../core/run-report.ts';
import { EXIT, type Exit, exitOf } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { addCheckFlags, type CheckFlags, type Limits, limitsOf } from './check-flags.ts';
import { deviationsOf } from './deviations.ts';
import { explainId, listAll } from './explain.ts';
import { formatted, writeSummary } from './format-report.ts';
import { type Plan, planCheck } from './plan.ts';
import { openFolder, writeReport } from './report-files.ts';
import { runTasks } from './run-tasks.ts';
import { boundsText } from './scope-text.ts';
import { stories, type TaskOutcome } from './task.ts';

/** Adds the verb; `done` takes its exit code. */
export function addCheckCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  addCheckFlags(
    program.command('check').description('check variants of the protocol: the catalog, or what is chosen'),
  ).action(async (flags: CheckFlags) => done(await check(flags, io)));
}

async function check(flags: CheckFlags, io: Io): Promise<Exit> {
  if (flags.list === true) {
    io.out(listAll(io.style));
    return EXIT.expected;
  }
  if (flags.explain !== undefined) {
    const text = explainId(flags.explain, io.style);
    if (!text.ok) return printProblems(io, text.problems, EXIT.usage);
    io.out(text.value);
    return EXIT.expected;
  }
  const limits = limitsOf(flags);
  if (!limits.ok) return printProblems(io, limits.problems, EXIT.usage);
  const plan = planCheck(flags, io.files);
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const folder = typeof flags.out === 'string' ? openFolder(io, flags.out) : undefined;
  if (folder !== undefined && !folder.ok) return printProblems(io, folder.problems, EXIT.usage);
  if (flags.quiet !== true) banner(plan.value, limits.value, io);
  const report = await search(plan.value, limits.value, flags.quiet === true, io);
  if (!report.ok)
    return printProblems(
      io,
      report.problems,
      plan.value.tasks.some(({ expectation }) => expectation === undefined) ? EXIT.badInput : EXIT.internal,
    );
  if (folder !== undefined) writeReport(io, folder.value, report.value);
  const exit = exitOf(report.value);
  print(report.value, plan.value, limits.value, flags, io);
  if (folder !== undefined && flags.quiet !== true) io.err(`Report: ${folder.value}/report.md\n`);
  writeSummary(io, report.value, limits.value.format);
  if (exit !== EXIT.expected && limits.value.format === 'text')
    io.out(`Reproduce: ${report.value.reproduce}\n`);
  return exit;
}

/** Enough to do it again. */
function banner({ tasks, selection }: Plan, limits: Limits, io: Io): void {
  const names = [...new Set(tasks.map(({ scope }) => scope.name))];
  const scopes = names.map((name) => {
    const of = tasks.filter(({ scope }) => scope.name === name);
    const bounds = of[0] === undefined ? '' : boundsText(of[0].scope);
    return `  ${name}: ${of.map(({ variant, form }) => (form === pv64.id ? variant : `${variant} (${form})`)).join(' ')}\n    ${bounds}\n`;
  });
  const command = ['ballast check', ...selection, ...limitFlags(limits)].join(' ');
  io.err(`ballast ${io.version}, node ${io.node}: ${command}\n${scopes.join('')}`);
}

const limitFlags = ({ statesMax, seconds, memory }: Limits): string[] => [
  ...(statesMax === undefined ? [] : [`--max-states ${statesMax}`]),
  ...(seconds === undefined ? [] : [`--timeout ${seconds}`]),
  ...(memory === undefined ? [] : [`--memory ${memory}`]),
];

/** Runs a plan to its report; problems are chart rules that a model broke. */
export async function search(plan: Plan, limits: Limits, quiet: boolean, io: Io): Promise<Result<RunReport>> {
  const { statesMax, seconds, memory } = limits;
  const deadline = seconds === undefined ? undefined : io.now() + seconds * 1000;
  const tasks = plan.tasks.map((task) => ({
    ...task,
    ...(statesMax === undefined ? {} : { statesMax }),
    ...(deadline === undefined ? {} : { deadline }),
  }));
  const { outcomes } = await runTasks(io, tasks, quiet ? 'none' : limits.progress, memory);
  return reportOf(plan, limits, outcomes);
}

/** The chart rules that a model broke, or everything that was found. */
function reportOf(plan: Plan, limits: Limits, outcomes: readonly TaskOutcome[]): Result<RunReport> {
  const problems = outcomes.flatMap((outcome): readonly Problem[] => (outcome.ok ? [] : outcome.problems));
  if (problems.length > 0) return fail(...problems);
  const found = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const cases = found.flatMap((of, task) =>
    of.cases.map((one): ReportedCase => ({ ...one, reproduce: command(plan, limits, task, one.property) })),
  );
  const report = {
    schema: CHECK_SCHEMA,
    searches: found.map((of) => of.search),
    cases,
    deviations: found.flatMap((of, task) => deviationsOf(of.search, plan.tasks[task]?.expectation)),
  } as const;
  return ok({ ...report, reproduce: reproduceOf(report, plan, limits) });
}

/** A time limit depends on the machine, so it is named only where it ended the search. */
const command = (plan: Plan, limits: Limits, task: number, property?: string): string =>
  [
    'ballast check',
    ...(plan.alone[task] ?? []),
    ...(property === undefined ? [] : [`--property ${property}`]),
    ...limitFlags(limits),
  ].join(' ');

/** The first thing that is not as expected, or else the whole run. */
function reproduceOf(report: Omit<RunReport, 'reproduce'>, plan: Plan, limits: Limits): string {
  const surprise =
    report.cases.find(({ standing }) => standing === 'unexpected') ??
    report.cases.find(({ standing }) => standing === 'inconclusive');
  const [deviation] = report.deviations;
  const whole = ['ballast check', ...plan.selection, ...limitFlags(limits)].join(' ');
  const bounded = report.cases.some(
    ({ verdict, standing }) => verdict.kind === 'bounded' && standing !== 'expected',
  );
  if (surprise !== undefined)
    return surprise.standing === 'inconclusive' && bounded ? whole : surprise.reproduce;
  if (deviation === undefined) return whole;
  const task = plan.tasks.findIndex(
    ({ variant, form, scope }) =>
      variant === deviation.variant && form === deviation.form && scope.name === deviation.scope,
  );
  return command(plan, limits, task);
}

/** A format for machines, or the table and a story for each finding; what nobody expected comes last, with everything that moved. */
function print(report: RunReport, plan: Plan, limits: Limits, flags: CheckFlags, io: Io): void {
  const text = formatted(report, limits.format, io);
  if (text !== undefined) {
    io.out(text);
    return;
  }
  const { style, width } = io;
  io.out(`${renderTable(report, style, width)}\n`);
  for (const told of tell(report, stories())) {
    if (flags.quiet === true && told.expected) continue;
    const runs = limits.runs ?? (plan.isPointed || !told.expected ? 'full' : 'short');
    io.out(`${renderFinding(told, { style, width, runs })}\n`);
  }
}

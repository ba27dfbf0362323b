/**
 * `ballast check`: the catalog, or what is chosen.
 */
import type { Command } from 'commander';
import { pv64 } from '../../../models/forms/pv.ts';
import { renderDigest } from '../../../reports/digest.ts';
import { renderFinding, tell } from '../../../reports/finding.ts';
import { type ReportedCase, type RunReport, searchName } from '../../../reports/run-report.ts';
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
import { type Interrupted, Resumable } from './resumable.ts';
import { runTasks } from './run-tasks.ts';
import { boundsText } from './scope-text.ts';
import { splitProblems } from './split-names.ts';
import { stories, type Task, type TaskOutcome } from './task.ts';

/** Adds the verb; `done` takes its exit code. */
export function addCheckCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  addCheckFlags(
    program.command('check').description('check variants of the protocol: the catalog, or what is chosen'),
  ).action(async (flags: CheckFlags) => done(await check(flags, io)));
}

/** Goes on where it was interrupted, with the flags of then. */
export const checkAgain = (before: Interrupted, io: Io): Promise<Exit> => check(before.flags, io, before);

async function check(flags: CheckFlags, io: Io, before?: Interrupted): Promise<Exit> {
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
  const unknown = splitProblems(limits.value.split ?? [], plan.value.tasks);
  if (unknown.length > 0) return printProblems(io, unknown, EXIT.usage);
  const folder = before === undefined ? folderFor(flags, io) : ok(before.folder);
  if (folder !== undefined && !folder.ok) return printProblems(io, folder.problems, EXIT.usage);
  if (flags.quiet !== true) banner(plan.value, limits.value, io);
  const resumable =
    folder === undefined
      ? undefined
      : new Resumable(io, before ?? { folder: folder.value, flags, done: {} }, limits.value.checkpointMs);
  const report = await search(plan.value, limits.value, flags.quiet === true, io, resumable);
  if (!report.ok)
    return printProblems(
      io,
      report.problems,
      report.problems.every(({ code }) => code.startsWith('CHECKPOINT_')) ||
        plan.value.tasks.some(({ expectation }) => expectation === undefined)
        ? EXIT.badInput
        : EXIT.internal,
    );
  if (folder !== undefined) writeReport(io, folder.value, report.value);
  const exit = exitOf(report.value);
  print(report.value, plan.value, limits.value, flags, io);
  if (folder !== undefined && flags.quiet !== true) io.err(`Report: ${folder.value}/report.md\n`);
  writeSummary(io, report.value, limits.value.format);
  if (exit === EXIT.interrupted && resumable !== undefined) io.err(`Resume: ${resumable.command}\n`);
  if (exit !== EXIT.expected && limits.value.format === 'text')
    io.out(`Reproduce: ${report.value.reproduce}\n`);
  return exit;
}

const folderFor = ({ out }: CheckFlags, io: Io): Result<string> | undefined =>
  typeof out === 'string' ? openFolder(io, out) : undefined;

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

const limitFlags = ({ statesMax, seconds, memory, engine, split, symmetry }: Limits): string[] => [
  ...(symmetry ? ['--symmetry'] : []),
  ...(engine === 'auto' ? [] : [`--engine ${engine}`]),
  ...(split === undefined ? [] : [`--split ${split.join(',')}`]),
  ...(statesMax === undefined ? [] : [`--max-states ${statesMax}`]),
  ...(seconds === undefined ? [] : [`--timeout ${seconds}`]),
  ...(memory === undefined ? [] : [`--memory ${memory}`]),
];

/** Runs a plan to its report; problems are chart rules that a model broke. */
export async function search(
  plan: Plan,
  limits: Limits,
  quiet: boolean,
  io: Io,
  resumable?: Resumable,
): Promise<Result<RunReport>> {
  const { cache, statesMax, seconds, memory, threads, engine, split, symmetry } = limits;
  const deadline = seconds === undefined ? undefined : io.now() + seconds * 1000;
  const tasks = plan.tasks.map((task) => ({
    ...task,
    ...(statesMax === undefined ? {} : { statesMax }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(engine === 'plain' ? {} : { engine }),
    ...(split === undefined ? {} : { split }),
    ...(symmetry ? { symmetry } : {}),
  }));
  const left = [...tasks.keys()].filter((at) => resumable?.outcomeOf(at) === undefined);
  resumable?.begin();
  const ran = await runTasks(
    io,
    left.map((at) => kept(tasks[at] as Task, at, resumable)),
    quiet ? 'none' : limits.progress,
    { cache, memory, threads, onDone: (n, outcome) => resumable?.finished(left[n] ?? n, outcome) },
  );
  const outcomes = tasks.flatMap((_, at) => resumable?.outcomeOf(at) ?? ran.outcomes[left.indexOf(at)] ?? []);
  for (const outcome of quiet ? [] : outcomes)
    if (outcome.ok && outcome.value.search.engine !== undefined)
      io.err(`${searchName(outcome.value.search)}: ${outcome.value.search.engine}\n`);
  if (outcomes.every(({ ok: isOk }) => isOk)) resumable?.end(outcomes.some(isInterrupted));
  return reportOf(plan, limits, outcomes);
}

const kept = (task: Task, at: number, resumable: Resumable | undefined): Task =>
  resumable === undefined ? task : resumable.task(task, at);

const isInterrupted = (outcome: TaskOutcome): boolean =>
  outcome.ok && outcome.value.search.limit === 'interrupted';

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

/** A format for machines, or the table, a story for each finding (what nobody expected comes last, with everything that moved), and the end in short. */
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
  if (report.searches.length > 1 && flags.quiet !== true) io.out(renderDigest(report, style, width));
}

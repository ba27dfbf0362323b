/**
 * `ballast cover`: which part of the charts a product reaches, walks take, and logs of real guests show.
 */
import type { Command } from 'commander';
import { sourceOf } from '../../../models/source.ts';
import { catalog } from '../../../properties/catalog.ts';
import { renderCobertura } from '../../../reports/cobertura.ts';
import { renderCoverage, renderCoverageJson } from '../../../reports/coverage.ts';
import { renderLcov } from '../../../reports/lcov.ts';
import { searchName } from '../../../reports/run-report.ts';
import { plain } from '../../../reports/style.ts';
import { type Problem, problemText } from '../../core/result.ts';
import { linesOf } from '../../coverage/lines.ts';
import { union } from '../../coverage/recording.ts';
import { COVER_SCHEMA, type CoverReport } from '../../coverage/report.ts';
import { scopeByFlags } from '../check/check-flags.ts';
import { type Plan, planCheck } from '../check/plan.ts';
import { protocolOf, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { writeText } from '../output.ts';
import { printProblems } from '../problems.ts';
import { type CaseDone, coverCase, explainNever } from './case.ts';
import { addCoverFlags, type CoverFlags, type CoverOptions, coverFlagTexts, coverOptions } from './flags.ts';
import { recordFuzz } from './fuzz.ts';
import { readTraceVariants, recordLogs, recordTraces } from './inputs.ts';

export function addCoverCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  addCoverFlags(
    program.command('cover').description('what of the charts is reached, walked and seen in real logs'),
  ).action((flags: CoverFlags) => done(cover(flags, io)));
}

function cover(flags: CoverFlags, io: Io): Exit {
  const options = coverOptions(flags);
  const plan = planCheck(chosen(flags), io.files);
  const usage: Problem[] = [
    ...(options.ok ? [] : options.problems),
    ...(plan.ok || ('isUsage' in plan && !plan.isUsage) ? [] : plan.problems),
  ];
  if (!options.ok || usage.length > 0) return printProblems(io, usage, EXIT.usage);
  if (!plan.ok) return printProblems(io, plan.problems, EXIT.badInput);
  const unused = readTraceVariants(flags.trace ?? [], io).filter(
    ({ variant }) => !plan.value.tasks.some((task) => task.variant === variant),
  );
  if (unused.length > 0)
    return printProblems(
      io,
      unused.map(({ file, variant }) => ({
        code: 'TRACE_VARIANT',
        message: `${file} is a run of ${variant}, which is not covered here`,
        expected: `--variant ${variant}`,
      })),
      EXIT.badInput,
    );
  const cases: CaseDone[] = [];
  for (const task of plan.value.tasks) {
    const found = oneCase(task, flags, options.value, io);
    if (!found.ok) return printProblems(io, found.problems, EXIT.badInput);
    cases.push(found.value);
  }
  return tell(cases, plan.value, flags, options.value, io);
}

/** Without a choice: the variants that `check` covers by default, or mainline for logs, in the smallest scope with every actor. */
function chosen(flags: CoverFlags): CoverFlags {
  const byFlags = scopeByFlags(flags).flags.length > 0;
  const defaults = [...new Set(catalog.filter((row) => row.default).map(({ variant }) => variant))];
  const named = (flags.variant ?? []).length + (flags.mutant ?? []).length > 0;
  return {
    ...flags,
    ...(named ? {} : { variant: flags.log === undefined ? defaults : ['v3'] }),
    ...(flags.scope === undefined && !byFlags ? { scope: ['single'] } : {}),
  };
}

function oneCase(task: Task, flags: CoverFlags, options: CoverOptions, io: Io) {
  const protocol = protocolOf(task.variant);
  if (protocol === undefined) throw new Error(`no variant or mutant ${task.variant}`);
  const logs = recordLogs(flags.log ?? [], protocol, options.k, io);
  if (!logs.ok) return logs;
  const traces = recordTraces(flags.trace ?? [], protocol, task.scope, options.k, io);
  if (!traces.ok) return traces;
  if (flags.quiet !== true) io.err(`cover  ${searchName({ ...task, scope: task.scope.name })}\n`);
  const { fuzz: runs, fuzzSteps, seed, k } = options;
  const fuzzed = runs > 0 ? [recordFuzz(task.variant, { runs, steps: fuzzSteps, seed, k })] : [];
  return coverCase({
    protocol,
    scope: task.scope,
    logs: logs.value,
    traces: [...fuzzed, ...traces.value],
    wantsTours: flags.tours === true,
    options,
    onProgress: (states) => {
      if (flags.quiet !== true && io.errIsTerminal) io.err(`\rcover  ${states} states\u001b[K\r`);
    },
  });
}

function tell(
  cases: readonly CaseDone[],
  plan: Plan,
  flags: CoverFlags,
  options: CoverOptions,
  io: Io,
): Exit {
  const untils = cases.flatMap(({ until }) => until ?? []);
  const until =
    options.until === undefined
      ? undefined
      : { condition: options.until.text, met: untils.every(({ met }) => met), cases: untils };
  const reproduce = ['ballast cover', ...plan.selection, ...coverFlagTexts(flags)].join(' ');
  const report: CoverReport = {
    schema: COVER_SCHEMA,
    cases: explainNever(cases),
    until,
    reproduce,
  };
  const text = rendered(report, cases, flags, options, io);
  writeText(io, flags.output, text);
  if (until !== undefined && !until.met) {
    if (options.format === 'text') io.out(`Reproduce: ${reproduce}\n`);
    else io.err(`ballast: ${problemText({ code: 'UNTIL_NOT_MET', message: until.condition })}\n`);
    return EXIT.inconclusive;
  }
  return EXIT.expected;
}

function rendered(
  report: CoverReport,
  cases: readonly CaseDone[],
  flags: CoverFlags,
  { format }: CoverOptions,
  io: Io,
): string {
  if (format === 'text')
    return renderCoverage(report, flags.output === undefined ? io.style : plain, io.width);
  if (format === 'json') return renderCoverageJson(report);
  const files = linesOf(
    cases.map(({ report: { charts, sources }, outcomes }) => {
      const given = sources.filter(({ recording }) => recording.source.startsWith('exploration') !== true);
      // Where runs were given, they are what is measured; the exploration is only their measure.
      const of = (given.length > 0 ? given : sources).map(({ recording }) => recording);
      return { charts, outcomes, recording: union('all', of) };
    }),
    sourceOf,
  );
  return format === 'lcov' ? renderLcov(files, 'ballast_cover') : renderCobertura(files, io.version);
}

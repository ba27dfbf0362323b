/**
 * `ballast report`: a run of check, and the logs of real guests, as one page that needs nothing else.
 */
import { type Command, Option } from 'commander';
import { renderPage } from '../../../reports/page.ts';
import type { RunReport } from '../../../reports/run-report.ts';
import type { Failure, Problem } from '../../core/result.ts';
import { search as runCheck } from '../check/check-command.ts';
import { addFormFlag, addScopeFlags, type CheckFlags, limitsOf } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { openFolder, writeReport } from '../check/report-files.ts';
import { findProtocol } from '../check/task.ts';
import { EXIT, type Exit, exitOf } from '../exit.ts';
import type { Io } from '../io.ts';
import { wholeNumbers } from '../numbers.ts';
import { writeText } from '../output.ts';
import { printProblems } from '../problems.ts';
import { mail } from './mail.ts';
import { pageParts, timelinesOf } from './parts.ts';
import { readRun } from './run.ts';

interface ReportFlags extends CheckFlags {
  readonly from?: string;
  readonly log?: readonly string[];
  readonly logVariant: string;
  readonly cover: boolean;
  readonly fuzz?: string;
  readonly output?: string;
  readonly finding?: string;
  readonly format: 'html' | 'lkml';
}

const FILE = 'report.html';

export function addReportCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('report')
    .description(
      'one page with everything: verdicts, runs drawn step by step, charts, requirements, real logs',
    )
    .option(
      '--from <folder>',
      'the folder of a run of check; without it the catalog, or what is chosen, is checked',
    )
    .option('--log <path...>', 'logs of real guests, a file or folder each')
    .option('--log-variant <id>', 'the protocol that those guests run', 'v3')
    .option('-o, --output <file>', `where the page goes (the folder of the run, ${FILE})`)
    .option('--finding <id>', 'with --format lkml: which finding of the catalog')
    .addOption(
      new Option('--format <format>', 'the page, or one finding as a mail to maintainers')
        .choices(['html', 'lkml'])
        .default('html'),
    )
    .option('--no-cover', 'do not explore each variant for coverage')
    .option('--fuzz <runs>', 'also cover so many runs of ballast fuzz of each variant')
    .option('--variant <id...>', 'protocol variants to check')
    .option('--mutant <id...>', 'mutants to check')
    .option('--scope <name...>', 'scopes: names, or JSON files')
    .option('--property <id...>', 'only these properties')
    .option('--max-states <n>', 'stop a search after so many states')
    .option('--timeout <seconds>', 'stop all searches after so long')
    .option('--quiet', 'no progress')
    .option('--out <folder>', 'where the folder of the run goes', 'reports/generated');
  addScopeFlags(addFormFlag(command)).action(async (flags: ReportFlags) => done(await report(flags, io)));
}

/** A run, where its page goes, and the command that makes it again. */
interface Source {
  readonly run: RunReport;
  readonly folder: string;
  readonly selection: readonly string[];
}

type Failed = Failure & { readonly exit: Exit };
type Sourced = { readonly ok: true; readonly value: Source } | Failed;
const failed = (problems: readonly Problem[], exit: Exit): Failed => ({ ok: false, problems, exit });

async function report(flags: ReportFlags, io: Io): Promise<Exit> {
  if (flags.format === 'lkml') return mail(flags, io);
  // Before anything is searched: what is typed wrong is said at once.
  const unusable = flagProblems(flags);
  if (unusable.length > 0) return printProblems(io, unusable, EXIT.usage);
  const logs = timelinesOf(flags.log ?? [], flags.logVariant, io);
  if (!logs.ok) return printProblems(io, logs.problems, EXIT.badInput);
  const source = flags.from === undefined ? await checked(flags, io) : readFrom(flags.from, io);
  if (!source.ok) return printProblems(io, source.problems, source.exit);
  const { run, folder, selection } = source.value;
  const reproduce = ['ballast report', ...selection, ...otherFlags(flags)].join(' ');
  const { logVariant, cover: covers, quiet: isQuiet = false } = flags;
  const parts = pageParts(
    run,
    {
      logs: logs.value,
      logVariant,
      covers,
      fuzz: Number(flags.fuzz ?? 0),
      isQuiet,
      version: io.version,
      reproduce,
    },
    io,
  );
  if (!parts.ok) return printProblems(io, parts.problems, EXIT.badInput);
  const file = flags.output ?? `${folder}/${FILE}`;
  writeText(io, file, renderPage(io.template(), parts.value));
  io.out(`${file}\n`);
  return exitOf(run);
}

/** What cannot be together, and ids that there are not. */
function flagProblems(flags: ReportFlags): readonly Problem[] {
  const chosen = Object.keys(flags).filter(
    (key) =>
      !['from', 'log', 'logVariant', 'output', 'quiet', 'out', 'cover', 'fuzz', 'format', 'finding'].includes(
        key,
      ),
  );
  const logVariant = findProtocol(flags.logVariant);
  const numbers: Problem[] = [];
  wholeNumbers(numbers)('fuzz', flags.fuzz, 1, 1_000_000);
  return [
    ...(flags.finding !== undefined
      ? [{ code: 'FLAGS_TOGETHER', message: '--finding is for --format lkml; the page shows them all' }]
      : []),
    ...(flags.from !== undefined && chosen.length > 0
      ? [
          {
            code: 'FLAGS_TOGETHER',
            message: '--from shows a run that is there; what to check cannot be chosen as well',
            got: chosen.map((key) => `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`).join(' '),
          },
        ]
      : []),
    ...(logVariant.ok ? [] : logVariant.problems),
    ...numbers,
    ...(flags.fuzz !== undefined && !flags.cover
      ? [{ code: 'FLAGS_TOGETHER', message: '--fuzz is for coverage, which --no-cover leaves out' }]
      : []),
  ];
}

const otherFlags = ({ log = [], logVariant, cover, fuzz }: ReportFlags): string[] => [
  ...(log.length === 0 ? [] : [`--log ${log.join(' ')}`]),
  ...(logVariant === 'v3' ? [] : [`--log-variant ${logVariant}`]),
  ...(cover ? [] : ['--no-cover']),
  ...(fuzz === undefined ? [] : [`--fuzz ${fuzz}`]),
];

function readFrom(from: string, io: Io): Sourced {
  const run = readRun(from, io.files);
  if (!run.ok) return failed(run.problems, EXIT.badInput);
  const folder = from.replace(/\/+$/, '');
  return { ok: true, value: { run: run.value, folder, selection: [`--from ${from}`] } };
}

async function checked(flags: ReportFlags, io: Io): Promise<Sourced> {
  // `--format` says what the page is, not how a chosen is printed.
  const { format: _, ...chosen } = flags;
  const limits = limitsOf(chosen);
  if (!limits.ok) return failed(limits.problems, EXIT.usage);
  const plan = planCheck(flags, io.files);
  if (!plan.ok) return failed(plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const folder = openFolder(io, typeof flags.out === 'string' ? flags.out : 'reports/generated');
  if (!folder.ok) return failed(folder.problems, EXIT.usage);
  const run = await runCheck(plan.value, limits.value, flags.quiet === true, io);
  if (!run.ok) return failed(run.problems, EXIT.internal);
  writeReport(io, folder.value, run.value);
  const { statesMax, seconds } = limits.value;
  const selection = [
    ...plan.value.selection,
    ...(statesMax === undefined ? [] : [`--max-states ${statesMax}`]),
    ...(seconds === undefined ? [] : [`--timeout ${seconds}`]),
  ];
  return { ok: true, value: { run: run.value, folder: folder.value, selection } };
}

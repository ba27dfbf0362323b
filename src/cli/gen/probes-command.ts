/**
 * `ballast gen probes`: kprobe definitions for one kernel, from the table that the log parser reads by.
 */
import { type Command, Option } from 'commander';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { type KernelSymbols, parseKallsyms } from '../../logs/kallsyms.ts';
import { linesOfText } from '../../logs/lines.ts';
import { type MissingProbe, type ProbePlan, planProbes, probeScript } from '../../logs/probe-plan.ts';
import { openLines } from '../../logs/segments.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';

interface ProbesFlags {
  readonly kallsyms: string;
  readonly blacklist?: string;
  readonly group: string;
  readonly format: 'definitions' | 'sh';
}

export function addProbesCommand(gen: Command, io: Io, done: (exit: Exit) => void): void {
  gen
    .command('probes')
    .description('kprobe definitions for the kernel of a guest; says what is missing and what that hides')
    .option('--kallsyms <file>', 'its /proc/kallsyms', '/proc/kallsyms')
    .option('--blacklist <file>', 'its /sys/kernel/debug/kprobes/blacklist')
    .option('--group <name>', 'group of the events in tracefs', 'ballast')
    .addOption(
      new Option('--format <format>', 'lines for kprobe_events, or a script that sets them')
        .choices(['definitions', 'sh'])
        .default('definitions'),
    )
    .action((flags: ProbesFlags) => done(writeProbes(flags, io)));
}

function writeProbes(flags: ProbesFlags, io: Io): Exit {
  if (!/^[A-Za-z_]\w{0,62}$/.test(flags.group))
    return printProblems(
      io,
      [
        {
          code: 'GROUP_NAME',
          message: '--group is not usable',
          expected: 'a C identifier',
          got: flags.group,
        },
      ],
      EXIT.usage,
    );
  const symbols = symbolsIn(flags.kallsyms, io);
  const barred = flags.blacklist === undefined ? ok(new Set<string>()) : blacklistIn(flags.blacklist, io);
  const problems = [symbols, barred].flatMap((read) => (read.ok ? [] : read.problems));
  if (!symbols.ok || !barred.ok) return printProblems(io, problems, EXIT.badInput);
  const plan = planProbes(symbols.value, flags.group, barred.value);
  io.out(
    flags.format === 'sh'
      ? probeScript(plan, flags.group)
      : plan.definitions.map((line) => `${line}\n`).join(''),
  );
  for (const line of remarks(plan)) io.err(`ballast: ${line}\n`);
  const isBlind = plan.counted !== 'all' || plan.missing.some(({ traced }) => traced.tells.length > 0);
  return isBlind ? EXIT.inconclusive : EXIT.expected;
}

function symbolsIn(path: string, io: Io): Result<KernelSymbols> {
  const problems: Problem[] = [];
  const symbols = parseKallsyms(path, openLines(path, io.logs, problems));
  return problems.length > 0 ? fail(...problems) : symbols;
}

/** Lines of `0xstart-0xend\tname`. */
function blacklistIn(path: string, io: Io): Result<ReadonlySet<string>> {
  try {
    const names = [...linesOfText(io.files.read(path))].map(({ text }) => text.split(/\s+/)[1] ?? '');
    return ok(new Set(names));
  } catch (error) {
    const message = `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return fail({ code: 'BLACKLIST_UNREADABLE', message });
  }
}

const WHY: Readonly<Record<MissingProbe['why'], string>> = {
  absent: 'is not in this kernel, or inlined',
  twice: 'is the name of several functions',
  barred: 'may not be probed (blacklist)',
};

const COUNTERS: Readonly<Record<ProbePlan['counted'], readonly string[]>> = {
  all: [],
  statistics: ['there is no balloon_state: bp_state (st) is not observed'],
  nothing: [
    'there is no balloon_stats (CONFIG_KALLSYMS_ALL, or no balloon driver): no counter of the driver is observed, so only the order of steps can be judged',
  ],
};

/** One line for each thing that the log of this kernel will not show. */
const remarks = (plan: ProbePlan): readonly string[] => [
  ...COUNTERS[plan.counted],
  ...plan.missing.map(({ traced, why }) => {
    const hidden =
      traced.tells.length > 0
        ? `not observed: ${traced.tells.join(' ')}; a log in which one of them happens is not accepted`
        : 'only the order of calls is checked less';
    return `${traced.traces} ${WHY[why]}; ${hidden}`;
  }),
];

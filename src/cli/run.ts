/**
 * The command line as a function: arguments and the world in, an exit code out. main.ts is the only caller outside tests.
 */
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { namesNear } from '../core/near.ts';
import type { Problem } from '../core/result.ts';
import { addCheckCommand } from './check/check-command.ts';
import { addResumeCommand } from './check/resume-command.ts';
import { addDiffCommand } from './compare/diff-command.ts';
import { addFixesCommand } from './compare/fixes-command.ts';
import { addHistoryCommand } from './compare/history-command.ts';
import { addMutantsCommand } from './compare/mutants-command.ts';
import { addConfirmCommand } from './confirm/confirm-command.ts';
import { addCoverCommand } from './cover/cover-command.ts';
import { EXIT, type Exit } from './exit.ts';
import { addExportCommand } from './export/export-command.ts';
import { addFuzzCommand } from './fuzz/fuzz-command.ts';
import { addGenCommand } from './gen/gen-command.ts';
import { addGrowCommand } from './grow/grow-command.ts';
import type { Io } from './io.ts';
import { addSpecCommand } from './logs/spec-command.ts';
import { addValidateCommand } from './logs/validate-command.ts';
import { loadModels } from './models.ts';
import { NotWritable } from './output.ts';
import { addExploreCommand } from './page/explore-command.ts';
import { addReportCommand } from './page/report-command.ts';
import { printBug, printProblems } from './problems.ts';
import { addReplayCommand } from './trace/replay-command.ts';
import { addShrinkCommand } from './trace/shrink-command.ts';

/** Adds one verb to the program; `done` takes its exit code. A new verb is one file and one line in VERBS. */
export type AddVerb = (program: Command, io: Io, done: (exit: Exit) => void) => void;

const VERBS: readonly AddVerb[] = [
  addCheckCommand,
  addResumeCommand,
  addValidateCommand,
  addReplayCommand,
  addShrinkCommand,
  addFuzzCommand,
  addConfirmCommand,
  addExportCommand,
  addGenCommand,
  addDiffCommand,
  addFixesCommand,
  addHistoryCommand,
  addGrowCommand,
  addMutantsCommand,
  addCoverCommand,
  addSpecCommand,
  addReportCommand,
  addExploreCommand,
];

/** Ends the command before its verb begins. */
class ModelsRefused extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super('models refused');
    this.problems = problems;
  }
}

/** `argv` without node and the script. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<Exit> {
  let exit: Exit = EXIT.expected;
  const program = new Command('ballast')
    .description('Xen ballooning linked with Linux memory hotplug: a formal model and its property tests')
    .version(io.version)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} })
    .helpCommand(false);
  for (const add of VERBS)
    add(program, io, (code) => {
      exit = code;
    });
  for (const verb of program.commands) {
    verb.copyInheritedSettings(program);
    verb.option('--models <file...>', 'variants, mutants and properties from these modules');
  }
  program.hook('preAction', async (_, verb) => {
    const { models = [] } = verb.opts<{ readonly models?: readonly string[] }>();
    if (models.length === 0) return;
    const admitted = await loadModels(models.map((path) => resolve(path)));
    if (!admitted.ok) throw new ModelsRefused(admitted.problems);
  });
  // With --help behind it, commander would take an unknown verb for none.
  const [verb = ''] = argv;
  const isVerb = verb.startsWith('-') || program.commands.some((one) => one.name() === verb);
  try {
    await program.parseAsync(isVerb ? argv : argv.slice(0, 1), { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof NotWritable) return printProblems(io, [error.problem], EXIT.usage);
    if (error instanceof ModelsRefused) return printProblems(io, error.problems, EXIT.badInput);
    return error instanceof CommanderError ? usage(error, argv, program, io) : printBug(io, argv, error);
  }
}

/** Help that was asked for is no error; everything else commander throws is. */
function usage(error: CommanderError, argv: readonly string[], program: Command, io: Io): Exit {
  if (error.exitCode === 0) return EXIT.expected;
  if (error.code === 'commander.help') return EXIT.usage;
  const code = error.code
    .replace(/^commander\./, '')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase();
  const [verb, args] = verbOf(program, argv);
  const said = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const unknown = error.code === 'commander.unknownOption' ? unknownOptions(verb, args) : [];
  for (const text of unknown.length > 1 ? unknown : [said]) io.err(`ballast: ${code} ${text}\n`);
  const path = argv.slice(0, argv.length - args.length);
  io.err(`ballast: see ${['ballast', ...path, '--help'].join(' ')}\n`);
  return EXIT.usage;
}

/** `gen tests` is a verb of a verb; and the arguments behind it. */
function verbOf(program: Command, argv: readonly string[]): [Command, readonly string[]] {
  const [name, ...args] = argv;
  const verb = program.commands.find((command) => command.name() === name);
  return verb === undefined ? [program, argv] : verbOf(verb, args);
}

/** Commander stops at the first; what it leaves of the line begins there, so the rest is asked again without it. */
function unknownOptions(verb: Command, args: readonly string[]): string[] {
  const known = verb.options.flatMap(({ long }) => long ?? []);
  const found: string[] = [];
  for (let rest = verb.parseOptions([...args]).unknown; rest.length > 0; ) {
    const [first = '', ...after] = rest;
    const [name = ''] = first.split('=');
    if (name.startsWith('-')) {
      const near = namesNear(name, known);
      found.push(
        `unknown option '${name}'${near.length === 0 ? '' : ` (Did you mean ${near.join(' or ')}?)`}`,
      );
    }
    rest = verb.parseOptions(after).unknown;
  }
  return found;
}

/**
 * `ballast confirm --with spin`: the same product counted and judged by another checker.
 * That confirms the search, not the charts: both explore the same tables.
 */
import type { Command } from 'commander';
import { type Confirmation, renderConfirmations } from '../../../reports/confirmation.ts';
import { searchName } from '../../../reports/run-report.ts';
import { expectOk, type Result } from '../../core/result.ts';
import { addFormFlag, addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { runTask, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { confirmed } from './confirmed.ts';
import { confirmRun } from './from-run.ts';
import { SPIN_NEEDS } from './spin.ts';

type ConfirmFlags = CheckFlags & { readonly with: string; readonly from?: string };

export function addConfirmCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('confirm')
    .description('have another checker count and judge the same product')
    .option('--with <checker>', 'spin', 'spin')
    .option('--from <folder>', 'the searches of a run of check, on whose record the answers are stamped')
    .option('--variant <id...>', 'protocol variants')
    .option('--mutant <id...>', 'mutants')
    .option('--scope <name...>', 'scopes: names, or JSON files');
  addScopeFlags(addFormFlag(command)).action((flags: ConfirmFlags) => done(confirm(flags, io)));
}

function confirm(flags: ConfirmFlags, io: Io): Exit {
  if (flags.with !== 'spin')
    return printProblems(
      io,
      [{ code: 'UNKNOWN_CHECKER', message: 'no such checker', expected: 'spin', got: flags.with }],
      EXIT.usage,
    );
  const missing = SPIN_NEEDS.filter((program) => !io.shell.has(program));
  if (missing.length > 0) {
    const message = `${missing.join(' and ')} cannot be run; on Debian: apt-get install ${missing.join(' ')}`;
    return printProblems(io, [{ code: 'PROGRAM_MISSING', message }], EXIT.missingProgram);
  }
  const tell = (one: Confirmation): void => io.out(renderConfirmations([one], io.style));
  return flags.from === undefined ? confirmPlan(flags, io, tell) : confirmFrom(flags.from, flags, io, tell);
}

/** `undefined` for a product that the other checker could not be given. */
function exitOf(confirmations: readonly (Confirmation | undefined)[]): Exit {
  if (confirmations.some((one) => one?.agrees === false)) return EXIT.unexpected;
  return confirmations.includes(undefined) ? EXIT.inconclusive : EXIT.expected;
}

function confirmPlan(flags: ConfirmFlags, io: Io, tell: (one: Confirmation) => void): Exit {
  const plan = planCheck(flags, io.files);
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const answers = plan.value.tasks.map((task) => {
    io.err(`confirm  ${searchName({ ...task, scope: task.scope.name })}\n`);
    const one = confirmTask(task, io);
    if (one.ok) tell(one.value);
    else printProblems(io, one.problems, EXIT.inconclusive);
    return one;
  });
  return exitOf(answers.map((one) => (one.ok ? one.value : undefined)));
}

function confirmTask(task: Task, io: Io): Result<Confirmation> {
  const ours = expectOk(
    runTask(task, { clock: io.clock, now: io.now, stop: () => undefined, onProgress: () => {} }),
    'shipped variants obey the rules',
  );
  return confirmed(task, ours, io.shell);
}

function confirmFrom(folder: string, flags: ConfirmFlags, io: Io, tell: (one: Confirmation) => void): Exit {
  const chosen = Object.keys(flags).filter((key) => key !== 'with' && key !== 'from');
  if (chosen.length > 0)
    return printProblems(
      io,
      [
        {
          code: 'FLAGS_TOGETHER',
          message: '--from confirms a run that is there; what to check cannot be chosen as well',
          got: chosen.map((key) => `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`).join(' '),
        },
      ],
      EXIT.usage,
    );
  const done = confirmRun(folder, io, tell);
  return done.ok ? exitOf(done.value) : printProblems(io, done.problems, EXIT.badInput);
}

/**
 * `ballast resume`: goes on with a check that was interrupted or killed.
 */
import type { Command } from 'commander';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { checkAgain } from './check-command.ts';
import { findInterrupted } from './resumable.ts';

/** Adds the verb; `done` takes its exit code. */
export function addResumeCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('resume')
    .description('go on with a check that was interrupted or killed: the last, or the one named')
    .argument('[id]', 'name of its folder, for example check-20100727T120000Z')
    .option('--out <folder>', 'where report files go', 'reports/generated')
    .action(async (id: string | undefined, { out }: { readonly out: string }) => {
      const found = findInterrupted(io, out, id);
      done(found.ok ? await checkAgain(found.value, io) : printProblems(io, found.problems, EXIT.badInput));
    });
}

/**
 * Bad input, told: code, place, what was expected and what came.
 */
import { type Problem, problemText } from '../core/result.ts';
import { EXIT, type Exit } from './exit.ts';
import type { Io } from './io.ts';

export function printProblems(io: Io, problems: readonly Problem[], exit: Exit): Exit {
  for (const problem of problems) io.err(`ballast: ${problemText(problem)}\n`);
  if (exit === EXIT.internal)
    io.err('ballast: the models break their own rules; this is a bug of Ballast.\n');
  return exit;
}

/** A bug of ours: short, and what to put in a report. */
export function printBug(io: Io, argv: readonly string[], error: unknown): Exit {
  const message = error instanceof Error ? error.message : String(error);
  io.err(`ballast: INTERNAL ${message}\n`);
  if (io.debug && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
  io.err(
    `This is a bug of Ballast ${io.version} (node ${io.node}). Please report it with these lines and the command:\n  ballast ${argv.join(' ')}\nWith BALLAST_DEBUG=1 it also prints where it happened.\n`,
  );
  return EXIT.internal;
}

/**
 * `ballast replay FILE…`: runs from trace files, taken again by today's charts.
 * Exit 0 if each ends by breaking its property, 1 if one does not, 65 if a file cannot be replayed.
 */
import type { Command } from 'commander';
import { renderReplay } from '../../../reports/replay.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { openTrace } from './input.ts';
import { replayed, staleAt } from './replayed.ts';

interface ReplayFlags {
  readonly moves?: boolean;
  readonly quiet?: boolean;
}

export function addReplayCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('replay')
    .description('take the runs of trace files again: steps, page ledger, and what each property says')
    .argument('<file...>', 'trace files (schema ballast.trace/1)')
    .option('--moves', 'below each step, the charts that moved')
    .option('--quiet', 'one line a file')
    .action((paths: string[], flags: ReplayFlags) => done(replayAll(paths, flags, io)));
}

function replayAll(paths: readonly string[], flags: ReplayFlags, io: Io): Exit {
  const exits = paths.map((path) => replay(path, flags, io));
  return (
    exits.find((exit) => exit === EXIT.badInput) ??
    exits.find((exit) => exit !== EXIT.expected) ??
    EXIT.expected
  );
}

function replay(path: string, { moves = false, quiet = false }: ReplayFlags, io: Io): Exit {
  const open = openTrace(io, path);
  if (!open.ok) return printProblems(io, open.problems, EXIT.badInput);
  const report = replayed(path, open.value, open.value.file.labels);
  if (!report.ok) return printProblems(io, report.problems, EXIT.badInput);
  const { confirmed, property, trace } = report.value;
  const stale = staleAt(open.value, report.value);
  if (stale !== undefined)
    printProblems(
      io,
      [
        {
          code: 'TRACE_STALE',
          message: `the charts no longer do what the file says of step ${stale + 1}; what follows is what they do now`,
          where: open.value.file.placeOf(['steps', stale]),
        },
      ],
      EXIT.unexpected,
    );
  if (quiet)
    io.out(`${path}: ${property} ${confirmed ? 'violated' : 'not violated'} in ${trace.steps.length}\n`);
  else io.out(`${renderReplay(report.value, { style: io.style, width: io.width, moves })}\n`);
  if (confirmed) return EXIT.expected;
  io.out(`Reproduce: ballast replay ${path}\n`);
  return EXIT.unexpected;
}

/**
 * `ballast history`: which variants show which finding, oldest first. Searched anew, not read from the catalog.
 */
import type { Command } from 'commander';
import { catalog } from '../../../properties/catalog.ts';
import { findings } from '../../../properties/findings.ts';
import { type History, renderHistory, renderHistoryJson } from '../../../reports/history.ts';
import { addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { runTasks } from '../check/run-tasks.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';

type HistoryFlags = Omit<CheckFlags, 'scope'> & { readonly scope: string };

export function addHistoryCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('history')
    .description('which variants show which finding, from the oldest on')
    .option('--variant <id...>', 'only these')
    .option('--scope <name>', 'a scope with catalog rows', 'full')
    .option('--json', 'results as JSON (schema ballast.history/1)')
    .option('--quiet', 'no progress');
  addScopeFlags(command).action(async (flags: HistoryFlags) => done(await history(flags, io)));
}

async function history(flags: HistoryFlags, io: Io): Promise<Exit> {
  const plan = planCheck({ ...flags, scope: [flags.scope] }, io.files);
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const tasks = plan.value.tasks;
  const unexpected = tasks.filter(({ expectation }) => expectation === undefined);
  // Only a catalog row gives a violation its name; without one every finding would read as not shown.
  if (unexpected.length > 0)
    return printProblems(
      io,
      unexpected.map(({ variant, scope }) => ({
        code: 'NO_CATALOG_ROW',
        message: `the catalog has no row for ${variant} in scope ${scope.name}`,
        expected: [...new Set(catalog.map((row) => `${row.variant}/${row.scope}`))].join(' '),
      })),
      EXIT.usage,
    );
  const { outcomes, interrupted } = await runTasks(io, tasks, flags.quiet === true ? 'none' : 'auto');
  if (interrupted) return EXIT.interrupted;
  const problems = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (problems.length > 0) return printProblems(io, problems, EXIT.internal);
  const cases = outcomes.flatMap((outcome) => (outcome.ok ? outcome.value.cases : []));
  const shown: History = {
    scope: flags.scope,
    variants: tasks.map(({ variant }) => variant),
    findings: findings.map(({ id, title }) => ({
      id,
      title,
      shown: cases.flatMap(({ variant, property, finding, verdict }) =>
        finding === id && verdict.kind === 'violated'
          ? [{ variant, property, length: verdict.trace.length }]
          : [],
      ),
    })),
    unnamed: cases.flatMap(({ variant, property, finding, verdict }) =>
      finding === undefined && verdict.kind === 'violated' ? [{ variant, property }] : [],
    ),
    reproduce: ['ballast history', ...plan.value.selection].join(' '),
  };
  io.out(flags.json === true ? renderHistoryJson(shown) : renderHistory(shown, io.style, io.width));
  return EXIT.expected;
}

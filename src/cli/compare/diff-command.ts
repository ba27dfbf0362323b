/**
 * `ballast diff A B`: which verdicts change from one variant to another, and the shortest runs that only one of them has.
 */
import type { Command } from 'commander';
import { pv64 } from '../../../models/forms/pv.ts';
import { everyProperty } from '../../../properties/all.ts';
import { type Difference, renderDifference, renderDifferenceJson } from '../../../reports/difference.ts';
import { tellApart } from '../../compare/tell-apart.ts';
import { composeProduct } from '../../compose/product.ts';
import { expectOk } from '../../core/result.ts';
import { addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { runTasks } from '../check/run-tasks.ts';
import { modelOf, protocolOf, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';

/** Small enough to answer at once, with the two blocks that a deadlock takes. */
const SCOPE = 'pair';

export function addDiffCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('diff')
    .description('what changes from one variant to another: verdicts, and runs that only one has')
    .argument('<first>', 'a variant, or one with fields changed: v3+callback=testP2m')
    .argument('<second>', 'another')
    .option('--scope <name>', `a scope: a name, or a JSON file (${SCOPE})`)
    .option('--form <id>', 'a guest form in which both exist (pv-x86_64)')
    .option('--json', 'results as JSON (schema ballast.diff/1)')
    .option('--quiet', 'no progress');
  addScopeFlags(command).action(async (first: string, second: string, flags: DiffFlags) =>
    done(await diff(first, second, flags, io)),
  );
}

type DiffFlags = Omit<CheckFlags, 'scope' | 'form'> & {
  readonly scope?: string;
  readonly form?: string;
};

async function diff(first: string, second: string, flags: DiffFlags, io: Io): Promise<Exit> {
  const form = [flags.form ?? pv64.id];
  const plan = planCheck(
    { ...flags, form, variant: [first, second], scope: [flags.scope ?? SCOPE] },
    io.files,
  );
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const [a, b] = plan.value.tasks;
  if (a === undefined || b === undefined)
    return printProblems(
      io,
      [{ code: 'SAME_VARIANT', message: `${first} is compared with itself`, expected: 'two variants' }],
      EXIT.usage,
    );
  const tasks = [a, b].map((task) => askedOfBoth(task, [...a.properties, ...b.properties]));
  const { outcomes, interrupted } = await runTasks(io, tasks, flags.quiet === true ? 'none' : 'auto');
  if (interrupted) return EXIT.interrupted;
  const problems = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (problems.length > 0) return printProblems(io, problems, EXIT.badInput);
  const cases = outcomes.map((outcome) => (outcome.ok ? outcome.value.cases : []));
  const difference: Difference = {
    first: a.variant,
    second: b.variant,
    scope: a.scope.name,
    cases: [cases[0] ?? [], cases[1] ?? []],
    ...tellApart(productOf(a), productOf(b)),
    reproduce: ['ballast diff', first, second, ...plan.value.selection.slice(1)].join(' '),
  };
  io.out(
    flags.json === true ? renderDifferenceJson(difference) : renderDifference(difference, io.style, io.width),
  );
  return EXIT.expected;
}

/** What a row asks of one is asked of the other too, where it speaks of it. */
function askedOfBoth(task: Task, ids: readonly string[]): Task {
  const protocol = protocolOf(task.variant);
  const asked = everyProperty().filter(
    ({ id, appliesTo }) => ids.includes(id) && protocol !== undefined && appliesTo(protocol, task.scope),
  );
  return { ...task, properties: asked.map(({ id }) => id) };
}

const productOf = (task: Task) => expectOk(composeProduct(modelOf(task)), 'it was just searched');

/**
 * `ballast confirm --with spin`: the same product counted and judged by another checker.
 * That confirms the search, not the charts: both explore the same tables.
 */
import type { Command } from 'commander';
import { properties } from '../../../properties/all.ts';
import { type Confirmation, renderConfirmations } from '../../../reports/confirmation.ts';
import { searchName } from '../../../reports/run-report.ts';
import { composeProduct } from '../../compose/product.ts';
import { expectOk } from '../../core/result.ts';
import { addFormFlag, addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { modelOf, runTask, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { askSpin, SPIN_NEEDS } from './spin.ts';

type ConfirmFlags = CheckFlags & { readonly with: string };

export function addConfirmCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('confirm')
    .description('have another checker count and judge the same product')
    .option('--with <checker>', 'spin', 'spin')
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
  const plan = planCheck(flags, io.files);
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const confirmations: Confirmation[] = [];
  for (const task of plan.value.tasks) {
    io.err(`confirm  ${searchName({ ...task, scope: task.scope.name })}\n`);
    const one = confirmTask(task, io);
    confirmations.push(one);
    io.out(renderConfirmations([one], io.style));
  }
  return confirmations.every(({ agrees }) => agrees) ? EXIT.expected : EXIT.unexpected;
}

function confirmTask(task: Task, io: Io): Confirmation {
  const ours = expectOk(
    runTask(task, { clock: io.clock, now: io.now, stop: () => undefined, onProgress: () => {} }),
    'shipped variants obey the rules',
  );
  const product = expectOk(composeProduct(modelOf(task)), 'it was just composed');
  const bounded = ours.cases
    .filter(({ verdict }) => verdict.kind === 'bounded')
    .map(({ property }) => property);
  const asked = ours.cases.flatMap(({ property, verdict }) => {
    if (bounded.includes(property)) return [];
    const known = properties.find(({ id }) => id === property);
    return known === undefined
      ? []
      : [{ id: property, watch: known.watch, isViolated: verdict.kind === 'violated' }];
  });
  const spin = askSpin(product, searchName({ ...task, scope: task.scope.name }), asked, io.shell);
  const sameCounts = spin.states === ours.search.states && spin.transitions === ours.search.transitions;
  return {
    search: searchName({ ...task, scope: task.scope.name }),
    checker: `SPIN ${spin.version}`,
    ours: { states: ours.search.states, transitions: ours.search.transitions },
    theirs: { states: spin.states, transitions: spin.transitions },
    holdTogether: asked
      .filter(({ id, isViolated }) => !isViolated && !spin.unasked.includes(id))
      .map(({ id }) => id),
    othersHold: spin.othersHold,
    violated: spin.violated,
    unasked: spin.unasked,
    bounded,
    agrees: sameCounts && spin.othersHold && Object.values(spin.violated).every((found) => found),
  };
}

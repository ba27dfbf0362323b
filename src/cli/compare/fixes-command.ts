/**
 * `ballast fixes ID`: every single field of the driver changed, one at a time: which changes cure the property, and what else they break.
 */

import type { Command } from 'commander';
import {
  contradiction,
  driverChoices,
  type Field,
  patchName,
  singleChanges,
} from '../../../models/choices.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { Protocol } from '../../../models/protocol.ts';
import { properties } from '../../../properties/all.ts';
import { type Fix, renderFixes, renderFixesJson } from '../../../reports/fixes.ts';
import type { Problem } from '../../core/result.ts';
import type { CaseReport, SearchReport } from '../../core/run-report.ts';
import { addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { runTasks } from '../check/run-tasks.ts';
import { protocolOf, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';

type FixesFlags = Omit<CheckFlags, 'variant' | 'scope'> & {
  readonly variant: string;
  readonly scope: string;
};

export function addFixesCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('fixes')
    .description('every single change of the driver tried: which cure a property, and what they break')
    .argument('<property>', 'a property that the variant violates')
    .option('--variant <id>', 'the variant to change', 'v3')
    .option('--scope <name>', 'a scope: a name, or a JSON file', 'pair')
    .option('--json', 'results as JSON (schema ballast.fixes/1)')
    .option('--quiet', 'no progress');
  addScopeFlags(command).action(async (property: string, flags: FixesFlags) =>
    done(await fixes(property, flags, io)),
  );
}

async function fixes(property: string, flags: FixesFlags, io: Io): Promise<Exit> {
  const ids = properties.map(({ id }) => id);
  if (!ids.includes(property)) return printProblems(io, [unknownId('property', property, ids)], EXIT.usage);
  const plan = planCheck({ ...flags, variant: [flags.variant], scope: [flags.scope] }, io.files);
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
  const [base] = plan.value.tasks;
  const protocol = protocolOf(flags.variant);
  if (base === undefined || protocol === undefined) throw new Error('the plan names what there is');
  const mode = flags.quiet === true ? 'none' : 'auto';
  // The variant alone first: where nothing is broken, nothing else is worth a search.
  const unchanged = await runTasks(io, [base], mode);
  if (unchanged.interrupted) return EXIT.interrupted;
  const refused = unchanged.outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (refused.length > 0) return printProblems(io, refused, EXIT.badInput);
  const [ofBase] = unchanged.outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const before = ofBase?.cases ?? [];
  if (kindOf(before, property) !== 'violated')
    return printProblems(io, [nothingToFix(property, flags.variant, base.scope.name, before)], EXIT.usage);
  const possible = singleChanges(protocol).filter(({ field, value }) => isPossible(protocol, field, value));
  const tasks = possible.map(({ field, value }) => taskOf(patchName(protocol.id, field, value), base.scope));
  const { outcomes, interrupted } = await runTasks(io, tasks, mode);
  if (interrupted) return EXIT.interrupted;
  const problems = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (problems.length > 0) return printProblems(io, problems, EXIT.internal);
  const found = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const tried = possible.map(
    (change, at): Fix => ({
      ...fixOf(change, property, before, found[at]?.cases ?? []),
      changesRuns: !isSameSize(ofBase?.search, found[at]?.search),
    }),
  );
  const shown = {
    property,
    variant: flags.variant,
    scope: base.scope.name,
    fields: Object.keys(driverChoices).length,
    tried,
    reproduce: ['ballast fixes', property, ...plan.value.selection].join(' '),
  };
  io.out(flags.json === true ? renderFixesJson(shown) : renderFixes(shown, io.style, io.width));
  return EXIT.expected;
}

function nothingToFix(
  property: string,
  variant: string,
  scope: string,
  cases: readonly CaseReport[],
): Problem {
  const violated = cases.flatMap((found) => (found.verdict.kind === 'violated' ? [found.property] : []));
  return {
    code: 'NOTHING_TO_FIX',
    message: `${property} is not violated by ${variant} in scope ${scope}`,
    expected: violated.length === 0 ? 'a larger scope: nothing is violated there' : violated.join(' or '),
  };
}

/** A field that nothing asks for leaves the product as it was. */
const isSameSize = (a: SearchReport | undefined, b: SearchReport | undefined): boolean =>
  a?.states === b?.states && a?.transitions === b?.transitions && a?.depth === b?.depth;

function isPossible(base: Protocol, field: Field, value: Protocol[Field]): boolean {
  return contradiction({ ...base, [field]: value }) === undefined;
}

function taskOf(variant: string, scope: Task['scope']): Task {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`${variant} was made from what there is`);
  const ids = properties.filter((property) => property.appliesTo(protocol, scope)).map(({ id }) => id);
  return { variant, form: pv64.id, scope, properties: ids };
}

const kindOf = (cases: readonly CaseReport[], id: string) =>
  cases.find((found) => found.property === id)?.verdict.kind;

function fixOf(
  { field, value }: { readonly field: Field; readonly value: Protocol[Field] },
  property: string,
  before: readonly CaseReport[],
  after: readonly CaseReport[],
): Omit<Fix, 'changesRuns'> {
  const changed = (from: string, to: string) =>
    after.flatMap((found) =>
      kindOf(before, found.property) === from && found.verdict.kind === to ? [found.property] : [],
    );
  return {
    change: patchName('', field, value).slice(1),
    verdict: kindOf(after, property) ?? 'not applicable',
    cures: changed('violated', 'holds'),
    breaks: after.flatMap((found) =>
      found.verdict.kind === 'violated' && kindOf(before, found.property) !== 'violated'
        ? [found.property]
        : [],
    ),
  };
}

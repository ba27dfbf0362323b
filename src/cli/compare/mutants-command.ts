/**
 * `ballast mutants`: every planted bug against every property, each in the smallest scope that kills it.
 * Killed means: a property that holds on the base is violated on the mutant.
 */

import type { Command } from 'commander';
import type { Form } from '../../../models/form.ts';
import { historicalBugs, leftOut } from '../../../models/historical-bugs.ts';
import { scopes } from '../../../models/scopes.ts';
import { everyProperty, onRequest } from '../../../properties/all.ts';
import type { Mutant } from '../../../properties/mutant.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { type History, type MutantResult, renderMutants, survives } from '../../../reports/mutants.ts';
import { lengthOf } from '../../../reports/run-report.ts';
import type { CaseReport } from '../../core/run-report.ts';
import { runTasks } from '../check/run-tasks.ts';
import { protocolOf, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';

interface MutantsFlags {
  readonly mutant?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addMutantsCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('mutants')
    .description('planted bugs against properties: who kills what, what survives')
    .option('--mutant <id...>', 'only these')
    .option('--json', 'results as JSON (schema ballast.mutants/1)')
    .option('--quiet', 'no progress')
    .action(async (flags: MutantsFlags) => done(await runMutants(flags, io)));
}

async function runMutants(flags: MutantsFlags, io: Io): Promise<Exit> {
  const ids = mutants.map(({ id }) => id);
  const unknown = (flags.mutant ?? []).filter((id) => !ids.includes(id));
  if (unknown.length > 0)
    return printProblems(
      io,
      unknown.map((id) => unknownId('mutant', id, ids)),
      EXIT.usage,
    );
  const chosen = mutants.filter(({ id }) => flags.mutant === undefined || flags.mutant.includes(id));
  const planted = chosen.map((mutant) =>
    taskOf(mutant.id, mutant.form, scopeOf(mutant), requestedFor(mutant)),
  );
  const bases = new Map(
    chosen.map((mutant) => {
      const key = baseKey(mutant);
      const requested = chosen.filter((one) => baseKey(one) === key).flatMap(requestedFor);
      return [key, taskOf(mutant.base.id, mutant.form, scopeOf(mutant), requested)];
    }),
  );
  const tasks = [...planted, ...bases.values()];
  const { outcomes, interrupted } = await runTasks(io, tasks, flags.quiet === true ? 'none' : 'auto');
  if (interrupted) {
    io.err('ballast: interrupted; a half-known matrix is not shown. Reproduce: ballast mutants\n');
    return EXIT.interrupted;
  }
  const problems = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (problems.length > 0) return printProblems(io, problems, EXIT.internal);
  const casesOf = (at: number): readonly CaseReport[] => {
    const outcome = outcomes[at];
    return outcome?.ok === true ? outcome.value.cases : [];
  };
  const onBase = new Map([...bases.keys()].map((key, at) => [key, casesOf(planted.length + at)]));
  const results = chosen.map((mutant, at) =>
    resultOf(mutant, casesOf(at), onBase.get(baseKey(mutant)) ?? []),
  );
  const columns = everyProperty().map(({ id }) => id);
  const history = flags.mutant === undefined ? wholeHistory : undefined;
  if (flags.json === true) {
    const left = history?.leftOut ?? [];
    io.out(`${JSON.stringify({ schema: 'ballast.mutants/1', mutants: results, leftOut: left }, null, 2)}\n`);
  } else io.out(renderMutants(results, columns, io.style, io.width, history));
  const surviving = results.filter(survives);
  if (surviving.length === 0) return EXIT.expected;
  if (flags.json !== true)
    io.out(`Reproduce: ballast mutants --mutant ${surviving.map(({ id }) => id).join(' ')}\n`);
  return EXIT.unexpected;
}

const wholeHistory: History = {
  bugs: historicalBugs.length,
  leftOut: Object.entries(leftOut).map(([slug, why]) => ({ slug, why })),
};

const scopeName = ({ row }: Mutant): string => row?.scope ?? 'single';
const baseKey = (mutant: Mutant): string => `${mutant.base.id}/${scopeName(mutant)}/${mutant.form.id}`;

function scopeOf(mutant: Mutant) {
  const scope = scopes.find(({ name }) => name === scopeName(mutant));
  if (scope === undefined) throw new Error(`the catalog names no scope for ${mutant.id}`);
  return scope;
}

/** Ids of the properties that the row of a mutant asks for besides the usual ones. */
const requestedFor = ({ row }: Mutant): readonly string[] => Object.keys(row?.expectation.onRequest ?? {});

function taskOf(variant: string, form: Form, scope: Task['scope'], requested: readonly string[]): Task {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant or mutant ${variant}`);
  const ids = everyProperty()
    .filter((property) => !onRequest.includes(property) || requested.includes(property.id))
    .filter((property) => property.appliesTo(protocol, scope))
    .map(({ id }) => id);
  return { variant, form: form.id, scope, properties: ids };
}

function resultOf(mutant: Mutant, here: readonly CaseReport[], base: readonly CaseReport[]): MutantResult {
  const holds = new Set(
    base.filter(({ verdict }) => verdict.kind === 'holds').map(({ property }) => property),
  );
  const kills = here.flatMap((found) =>
    found.verdict.kind === 'violated' && holds.has(found.property)
      ? [[found.property, lengthOf(found)] as const]
      : [],
  );
  return {
    id: mutant.id,
    base: mutant.base.id,
    scope: scopeName(mutant),
    caughtBy: mutant.caughtBy,
    kills: Object.fromEntries(kills),
  };
}

/**
 * `ballast spec`: every sentence of the texts, what answers for it, and what came out. Verdicts come from a run of `check` that is
 * already there, or from every search of the catalog that takes seconds; labels come from the logs of real guests.
 */
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { alphabetOf } from '../../../models/alphabet.ts';
import { absence } from '../../../models/form.ts';
import { formOf, forms } from '../../../models/forms/all.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Scope } from '../../../models/scope.ts';
import { full, scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { everyProperty, foreignProperties, onRequest, properties } from '../../../properties/all.ts';
import { catalog } from '../../../properties/catalog.ts';
import { beyondTheText, requirements } from '../../../properties/requirements/all.ts';
import {
  renderSpecJson,
  renderSpecMarkdown,
  renderSpecText,
  SPEC_SCHEMA,
  type SpecReport,
} from '../../../reports/requirements.ts';
import { plain } from '../../../reports/style.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { CHECK_SCHEMA, type CheckReport, type SearchReport } from '../../core/run-report.ts';
import { evidenceFor, type LogEvidence } from '../../spec/evidence.ts';
import { evidenceProblems, isOpen, type KnownNames, namingProblems } from '../../spec/problems.ts';
import { familiesShown, timelines } from '../../validate/timeline.ts';
import { runTasks } from '../check/run-tasks.ts';
import { scopeFrom } from '../check/scope-input.ts';
import { protocolOf, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { writeText } from '../output.ts';
import { printProblems } from '../problems.ts';

interface SpecFlags {
  readonly from?: string;
  readonly logs: string | false;
  readonly format: 'text' | 'markdown' | 'json';
  readonly output?: string;
  readonly quiet?: boolean;
}

/** The protocol that the guests of the committed logs run. */
const LOG_VARIANT = 'v3';
const LOGS = 'test/logs';

export function addSpecCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('spec')
    .description('requirements of the proposal and of later texts against verdicts and real logs')
    .option(
      '--from <folder>',
      'verdicts of a run of check (its verdict.json); without it the catalog is searched',
    )
    .option('--logs <folder>', 'runs of real guests, a folder each', LOGS)
    .option('--no-logs', 'read no logs')
    .addOption(
      new Option('--format <how>', 'how to tell it; json is schema ballast.spec/1')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .option('-o, --output <file>', 'write it there')
    .option('--quiet', 'no progress')
    .action(async (flags: SpecFlags) => done(await spec(flags, io)));
}

async function spec(flags: SpecFlags, io: Io): Promise<Exit> {
  const logs = flags.logs === false ? ok(undefined) : logEvidence(flags.logs, io);
  const run = flags.from === undefined ? undefined : runFrom(flags.from, io);
  const unusable = [logs, run].flatMap((one) => (one?.ok === false ? one.problems : []));
  if (unusable.length > 0 || !logs.ok || run?.ok === false) return printProblems(io, unusable, EXIT.badInput);
  const found = run ?? (await searchCatalog(flags.quiet === true, io));
  if (found === 'interrupted') {
    io.err('ballast: interrupted; half a matrix is not shown. Reproduce: ballast spec\n');
    return EXIT.interrupted;
  }
  if (!found.ok) return printProblems(io, found.problems, EXIT.internal);
  const report = reportOf(found.value, logs.value, reproduceOf(flags));
  writeText(io, flags.output, render(report, flags, io));
  if (report.problems.length === 0) return EXIT.expected;
  const exit = report.problems.every(isOpen) ? EXIT.inconclusive : EXIT.unexpected;
  if (flags.format === 'json' || flags.output !== undefined) printProblems(io, report.problems, exit);
  else io.out(`Reproduce: ${report.reproduce}\n`);
  return exit;
}

const reproduceOf = (flags: SpecFlags): string =>
  [
    'ballast spec',
    ...(flags.from === undefined ? [] : [`--from ${flags.from}`]),
    ...(flags.logs === false ? ['--no-logs'] : flags.logs === LOGS ? [] : [`--logs ${flags.logs}`]),
  ].join(' ');

function render(report: SpecReport, { format, output }: SpecFlags, io: Io): string {
  if (format === 'json') return renderSpecJson(report);
  if (format === 'markdown') return renderSpecMarkdown(report);
  return renderSpecText(report, output === undefined ? io.style : plain, io.width);
}

/** Joins what was searched with what was read. */
export function reportOf(
  run: Pick<CheckReport, 'searches' | 'cases'>,
  logs: readonly LogEvidence[] | undefined,
  reproduce: string,
): SpecReport {
  const evidence = evidenceFor(requirements, {
    run,
    variants: variants.map(({ id }) => id),
    alphabetOf: familiesOf,
    logs,
  });
  return {
    schema: SPEC_SCHEMA,
    reproduce,
    searches: run.searches.map(({ variant, form, scope, states, limit }) => ({
      variant,
      form,
      scope,
      states,
      limit,
    })),
    logs: logs?.map(({ families: _, ...log }) => log),
    requirements: evidence,
    beyondTheText,
    problems: [
      ...namingProblems(requirements, beyondTheText, knownNames()),
      ...evidenceProblems(
        evidence,
        run.searches.map(({ scope }) => scope),
      ),
    ],
  };
}

/** The families of the alphabet that was searched, whatever the scope was called. */
function familiesOf({ variant, form, bounds }: SearchReport): ReadonlySet<string> {
  const protocol = protocolOf(variant);
  const found = protocol === undefined ? undefined : formOf(form, protocol);
  if (protocol === undefined || found?.ok !== true) return new Set();
  return new Set(alphabetOf(protocol, found.value, bounds as unknown as Scope).map(({ type }) => type));
}

/** What requirements may name: what some variant has in some form and named scope. */
export function knownNames(): KnownNames {
  const models = variants.flatMap((variant) =>
    forms
      .filter((form) => absence(variant, form) === undefined)
      .flatMap((form) => scopes.map((scope) => guestModel(variant, form, scope))),
  );
  const charts = models.flatMap((model) => model.charts.map(({ kind }) => kind));
  const families = models.flatMap((model) => model.alphabet.map(({ type }) => type));
  return {
    charts: [...new Set(charts)],
    families: [...new Set(families)],
    // A property from outside is asked for by its author, not by a text.
    properties: everyProperty()
      .map(({ id }) => id)
      .filter((id) => !foreignProperties().includes(id)),
    scopes: scopes.map(({ name }) => name),
    forms: forms.map(({ id }) => id),
  };
}

/** Every row of the catalog that does not take long. */
async function searchCatalog(quiet: boolean, io: Io): Promise<Result<CheckReport> | 'interrupted'> {
  const tasks = catalog
    .filter(({ deep }) => !deep)
    .map(({ variant, form, scope: name, expectation }): Task => {
      const scope = scopes.find((one) => one.name === name);
      const protocol = protocolOf(variant);
      if (scope === undefined || protocol === undefined)
        throw new Error(`no scope ${name} or variant ${variant}`);
      const asked = onRequest.filter(({ id }) => expectation.onRequest?.[id] !== undefined);
      const ids = [...properties, ...asked]
        .filter((property) => property.appliesTo(protocol, scope))
        .map(({ id }) => id);
      return { variant, form, scope, properties: ids, expectation };
    });
  const { outcomes, interrupted } = await runTasks(io, tasks, quiet ? 'none' : 'auto');
  if (interrupted) return 'interrupted';
  const problems = outcomes.flatMap((outcome) => (outcome.ok ? [] : outcome.problems));
  if (problems.length > 0) return fail(...problems);
  const found = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  return ok({
    schema: CHECK_SCHEMA,
    searches: found.map(({ search }) => search),
    cases: found.flatMap(({ cases }) => cases),
    reproduce: 'ballast spec',
  });
}

const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('holds') }),
  z.object({ kind: z.literal('violated') }),
  z.object({ kind: z.literal('vacuous'), witness: z.string() }),
  z.object({ kind: z.literal('bounded'), limit: z.string() }),
]);
const of = { variant: z.string(), form: z.string(), scope: z.string() };
const runShape = z.object({
  schema: z.literal(CHECK_SCHEMA),
  searches: z.array(
    z.object({
      ...of,
      bounds: z.record(z.string(), z.unknown()),
      states: z.number(),
      limit: z.string().optional(),
      neverTaken: z.array(z.object({ family: z.string(), why: z.string().optional() })),
    }),
  ),
  cases: z.array(z.object({ ...of, property: z.string(), finding: z.string().optional(), verdict })),
});

/** The part of a run's verdict.json that the join reads. */
function runFrom(folder: string, io: Io): Result<CheckReport> {
  const path = `${folder.replace(/\/+$/, '')}/verdict.json`;
  if (!io.files.exists(path))
    return fail({
      code: 'SPEC_NO_RUN',
      message: `there is no ${path}`,
      expected: 'the folder of a run of check',
    });
  try {
    const parsed = runShape.safeParse(JSON.parse(io.files.read(path)));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return fail({ code: 'SPEC_BAD_RUN', message: `${path}: ${issue?.path.join('.')}: ${issue?.message}` });
    }
    const bad = parsed.data.searches.flatMap(({ bounds }) => {
      const scope = scopeFrom(full, bounds, { name: (key) => `${path}: bounds.${key}` });
      return scope.ok ? [] : scope.problems;
    });
    return bad.length > 0 ? fail(...bad) : ok(parsed.data as unknown as CheckReport);
  } catch (error) {
    return fail({
      code: 'SPEC_BAD_RUN',
      message: `${path}: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

/** Each folder inside is a run; one without a trace (a boot's snapshots) is passed over. */
function logEvidence(folder: string, io: Io): Result<readonly LogEvidence[]> {
  const protocol = variants.find(({ id }) => id === LOG_VARIANT);
  if (protocol === undefined) throw new Error(`no variant ${LOG_VARIANT}`);
  const base = folder.replace(/\/+$/, '');
  const runs = foldersIn(base, io);
  if (!runs.ok) return runs;
  const problems: Problem[] = [];
  const found: LogEvidence[] = [];
  for (const run of runs.value) {
    const read = timelines([`${base}/${run}`], io.logs, { protocol, properties });
    if (!read.ok) problems.push(...read.problems.filter(({ code }) => code !== 'LOG_NO_TRACE'));
    else
      found.push(
        ...read.value.map((one) => ({
          name: read.value.length === 1 ? run : `${run} ${one.validation.guest}`,
          variant: one.validation.variant,
          verdict: one.validation.verdict,
          families: familiesShown(one),
        })),
      );
  }
  if (problems.length > 0) return fail(...problems);
  return found.length > 0
    ? ok(found)
    : fail({
        code: 'SPEC_NO_LOGS',
        message: `no run with a trace in ${base}`,
        expected: 'a folder of runs, or --no-logs',
      });
}

function foldersIn(base: string, io: Io): Result<readonly string[]> {
  const list = (path: string): readonly string[] | undefined => {
    try {
      return io.logs.list(path);
    } catch {
      return undefined;
    }
  };
  const names = list(base);
  if (names === undefined)
    return fail({
      code: 'SPEC_NO_LOGS',
      message: `${base} is no folder`,
      expected: 'a folder of runs, or --no-logs',
    });
  return ok(names.filter((name) => list(`${base}/${name}`) !== undefined).sort());
}

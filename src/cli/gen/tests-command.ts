/**
 * `ballast gen tests`: shell scripts that make a real guest do what the charts do, and say whether it did.
 * Without more: a suite that takes every transition of section, block and balloon that can be forced from outside.
 */
import { type Command, Option } from 'commander';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { properties } from '../../../properties/all.ts';
import { catalog } from '../../../properties/catalog.ts';
import { findings } from '../../../properties/findings.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { PickChance } from '../../fuzz/chance.ts';
import { breaking, breaksIn, ofLabels, type Plan, suite, walk } from '../../gen/plan.ts';
import { renderScript } from '../../gen/script.ts';
import { Judge } from '../../trace/judge.ts';
import { findProtocol } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { wholeNumbers } from '../numbers.ts';
import { writeFolder, writeText } from '../output.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';
import { openTrace } from '../trace/input.ts';
import { BEYOND, explorerOf, groundOf, groundScope, MEANS, mostOf, PLACES, type Place } from './ground.ts';

interface TestsFlags {
  readonly variant: string;
  readonly place: Place;
  readonly finding?: string;
  readonly property?: string;
  readonly trace?: string;
  readonly walks?: string;
  readonly acts: string;
  readonly seed: string;
  readonly only?: string;
  readonly output?: string;
  readonly out?: string;
}

/** Pages of hot-added memory in a scope that is planned page by page. */
const PAGES_MAX = 64;

/** Kernels with every file that scripts read and write; auto_online_blocks came with 4.7. */
const SCRIPTED: readonly Protocol['kernel'][] = ['4.11', '5.10'];

/** Kinds of chart that a suite covers. */
export const KINDS = ['section', 'boot', 'block', 'balloon'] as const;

export function addTestsCommand(gen: Command, io: Io, done: (exit: Exit) => void): void {
  gen
    .command('tests')
    .description('KTAP shell scripts for a real guest: a suite, a finding, a run, or walks')
    .option('--variant <id>', 'the driver whose behaviour is expected', 'v3')
    .addOption(new Option('--place <where>', 'where the scripts run').choices(PLACES).default('dom0'))
    .option('--finding <id>', 'the fewest acts that show a finding')
    .option('--property <id>', 'the fewest acts that break a property')
    .option('--trace <file>', 'the acts of a run (schema ballast.trace/1)')
    .option('--walks <n>', 'random walks over everything that can be done')
    .option('--acts <n>', 'acts of one walk', '20')
    .option('--seed <n>', 'of the walks', '1')
    .option('--only <name>', 'one script of several, by its name')
    .option('-o, --output <file>', 'where one script goes (stdout)')
    .option('--out <folder>', 'where several go')
    .action((flags: TestsFlags) => done(writeTests(flags, io)));
}

function writeTests(flags: TestsFlags, io: Io): Exit {
  const made = plansOf(flags, io);
  if (!made.ok) return printProblems(io, made.problems, made.exit);
  const { plans, scope, about } = made.value;
  const chosen = flags.only === undefined ? plans : plans.filter(({ name }) => name === flags.only);
  if (chosen.length === 0 && flags.only !== undefined)
    return printProblems(
      io,
      [
        unknownId(
          'script',
          flags.only,
          plans.map(({ name }) => name),
        ),
      ],
      EXIT.usage,
    );
  const scripts = chosen.map((plan) => ({
    name: `${plan.name}.sh`,
    text: renderScript(plan, {
      version: io.version,
      reproduce: `ballast gen tests ${wordsOf(flags, plans.length > 1 ? plan.name : undefined)}`,
      variant: flags.variant,
      pagesPerBlock: scope.pagesPerSection * scope.sectionsPerBlock,
      blocks: scope.sections / scope.sectionsPerBlock,
      beyond: scope === groundScope ? BEYOND : Number.MAX_SAFE_INTEGER,
      about,
    }),
  }));
  const [first] = scripts;
  if (flags.out !== undefined) {
    writeFolder(
      io,
      flags.out,
      scripts.map(({ name, text }) => [name, text]),
    );
    io.err(`ballast: ${scripts.length} scripts in ${flags.out}\n`);
  } else if (first !== undefined && scripts.length === 1) {
    writeText(io, flags.output, first.text);
  } else {
    const names = plans.map(({ name, steps }) => `${name} (${steps.length} acts)`).join(', ');
    return printProblems(
      io,
      [
        {
          code: 'SEVERAL_SCRIPTS',
          message: 'these are several scripts',
          expected: `--out FOLDER, or --only one of ${names}`,
        },
      ],
      EXIT.usage,
    );
  }
  return EXIT.expected;
}

/** Flags that make this script again. */
function wordsOf(flags: TestsFlags, only: string | undefined): string {
  const given = ['variant', 'place', 'finding', 'property', 'trace', 'walks'] as const;
  return [
    ...given.flatMap((name) => (flags[name] === undefined ? [] : [`--${name} ${flags[name]}`])),
    ...(flags.walks === undefined ? [] : [`--acts ${flags.acts} --seed ${flags.seed}`]),
    ...(only === undefined ? [] : [`--only ${only}`]),
  ].join(' ');
}

interface Made {
  readonly plans: readonly Plan[];
  readonly scope: Scope;
  readonly about: readonly string[];
}
type Failure = { readonly ok: false; readonly problems: readonly Problem[]; readonly exit: Exit };

function plansOf(flags: TestsFlags, io: Io): { readonly ok: true; readonly value: Made } | Failure {
  const problems: Problem[] = [];
  const whole = wholeNumbers(problems);
  const walks = whole('walks', flags.walks, 1, 1000);
  const acts = whole('acts', flags.acts, 1, 1000) ?? 0;
  const seed = whole('seed', flags.seed, 0, 0xffffffff) ?? 0;
  const sources = (['finding', 'property', 'trace', 'walks'] as const).filter(
    (name) => flags[name] !== undefined,
  );
  if (sources.length > 1)
    problems.push({
      code: 'FLAG_CLASH',
      message: `one of ${sources.map((name) => `--${name}`).join(' ')}, not several`,
    });
  const found = findProtocol(flags.variant);
  if (!found.ok) problems.push(...found.problems);
  if (problems.length > 0 || !found.ok) return { ok: false, problems, exit: EXIT.usage };
  const protocol = found.value;
  const older = {
    code: 'NOT_ON_A_GUEST',
    message: `${protocol.id} is no driver of a kernel that can be booted here`,
    expected:
      'a driver of Linux 4.11 or later (scripts write auto_online_blocks): v2-4.11, v3, v3-patched, v3+field=value',
  };
  if (!SCRIPTED.includes(protocol.kernel)) return { ok: false, problems: [older], exit: EXIT.usage };
  if (flags.trace !== undefined) return ofTrace(flags.trace, protocol, flags.place, io);
  const explorer = explorerOf(protocol, flags.place);
  const made = (plans: readonly Plan[], about: readonly string[]) => ({
    ok: true as const,
    value: { plans, scope: groundScope, about },
  });
  if (walks !== undefined) {
    const chance = new PickChance();
    chance.reseed(seed);
    const plans = Array.from({ length: walks }, (_, n) =>
      walk(explorer, mostOf(flags.place), acts, (n) => chance.below(n), `walk-${n + 1}`),
    );
    return made(plans, []);
  }
  if (flags.finding === undefined && flags.property === undefined)
    return made(suite(explorer, KINDS, MEANS[flags.place]), []);
  const goals = goalsOf(flags);
  if (!goals.ok) return { ok: false, problems: goals.problems, exit: EXIT.usage };
  for (const id of goals.value.properties) {
    const property = properties.find((one) => one.id === id);
    if (property === undefined) continue;
    const plan = breaking(
      explorer,
      MEANS[flags.place][0] ?? mostOf(flags.place),
      new Judge(property.watch),
      goals.value.name,
    );
    if (plan !== undefined)
      return made(
        [plan],
        [
          ...goals.value.about,
          `The charts say that after the last act ${id} is broken: ${property.statement}`,
        ],
      );
  }
  return {
    ok: false,
    exit: EXIT.inconclusive,
    problems: [
      {
        code: 'NOT_FORCED',
        message: `no acts of an outsider who waits for rest break ${goals.value.properties.join(' or ')} in ${protocol.id}`,
        expected:
          'a race (ballast check shows the run), another variant, or --trace with a run whose acts come close',
      },
    ],
  };
}

/** Properties to break, the deepest damage first: a leak says more than the step that began it. */
function goalsOf(flags: TestsFlags): Result<{
  readonly name: string;
  readonly properties: readonly string[];
  readonly about: readonly string[];
}> {
  const ids = properties.map(({ id }) => id);
  if (flags.property !== undefined)
    return ids.includes(flags.property)
      ? ok({ name: flags.property.toLowerCase(), properties: [flags.property], about: [] })
      : fail(unknownId('property', flags.property, ids));
  const story = findings.find(({ id }) => id.toLowerCase() === flags.finding?.toLowerCase());
  if (story === undefined)
    return fail(
      unknownId(
        'finding',
        flags.finding ?? '',
        findings.map(({ id }) => id),
      ),
    );
  const broken = new Set(
    catalog.flatMap((row) =>
      Object.entries(row.expectation.verdicts).flatMap(([id, verdict]) =>
        verdict?.kind === 'violated' && verdict.finding === story.id ? [id] : [],
      ),
    ),
  );
  const last = ['I-27', ...ids];
  return ok({
    name: story.id.toLowerCase(),
    properties: last.filter((id, at) => broken.has(id) && last.indexOf(id) === at),
    about: [`Finding ${story.id}, ${story.title}. ${story.story}`],
  });
}

function ofTrace(
  path: string,
  protocol: Protocol,
  place: Place,
  io: Io,
): { readonly ok: true; readonly value: Made } | Failure {
  const open = openTrace(io, path);
  if (!open.ok) return { ok: false, problems: open.problems, exit: EXIT.badInput };
  const { scope, file, property } = open.value;
  if (scope.sections * scope.pagesPerSection > PAGES_MAX) {
    const problem = {
      code: 'TRACE_TOO_LARGE',
      message: `${path} is a run of ${scope.sections} sections of ${scope.pagesPerSection} pages; plans are made page by page`,
      expected: `a run in a small scope: ballast shrink ${path} --scope single`,
    };
    return { ok: false, exit: EXIT.badInput, problems: [problem] };
  }
  const ground = groundOf(protocol, scope, place);
  const plan = ofLabels(ground, file.labels, `${property.id.toLowerCase()}-run`);
  if (plan.steps.length === 0) {
    const problem = { code: 'NO_ACTS', message: `${path} holds no act of an outsider` };
    return { ok: false, exit: EXIT.badInput, problems: [problem] };
  }
  const outcome = breaksIn(ground, new Judge(property.watch), plan)
    ? `with rest in between they break ${property.id} all the same: ${property.statement}`
    : `with rest in between they do not break ${property.id}, so the run itself takes a race`;
  const about = [`The acts of ${path} (${file.labels.length} labels), each followed by rest; ${outcome}`];
  return { ok: true, value: { plans: [plan], scope, about } };
}

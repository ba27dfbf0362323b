/**
 * `ballast fuzz`: random runs of guests of real size, the page ledger beside them.
 */
import type { Command } from 'commander';
import { properties } from '../../../properties/all.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import {
  FUZZ_SCHEMA,
  type FuzzedProperty,
  type FuzzedVariant,
  type FuzzReport,
  renderFuzz,
  renderFuzzJson,
} from '../../../reports/fuzz.ts';
import { counted, thousands } from '../../../reports/style.ts';
import { ok } from '../../core/result.ts';
import { merged, NOTHING, type Tally } from '../../fuzz/campaign.ts';
import { LEDGER_DIFFERS } from '../../fuzz/checked-run.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { writeFolder } from '../output.ts';
import { printProblems } from '../problems.ts';
import { runCorpus } from './corpus.ts';
import { replayCommand, shrinkFinding } from './findings.ts';
import { type FuzzFlags, type FuzzPlan, planFuzz } from './flags.ts';
import { knownAs, whyNever } from './known.ts';
import { fuzzHere, fuzzInThreads } from './pool.ts';
import { type FuzzTask, setupFor } from './task.ts';

export function addFuzzCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('fuzz')
    .description('random runs of guests of real size, checked against an independent page ledger')
    .option('--variant <id...>', 'which protocols (all that are shipped)')
    .option('--mutant <id...>', 'planted bugs')
    .option('--form <id>', 'the guest form (pv-x86_64)')
    .option('--sections <n>', 'hot-addable sections of a guest (64)')
    .option('--pages <n>', 'pages of a section (those of the form)')
    .option('--domains <n>', 'guests on one host (1)')
    .option('--runs <n>', 'runs of each variant (20, or as many as --time allows)')
    .option('--steps <n>', 'labels of a run (3000)')
    .option('--seed <n>', 'makes the same runs again')
    .option('--replay <run>', 'only this run of the seed, told in full')
    .option('--time <60s|10m|1h>', 'stop starting runs after this long')
    .option('--jobs <n>', 'threads (1); what is found does not depend on them')
    .option('--corpus <folder>', 'failures of the past that run first (test/fuzz/corpus, where it is)')
    .option('--shrink-known', 'shrink and show known findings too')
    .option('--json', `results as JSON (schema ${FUZZ_SCHEMA})`)
    .option('--quiet', 'no progress')
    .option('--out <folder>', 'where findings are written (reports/generated/fuzz)')
    .action(async (flags: FuzzFlags) => done(await fuzz(flags, io)));
}

/** Where a clone of the repository keeps them. */
const CORPUS = 'test/fuzz/corpus';

async function fuzz(flags: FuzzFlags, io: Io): Promise<Exit> {
  const planned = planFuzz(flags, io.now());
  if (!planned.ok) return printProblems(io, planned.problems, EXIT.usage);
  const plan = planned.value;
  const reproduce = commandOf(plan);
  // A place that cannot be written to is found before the runs.
  if (flags.out !== undefined) writeFolder(io, flags.out, []);
  if (flags.quiet !== true) io.err(`ballast fuzz: seed ${plan.seed}. Again: ${reproduce}\n`);
  const corpus =
    plan.replay === undefined ? runCorpus(io, flags.corpus ?? CORPUS, flags.corpus !== undefined) : ok([]);
  if (!corpus.ok) return printProblems(io, corpus.problems, EXIT.badInput);
  let interrupted = false;
  const unlisten = io.onInterrupt(() => {
    interrupted = true;
  });
  const tallies = new Map(plan.variants.map((variant) => [variant, NOTHING]));
  try {
    await runAll(plan, io, flags.quiet === true, tallies, () => interrupted);
  } finally {
    unlisten();
  }
  const report: FuzzReport = {
    schema: FUZZ_SCHEMA,
    seed: plan.seed,
    steps: plan.steps,
    ...plan.size,
    interrupted,
    corpus: corpus.value,
    variants: [...tallies].map(([variant, tally]) => variantReport(variant, tally, plan, flags, io)),
    reproduce,
  };
  if (flags.json === true) io.out(renderFuzzJson(report));
  else io.out(renderFuzz(report, { style: io.style, width: io.width }));
  if (flags.out !== undefined) writeFolder(io, flags.out, [['fuzz.json', renderFuzzJson(report)]]);
  const fresh =
    report.corpus.some(({ asRecorded }) => !asRecorded) ||
    report.variants.some((one) => one.properties.some(({ standing }) => standing === 'new'));
  if (interrupted) return EXIT.interrupted;
  return fresh ? EXIT.unexpected : EXIT.expected;
}

/** The command that makes the same runs; where time decides how many, it says so. */
function commandOf(plan: FuzzPlan): string {
  const isMutant = (id: string) => mutants.some((mutant) => mutant.id === id);
  const ids = (list: readonly string[], flag: string) =>
    list.length === 0 ? [] : [`--${flag} ${list.join(' ')}`];
  const { form, sections, pagesPerSection, domains } = plan.size;
  return [
    'ballast fuzz',
    ...ids(
      plan.variants.filter((id) => !isMutant(id)),
      'variant',
    ),
    ...ids(plan.variants.filter(isMutant), 'mutant'),
    ...(form === undefined ? [] : [`--form ${form}`]),
    `--sections ${sections} --pages ${pagesPerSection} --domains ${domains} --steps ${plan.steps} --seed ${plan.seed}`,
    ...(plan.replay !== undefined ? [`--replay ${plan.replay}`] : []),
    ...(plan.runs === undefined || plan.replay !== undefined ? [] : [`--runs ${plan.runs}`]),
    ...(plan.milliseconds === undefined ? [] : [`--time ${plan.milliseconds / 1000}s`]),
  ].join(' ');
}

/** Runs handed out at a time: short enough to hear a signal, long enough not to matter. */
const CHUNK = 2;
const PROGRESS_EVERY_MS = 10_000;

async function runAll(
  plan: FuzzPlan,
  io: Io,
  quiet: boolean,
  tallies: Map<string, Tally>,
  interrupted: () => boolean,
): Promise<void> {
  const since = io.clock();
  const late = () => plan.milliseconds !== undefined && io.clock() - since > plan.milliseconds;
  let last = since;
  const onDone = (task: FuzzTask, tally: Tally): void => {
    tallies.set(task.variant, merged(tallies.get(task.variant) ?? NOTHING, tally));
    if (quiet || io.clock() - last < (io.errIsTerminal ? 1000 : PROGRESS_EVERY_MS)) return;
    last = io.clock();
    const all = [...tallies.values()].reduce(merged, NOTHING);
    const text = `fuzz  ${counted(all.runs, 'run')} · ${counted(all.labels, 'label')} · ${thousands(Math.round((last - since) / 1000))} s`;
    io.err(io.errIsTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  };
  const work = { next: tasksOf(plan, late), onDone, stop: interrupted, clock: io.clock };
  if (plan.jobs === 1) await fuzzHere(work);
  else await fuzzInThreads(new URL('./worker.js', import.meta.url), plan.jobs, work);
  if (!quiet && io.errIsTerminal) io.err('\r\u001b[K');
}

/** A few runs of each variant in turn, until all are done or the time is up. */
function tasksOf(plan: FuzzPlan, late: () => boolean): () => FuzzTask | undefined {
  const { variants, size, seed, steps } = plan;
  const most = plan.replay === undefined ? (plan.runs ?? Number.POSITIVE_INFINITY) : 1;
  let at = 0;
  return () => {
    const variant = variants[at % variants.length];
    const first = Math.floor(at / variants.length) * CHUNK;
    if (variant === undefined || first >= most || late()) return undefined;
    at += 1;
    const runs = Array.from({ length: Math.min(CHUNK, most - first) }, (_, n) => (plan.replay ?? first) + n);
    return { variant, size, seed, steps, runs };
  };
}

function variantReport(
  variant: string,
  tally: Tally,
  plan: FuzzPlan,
  flags: FuzzFlags,
  io: Io,
): FuzzedVariant {
  const setup = setupFor(variant, plan.size);
  const { runs, labels, tried, milliseconds, families, ends, transitions } = tally;
  const judged = setup.watches.judged.map((id) => ({ id, title: titleOf(id) }));
  const all = [...judged, { id: LEDGER_DIFFERS, title: 'ledger and charts agree' }];
  const reachable = Object.keys(setup.parts.sampler.families);
  return {
    variant,
    runs,
    labels,
    tried,
    milliseconds,
    families,
    neverTaken: reachable
      .filter((family) => families[family] === undefined)
      .map((family) => ({ family, why: whyNever(variant, family, new Set(Object.keys(families))) })),
    ends,
    properties: all.map(({ id, title }) => propertyReport(id, title, variant, tally, plan, flags, io)),
    notJudged: setup.watches.notJudged,
    transitions,
  };
}

const titleOf = (id: string): string => properties.find((property) => property.id === id)?.title ?? id;

function propertyReport(
  id: string,
  title: string,
  variant: string,
  tally: Tally,
  plan: FuzzPlan,
  flags: FuzzFlags,
  io: Io,
): FuzzedProperty {
  const breach = tally.breaches.find((one) => one.id === id);
  if (breach === undefined)
    return { id, title, standing: 'not seen', finding: undefined, runs: 0, first: undefined };
  const finding = knownAs(variant, id);
  const isMutant = mutants.some((mutant) => mutant.id === variant);
  const isPlanted = isMutant && finding === variant;
  const reproduce = replayCommand(variant, plan, breach.run, isMutant);
  const tellIt =
    finding === undefined || isPlanted || flags.shrinkKnown === true || plan.replay !== undefined;
  const out = flags.out ?? 'reports/generated/fuzz';
  const shrunk = tellIt ? shrinkFinding(io, { variant, plan, breach, reproduce, finding, out }) : undefined;
  const { run, step, domain, detail } = breach;
  return {
    id,
    title,
    standing: finding === undefined ? 'new' : 'known',
    finding,
    runs: tally.brokenIn[id] ?? 0,
    first: { run, step, domain, detail, reproduce, shrunk },
  };
}

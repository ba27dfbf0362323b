/**
 * What broke, made readable: shrunk, told step by step, written to files, as a test case to paste and a command to repeat.
 */
import { realScope } from '../../../models/hosts.ts';
import { properties } from '../../../properties/all.ts';
import { ledgerLines } from '../../../properties/ledger.ts';
import type { FuzzShrunk } from '../../../reports/fuzz.ts';
import { renderTraceJson } from '../../../reports/json.ts';
import type { ShownTrace } from '../../core/run-report.ts';
import { runOnce, type ShortestBreach } from '../../fuzz/campaign.ts';
import type { Setup } from '../../fuzz/checked-run.ts';
import { foldedText } from '../../fuzz/collapse.ts';
import { rerun, rerunUntil } from '../../fuzz/rerun.ts';
import type { HostLabel } from '../../fuzz/world.ts';
import { retrace } from '../../trace/retrace.ts';
import { shrink } from '../../trace/shrink.ts';
import { simplerLabel, simplerRuns } from '../../trace/simpler.ts';
import { protocolOf } from '../check/task.ts';
import type { Io } from '../io.ts';
import { writeFolder } from '../output.ts';
import { guestWorld } from '../trace/world.ts';
import { CASE_ENDING, caseText, FUZZ_CASE_SCHEMA, type FuzzCase } from './corpus.ts';
import type { FuzzPlan } from './flags.ts';
import { realForm } from './setup.ts';
import { setupFor } from './task.ts';

/** Reruns for one finding. */
const TRIES_MAX = 3000;

/** Flags of the one run in which it was found. */
export const replayCommand = (variant: string, plan: FuzzPlan, run: number, isMutant: boolean): string =>
  [
    `ballast fuzz --${isMutant ? 'mutant' : 'variant'} ${variant}`,
    ...(plan.size.form === undefined ? [] : [`--form ${plan.size.form}`]),
    `--sections ${plan.size.sections} --pages ${plan.size.pagesPerSection}`,
    ...(plan.size.domains === 1 ? [] : [`--domains ${plan.size.domains}`]),
    `--steps ${plan.steps} --seed ${plan.seed} --replay ${run}`,
  ].join(' ');

export interface ShrinkRequest {
  readonly variant: string;
  readonly plan: FuzzPlan;
  readonly breach: ShortestBreach;
  readonly reproduce: string;
  readonly finding: string | undefined;
  /** Where files go; undefined: nowhere. */
  readonly out: string | undefined;
}

export function shrinkFinding(io: Io, request: ShrinkRequest): FuzzShrunk | undefined {
  const { variant, plan, breach } = request;
  const setup = setupFor(variant, plan.size);
  const whole = runOnce(setup, { seed: plan.seed, run: breach.run, steps: plan.steps });
  const again = rerunUntil(setup, breach);
  const shrunk = shrink(whole.labels.slice(0, breach.step), again, {
    simpler: simplerLabel,
    renamed: simplerRuns,
    triesMax: TRIES_MAX,
  });
  if (shrunk === undefined) return undefined;
  const labels: readonly HostLabel[] = shrunk.labels;
  const { breaches } = rerun(setup, labels);
  const seen = breaches.find(({ id }) => id === breach.id);
  const breaks = breaches.map(({ id }) => id);
  const isProperty = properties.some(({ id }) => id === breach.id);
  const trace = isProperty && plan.size.domains === 1 ? traceOf(request, setup, labels) : undefined;
  const files = request.out === undefined ? [] : write(io, request, request.out, { labels, breaks }, trace);
  return {
    labels,
    tries: shrunk.tries,
    minimal: shrunk.minimal,
    families: foldedText(labels.map(({ type }) => type)),
    detail: detailOf(breach, trace?.broken ?? seen?.detail ?? breach.detail),
    trace,
    testCase: testCase(request, labels),
    files,
  };
}

/** The balances that do not come out; of a property about steps, its sentence. */
function detailOf({ id }: ShortestBreach, lines: readonly string[]): readonly string[] {
  const statement = properties.find((property) => property.id === id)?.statement;
  return lines.length > 0 || statement === undefined ? lines : [`not so: ${statement}`];
}

/** Replayed through XState's actors by other code; throws where they disagree (a bug of ours). */
function traceOf(
  { variant, plan, breach }: ShrinkRequest,
  setup: Setup,
  labels: readonly HostLabel[],
): ShownTrace {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant or mutant ${variant}`);
  const form = realForm(protocol, plan.size);
  const scope = realScope(protocol, form, plan.size);
  const watches = setup.properties.map(({ watch }) => watch);
  const found = retrace(guestWorld(protocol, form, scope, { lazy: true }), labels, ledgerLines, watches);
  if (found.stopped !== undefined)
    throw new Error(`step ${found.stopped.step + 1} of a shrunk run is refused`);
  const nth = setup.properties.findIndex(({ id }) => id === breach.id);
  if (found.judged[nth]?.includes('broken') !== true)
    throw new Error(`${breach.id} is broken for the fuzzer only`);
  return { labels, start: found.start, steps: found.steps, broken: found.broken[nth] ?? [] };
}

function write(
  io: Io,
  { variant, plan, breach, reproduce, finding }: ShrinkRequest,
  out: string,
  { labels, breaks }: Pick<FuzzCase, 'labels' | 'breaks'>,
  trace: ShownTrace | undefined,
): string[] {
  const { form: inForm, sections, pagesPerSection, domains } = plan.size;
  const name = `${variant}-${breach.id}`;
  const one: FuzzCase = {
    schema: FUZZ_CASE_SCHEMA,
    variant,
    ...(inForm === undefined ? {} : { form: inForm }),
    sections,
    pagesPerSection,
    domains,
    breaks,
    found: reproduce,
    labels,
  };
  const texts: [string, string][] = [[`${name}${CASE_ENDING}`, caseText(one)]];
  const property = properties.find(({ id }) => id === breach.id);
  const protocol = protocolOf(variant);
  if (trace !== undefined && property !== undefined && protocol !== undefined) {
    const { id, statement, at } = property;
    const form = realForm(protocol, plan.size);
    const bounds = { ...realScope(protocol, form, plan.size) };
    const traced = {
      variant,
      form: form.id,
      scope: bounds.name,
      property: id,
      statement,
      at,
      finding,
      trace,
      reproduce,
    };
    texts.push([`${name}.json`, renderTraceJson(traced, bounds)]);
  }
  writeFolder(io, out, texts);
  return texts.map(([file]) => `${out}/${file}`);
}

/** A case for test/fuzz, as it stands. */
function testCase({ variant, plan, breach }: ShrinkRequest, labels: readonly HostLabel[]): string {
  const { form, sections, pagesPerSection, domains } = plan.size;
  const rows = labels.map((label) => `    ${labelCode(label)},`).join('\n');
  return [
    `it('${variant} breaks ${breach.id}', () => {`,
    `  const size = { sections: ${sections}, pagesPerSection: ${pagesPerSection}, domains: ${domains}${form === undefined ? '' : `, form: '${form}'`} };`,
    '  const labels = [',
    rows,
    '  ];',
    `  expect(brokenBy('${variant}', size, labels)).toContain('${breach.id}');`,
    '});',
  ].join('\n');
}

const labelCode = (label: HostLabel): string =>
  `{ ${Object.entries(label)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? `'${value}'` : value}`)
    .join(', ')} }`;

/**
 * The flags of `fuzz`: texts in, numbers and ids out, or every problem at once.
 */
import { absence, type Form } from '../../../models/form.ts';
import { findForm, formOf } from '../../../models/forms/all.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { HostSize } from '../../../models/hosts.ts';
import { variants } from '../../../models/variants/all.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { findProtocol, protocolOf } from '../check/task.ts';
import { wholeNumbers } from '../numbers.ts';
import { unknownId } from '../suggest.ts';

/** As commander leaves them. */
export interface FuzzFlags {
  readonly variant?: readonly string[];
  readonly mutant?: readonly string[];
  readonly form?: string;
  readonly sections?: string;
  readonly pages?: string;
  readonly domains?: string;
  readonly runs?: string;
  readonly steps?: string;
  readonly seed?: string;
  readonly replay?: string;
  readonly time?: string;
  readonly jobs?: string;
  readonly corpus?: string;
  readonly shrinkKnown?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly out?: string;
}

export interface FuzzPlan {
  readonly variants: readonly string[];
  readonly size: HostSize;
  /** Runs of each variant; undefined: until the time is up. */
  readonly runs: number | undefined;
  readonly steps: number;
  readonly seed: number;
  /** The one run to do again. */
  readonly replay: number | undefined;
  readonly milliseconds: number | undefined;
  readonly jobs: number;
}

const RUNS = 20;
const STEPS = 3000;
const SEED_MAX = 2 ** 31 - 1;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** 8 TiB in sections of 128 MiB, like a trace file. */
const SECTIONS_MAX = 65_536;

/** `entropy`: where a seed comes from when none is given. */
export function planFuzz(flags: FuzzFlags, entropy: number): Result<FuzzPlan> {
  const problems: Problem[] = [];
  const number = wholeNumbers(problems);
  const chosen = chooseVariants(flags, problems);
  const form = chooseForm(flags.form ?? pv64.id, flags, chosen, problems);
  const milliseconds = timeOf(flags.time, problems);
  const runs = number('runs', flags.runs, 1, 10_000_000);
  const plan: FuzzPlan = {
    variants: chosen.filter((id) => isIn(id, form)),
    size: {
      sections: number('sections', flags.sections, 1, SECTIONS_MAX) ?? 64,
      pagesPerSection: number('pages', flags.pages, 1, 2 ** 20) ?? form.pagesPerSection,
      domains: number('domains', flags.domains, 1, 16) ?? 1,
      ...(flags.form === undefined ? {} : { form: form.id }),
    },
    runs: runs ?? (milliseconds === undefined ? RUNS : undefined),
    steps: number('steps', flags.steps, 1, 100_000) ?? STEPS,
    seed: number('seed', flags.seed, 0, SEED_MAX) ?? Math.abs(entropy) % SEED_MAX,
    replay: number('replay', flags.replay, 0, 10_000_000),
    milliseconds,
    jobs: number('jobs', flags.jobs, 1, 64) ?? 1,
  };
  if (plan.replay !== undefined && flags.seed === undefined && problems.length === 0)
    problems.push({
      code: 'REPLAY_WITHOUT_SEED',
      message: '--replay names a run of a seed',
      expected: '--seed too',
    });
  return problems.length > 0 ? fail(...problems) : ok(plan);
}

function chooseVariants({ variant = [], mutant = [] }: FuzzFlags, problems: Problem[]): string[] {
  const split = (texts: readonly string[]) => [
    ...new Set(texts.flatMap((text) => text.split(',')).filter((text) => text !== '')),
  ];
  const known = { variant: variants.map(({ id }) => id), mutant: mutants.map(({ id }) => id) };
  const ids = split(variant);
  const planted = split(mutant);
  for (const id of ids) {
    const found = findProtocol(id);
    if (!found.ok) problems.push(...found.problems);
  }
  for (const id of planted)
    if (!known.mutant.includes(id)) problems.push(unknownId('mutant', id, known.mutant));
  return ids.length + planted.length === 0 ? known.variant : [...ids, ...planted];
}

/** One form: `UNKNOWN_FORM`, `FORM_IMPOSSIBLE`, or `FORM_ABSENT` where a variant that was named does not exist in it. */
function chooseForm(
  id: string,
  { variant = [], mutant = [] }: FuzzFlags,
  chosen: readonly string[],
  problems: Problem[],
): Form {
  const found = findForm(id);
  if (!found.ok) problems.push(...found.problems);
  else if (variant.length + mutant.length > 0)
    for (const one of chosen) {
      const protocol = protocolOf(one);
      const here = protocol === undefined ? found : formOf(id, protocol);
      if (!here.ok) problems.push(...here.problems);
    }
  return found.ok ? found.value : pv64;
}

const isIn = (variant: string, form: Form): boolean => {
  const protocol = protocolOf(variant);
  return protocol !== undefined && absence(protocol, form) === undefined;
};

function timeOf(text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  const found = /^(\d+)(s|m|h)$/.exec(text);
  const value = Number(found?.[1]) * (UNIT_MS[found?.[2] ?? ''] ?? Number.NaN);
  if (Number.isFinite(value) && value > 0) return value;
  problems.push({ code: 'BAD_TIME', message: '--time is not usable', expected: '60s, 10m or 1h', got: text });
  return undefined;
}

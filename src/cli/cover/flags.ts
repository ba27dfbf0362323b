/**
 * The flags of `cover`, looked at: all problems at once.
 */
import type { Command } from 'commander';
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import { scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { coverKind } from '../../coverage/kinds.ts';
import { type Condition, namesIn, parseUntil } from '../../coverage/until.ts';
import { addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { wholeNumbers } from '../numbers.ts';
import { unknownId } from '../suggest.ts';

export type CoverFlags = CheckFlags & {
  readonly log?: readonly string[];
  readonly trace?: readonly string[];
  readonly fuzz?: string;
  readonly walks?: string;
  readonly steps?: string;
  readonly seed?: string;
  readonly until?: string;
  readonly k?: string;
  readonly tours?: boolean;
  readonly format?: string;
  readonly output?: string;
};

export const FORMATS = ['text', 'json', 'lcov', 'cobertura'] as const;

export interface CoverOptions {
  /** 0 if nobody asked for walks. */
  readonly walks: number;
  readonly steps: number;
  /** Fuzz runs, and labels of one. */
  readonly fuzz: number;
  readonly fuzzSteps: number;
  readonly seed: number;
  readonly k: number;
  readonly until: { readonly text: string; readonly condition: Condition } | undefined;
  readonly format: (typeof FORMATS)[number];
  readonly statesMax: number | undefined;
}

const DEFAULTS = { steps: 200, fuzzSteps: 3000, seed: 1, k: 3, untilWalks: 2000 };
/** Longer paths are more than anybody looks at, and their number grows with each transition. */
const K_MAX = 6;

export function addCoverFlags(command: Command): Command {
  command
    .option('--variant <id...>', 'protocol variants')
    .option('--mutant <id...>', 'mutants')
    .option('--scope <name...>', 'scopes: names, or JSON files (single)')
    .option('--log <path...>', 'logs of real guests: what they show, and what none of them does')
    .option('--trace <file...>', 'runs to cover: JSON files of ballast (schema ballast.trace/1)')
    .option('--fuzz <runs>', 'runs of ballast fuzz at 64 sections of 32768 pages')
    .option('--walks <n>', 'random walks beside the exploration')
    .option(
      '--steps <n>',
      `labels of one walk (${DEFAULTS.steps}) or fuzz run (${DEFAULTS.fuzzSteps}) at most`,
    )
    .option('--seed <n>', `of walks and fuzz runs (${DEFAULTS.seed})`)
    .option('--until <condition>', 'walk until, for example "pairs >= 90% and label(populate.short) >= 1"')
    .option('--k <n>', `length of paths (${DEFAULTS.k})`)
    .option('--tours', 'runs that cover everything reachable')
    .option('--format <how>', 'text, json (schema ballast.cover/1), lcov or cobertura', 'text')
    .option('-o, --output <file>', 'write it there instead of stdout')
    .option('--max-states <n>', 'stop an exploration after so many states')
    .option('--quiet', 'no progress');
  return addScopeFlags(command);
}

export function coverOptions(flags: CoverFlags): Result<CoverOptions> {
  const problems: Problem[] = [];
  const natural = wholeNumbers(problems);
  const format = FORMATS.find((one) => one === (flags.format ?? 'text'));
  if (format === undefined)
    problems.push({
      code: 'FLAG_CHOICE',
      message: '--format is not usable',
      expected: FORMATS.join(' or '),
      got: flags.format ?? '',
    });
  const condition = flags.until === undefined ? undefined : parseUntil(flags.until);
  if (condition?.ok === false)
    problems.push(...condition.problems.map((one) => ({ ...one, message: `--until, ${one.message}` })));
  if (condition?.ok === true) problems.push(...unknownNames(condition.value));
  const walks = natural('walks', flags.walks, 1, 10_000_000);
  const steps = natural('steps', flags.steps, 1, 1_000_000);
  const options = {
    fuzz: natural('fuzz', flags.fuzz, 1, 1_000_000) ?? 0,
    fuzzSteps: steps ?? DEFAULTS.fuzzSteps,
    walks: walks ?? (flags.until === undefined ? 0 : DEFAULTS.untilWalks),
    steps: steps ?? DEFAULTS.steps,
    seed: natural('seed', flags.seed, 0, 0xffff_ffff) ?? DEFAULTS.seed,
    k: natural('k', flags.k, 2, K_MAX) ?? DEFAULTS.k,
    statesMax: natural('max-states', flags.maxStates, 1, 100_000_000),
  };
  if (problems.length > 0 || format === undefined) return fail(...problems);
  const until =
    condition?.ok === true && flags.until !== undefined
      ? { text: flags.until, condition: condition.value }
      : undefined;
  return ok({ ...options, format, until });
}

/** Labels and charts that no shipped variant has in any scope: a slip of the pen, not a goal out of reach. */
function unknownNames(condition: Condition): Problem[] {
  const named = namesIn(condition);
  if (named.families.length + named.charts.length === 0) return [];
  const models = variants.flatMap((protocol) => scopes.map((scope) => guestModel(protocol, pv64, scope)));
  const families = [...new Set(models.flatMap(({ alphabet }) => alphabet.map(({ type }) => type)))];
  const charts = [...new Set(models.flatMap((model) => model.charts.map(coverKind)))];
  return [
    ...named.families
      .filter((family) => !families.includes(family))
      .map((family) => unknownId('label', family, families)),
    ...named.charts.filter((kind) => !charts.includes(kind)).map((kind) => unknownId('chart', kind, charts)),
  ];
}

/** The flags after `ballast cover` that say what to cover besides what the plan repeats. */
export function coverFlagTexts(flags: CoverFlags): string[] {
  const list = (name: string, values: readonly string[] | undefined): string[] =>
    values === undefined ? [] : [`--${name} ${values.join(' ')}`];
  const one = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`--${name} ${/[\s()<>]/.test(value) ? JSON.stringify(value) : value}`];
  return [
    ...list('log', flags.log),
    ...list('trace', flags.trace),
    ...one('fuzz', flags.fuzz),
    ...one('walks', flags.walks),
    ...one('steps', flags.steps),
    ...one('seed', flags.seed),
    ...one('until', flags.until),
    ...one('k', flags.k),
    ...(flags.tours === true ? ['--tours'] : []),
    ...one('max-states', flags.maxStates),
  ];
}

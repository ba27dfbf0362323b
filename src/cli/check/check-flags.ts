/**
 * The flags of `check` as they were typed, and the part of them that makes a scope.
 */
import type { Command } from 'commander';
import { ACTORS, type Scope } from '../../../models/scope.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { bytesOf, milliseconds, wholeNumbers } from '../numbers.ts';
import type { ProgressMode } from '../progress.ts';

/** As commander leaves them: texts, not yet looked at. */
export interface CheckFlags {
  readonly variant?: readonly string[];
  readonly mutant?: readonly string[];
  readonly form?: readonly string[];
  readonly scope?: readonly string[];
  readonly property?: readonly string[];
  /** Modules that were loaded before (models.ts). */
  readonly models?: readonly string[];
  readonly sections?: string;
  readonly pages?: string;
  readonly block?: string;
  readonly boot?: string;
  readonly bootBallooned?: string;
  readonly bootPod?: string;
  readonly targets?: string;
  readonly host?: string;
  readonly batch?: string;
  readonly retries?: string;
  readonly onlining?: string;
  readonly writer?: string;
  readonly offliner?: boolean;
  readonly rival?: boolean;
  readonly otherDomain?: boolean;
  readonly actors?: string;
  readonly explain?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly format?: string;
  readonly runs?: string;
  readonly maxStates?: string;
  readonly timeout?: string;
  readonly memory?: string;
  readonly checkpoint?: string;
  readonly threads?: string;
  readonly engine?: string;
  readonly split?: string;
  readonly symmetry?: boolean;
  readonly cache?: string | false;
  readonly quiet?: boolean;
  readonly progress?: string;
  readonly out?: string | false;
}

export function addCheckFlags(command: Command): Command {
  command
    .option('--variant <id...>', 'protocol variants to check')
    .option('--mutant <id...>', 'mutants to check')
    .option('--scope <name...>', 'scopes: names, or JSON files')
    .option('--property <id...>', 'only these properties')
    .option('--explain <id>', 'explain a property, finding, variant, field, mutant, form or scope')
    .option('--list', 'list what there is')
    .option('--json', 'results as JSON (schema ballast.check/1)')
    .option('--format <how>', 'results as text, json, junit, sarif or github')
    .option('--runs <how>', 'runs of findings: short, full (with what moved) or none')
    .option('--max-states <n>', 'stop a search after so many states')
    .option('--timeout <seconds>', 'stop all searches after so long')
    .option(
      '--memory <size>',
      'bytes that all searches may take, for example 4G; three quarters of what is free',
    )
    .option(
      '--checkpoint <time>',
      'keep searches so often, for example 30s: `ballast resume` goes on even after kill -9',
    )
    .option('--threads <n>', 'threads for each search; the result is the same', '1')
    .option(
      '--engine <how>',
      'plain states, block (sets of states at once, where charts have dense variables), or auto: plain states, then block where there are many',
      'auto',
    )
    .option('--split <keys>', 'for blocks: the dense variables, as chart.key,… ; measured where not given')
    .option(
      '--symmetry',
      'keep one of the states that are the same but for the names of sections, where nothing tells sections apart',
    )
    .option(
      '--cache <folder>',
      'where to keep what XState says about charts; the cache of the user by default',
    )
    .option('--no-cache', 'ask XState again')
    .option('--quiet', 'verdicts only')
    .option('--progress <how>', 'auto, line or none', 'auto')
    .option('--out <folder>', 'where report files go', 'reports/generated')
    .option('--no-out', 'write no files');
  return addScopeFlags(addFormFlag(command));
}

export const addFormFlag = (command: Command): Command =>
  command.option('--form <id...>', 'guest forms (pv-x86_64), or all in which a variant exists');

/** Bounds of the scope, flag by flag. */
export function addScopeFlags(command: Command): Command {
  return command
    .optionsGroup('Scope, over full or the one named:')
    .option('--sections <n>', 'hot-addable sections')
    .option('--pages <n>', 'pages per section')
    .option('--block <n>', 'sections per memory block')
    .option('--boot <n>', 'pages present at boot')
    .option('--boot-ballooned <n>', 'boot pages on the balloon list')
    .option('--boot-pod <n>', 'boot pages to be filled on demand (HVM)')
    .option('--targets <list>', 'targets that may be written, ascending, for example 1,2,5')
    .option('--host <n>', 'frames of the host')
    .option('--batch <n>', 'extents per call')
    .option('--retries <n>', 'failures in a row before an order is given up')
    .option('--onlining <who>', 'auto, hand, both, any or never')
    .option('--writer <who>', 'libxl (limit, then target) or any')
    .option('--offliner', 'somebody takes blocks offline')
    .option('--no-offliner', 'nobody does')
    .option('--rival', 'somebody else claims address space')
    .option('--no-rival', 'nobody does')
    .option('--other-domain', 'another domain takes host memory')
    .option('--no-other-domain', 'none does')
    .option('--actors <list>', `who else is there: ${ACTORS.join(', ')}`);
}

/** A flag, the key of a scope that it sets, and whether that is a number. */
const SCOPE_FLAGS = [
  ['sections', 'sections', 'sections', true],
  ['pages', 'pagesPerSection', 'pages', true],
  ['block', 'sectionsPerBlock', 'block', true],
  ['boot', 'bootPages', 'boot', true],
  ['bootBallooned', 'bootBallooned', 'boot-ballooned', true],
  ['bootPod', 'bootPod', 'boot-pod', true],
  ['host', 'hostPages', 'host', true],
  ['batch', 'batch', 'batch', true],
  ['retries', 'retryLimit', 'retries', true],
  ['onlining', 'onlining', 'onlining', false],
  ['writer', 'writer', 'writer', false],
] as const satisfies readonly (readonly [keyof CheckFlags, keyof Scope, string, boolean])[];

const SWITCHES = [
  ['offliner', 'offliner'],
  ['rival', 'rival'],
  ['otherDomain', 'other-domain'],
] as const;

/** `--pages` for `pagesPerSection`. */
export function flagOf(key: string): string {
  const flag =
    SCOPE_FLAGS.find(([, of]) => of === key)?.[2] ?? SWITCHES.find(([of]) => of === key)?.[1] ?? key;
  return `--${flag}`;
}

/** What the flags change of a scope, and the same as text for the command that does it again. */
export interface ScopeByFlags {
  readonly change: Readonly<Record<string, unknown>>;
  readonly flags: readonly string[];
}

export function scopeByFlags(flags: CheckFlags): ScopeByFlags {
  const change: Record<string, unknown> = {};
  const texts: string[] = [];
  for (const [flag, key, text, isNumber] of SCOPE_FLAGS) {
    const value = flags[flag];
    if (value === undefined) continue;
    change[key] = isNumber ? numberOf(value) : value;
    texts.push(`--${text} ${value}`);
  }
  if (flags.targets !== undefined) {
    change['targets'] = flags.targets.split(',').map(numberOf);
    texts.push(`--targets ${flags.targets}`);
  }
  if (flags.actors !== undefined) {
    change['actors'] = flags.actors.split(',');
    texts.push(`--actors ${flags.actors}`);
  }
  for (const [key, text] of SWITCHES) {
    const value = flags[key];
    if (value === undefined) continue;
    change[key] = value;
    texts.push(value ? `--${text}` : `--no-${text}`);
  }
  return { change, flags: texts };
}

/** Leaves what is not a number to the schema, which says so. */
const numberOf = (text: string): unknown => (/^\d+$/.test(text.trim()) ? Number(text) : text);

const THREADS_MAX = 16;

export interface Limits {
  readonly statesMax?: number;
  readonly seconds?: number;
  /** Bytes, for all searches together. */
  readonly memory?: number;
  /** Of each search. */
  readonly threads: number;
  readonly engine: Engine;
  readonly split?: readonly string[];
  readonly symmetry: boolean;
  /** Milliseconds between checkpoints. */
  readonly checkpointMs?: number;
  readonly cache?: string | false;
  readonly progress: ProgressMode;
  readonly runs: 'short' | 'full' | 'none' | undefined;
  readonly format: Format;
}

const FORMATS = ['text', 'json', 'junit', 'sarif', 'github'] as const;
export type Format = (typeof FORMATS)[number];

const ENGINES = ['auto', 'plain', 'block'] as const;
type Engine = (typeof ENGINES)[number];

export function limitsOf(flags: CheckFlags): Result<Limits> {
  const problems: Problem[] = [];
  const number = (flag: string, text: string | undefined, isInteger: boolean): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isFinite(value) && value > 0 && (!isInteger || Number.isSafeInteger(value))) return value;
    const expected = isInteger ? 'a positive integer' : 'a positive number';
    problems.push({ code: 'FLAG_NUMBER', message: `--${flag} is not usable`, expected, got: text });
    return undefined;
  };
  const choice = <T extends string>(
    flag: string,
    text: string | undefined,
    known: readonly T[],
  ): T | undefined => {
    const found = known.find((one) => one === text);
    if (text !== undefined && found === undefined)
      problems.push({
        code: 'FLAG_CHOICE',
        message: `--${flag} is not usable`,
        expected: known.join(' or '),
        got: text,
      });
    return found;
  };
  const statesMax = number('max-states', flags.maxStates, true);
  const seconds = number('timeout', flags.timeout, false);
  const threads = wholeNumbers(problems)('threads', flags.threads, 1, THREADS_MAX) ?? 1;
  const checkpointMs = milliseconds(problems, 'checkpoint', flags.checkpoint);
  if (checkpointMs !== undefined && flags.out === false)
    problems.push({
      code: 'FLAG_CONFLICT',
      message: '--checkpoint needs a folder to keep searches in',
      got: '--no-out',
    });
  const memory = bytesOf(problems, 'memory', flags.memory);
  const engine = choice('engine', flags.engine, ENGINES) ?? 'auto';
  const split = flags.split?.split(',').filter((key) => key !== '');
  const plainOnly = { checkpoint: flags.checkpoint, 'max-states': flags.maxStates };
  for (const [name, given] of Object.entries(plainOnly))
    if (engine === 'block' && given !== undefined)
      problems.push({
        code: 'FLAG_CONFLICT',
        message: `--${name} is for plain states`,
        got: '--engine block',
      });
  const symmetry = flags.symmetry === true;
  if (split !== undefined && engine !== 'block')
    problems.push({ code: 'FLAG_CONFLICT', message: '--split is for --engine block' });
  const progress = choice('progress', flags.progress, ['auto', 'line', 'none'] as const) ?? 'auto';
  const runs = choice('runs', flags.runs, ['short', 'full', 'none'] as const);
  const format = choice('format', flags.format, FORMATS) ?? (flags.json === true ? 'json' : 'text');
  if (flags.json === true && format !== 'json')
    problems.push({
      code: 'FLAG_CONFLICT',
      message: '--json and --format say different things',
      got: format,
    });
  if (problems.length > 0) return fail(...problems);
  return ok({
    progress,
    threads,
    engine,
    ...(split === undefined ? {} : { split }),
    symmetry,
    runs,
    format,
    ...(statesMax === undefined ? {} : { statesMax }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(memory === undefined ? {} : { memory }),
    ...(checkpointMs === undefined ? {} : { checkpointMs }),
    ...(flags.cache === undefined ? {} : { cache: flags.cache }),
  });
}

/**
 * Runs of a campaign: each from its own picks, so that any of them can be run again alone. Plain data out, for other threads.
 */
import { type Breach, CheckedRun, type Setup } from './checked-run.ts';
import type { OnStep } from './domain.ts';
import { picksOf } from './picks.ts';
import { TransitionCounts, type TransitionTable } from './transitions.ts';
import { Walker } from './walker.ts';
import type { HostLabel } from './world.ts';

/**
 * Why a run ended: all picks used · nothing enabled that the sampler can think of · only bystanders moved for long (a deadlock of the
 * driver looks like this) · a counter of the model left its range.
 */
export type End = 'steps' | 'stuck' | 'stalled' | 'overflow' | 'stopped';

/** Labels of bystanders in a row after which a run is at a stand. */
const STALLED_AFTER = 400;
/** Picks between two looks at whether to stop. */
const LOOK_EVERY = 128;

export interface RunOptions {
  readonly seed: number;
  readonly run: number;
  readonly steps: number;
  readonly onStep?: OnStep;
  readonly stop?: () => boolean;
}

export interface RunOutcome {
  readonly labels: readonly HostLabel[];
  /** Labels asked about, taken or not. */
  readonly tried: number;
  readonly breaches: readonly Breach[];
  readonly end: End;
}

export function runOnce(setup: Setup, options: RunOptions): RunOutcome {
  const checked = new CheckedRun(setup, options.onStep);
  const [temper = 0, ...picks] = picksOf(options.seed, options.run, options.steps + 1);
  const { end, tried } = walk(checked, temper, picks, options.stop);
  if (end !== 'overflow') checked.compareAll();
  return { labels: checked.taken, tried, breaches: checked.breaches, end };
}

/** Interprets picks until one of the ends. */
export function walk(
  checked: CheckedRun,
  temper: number,
  picks: readonly number[],
  stop: () => boolean = () => false,
): { readonly end: End; readonly tried: number } {
  const walker = new Walker(checked, temper);
  const bystanders = new Set(checked.world.parts.sampler.bystanders);
  let standing = 0;
  for (const [at, pick] of picks.entries()) {
    if (at % LOOK_EVERY === 0 && stop()) return { end: 'stopped', tried: walker.tried };
    const label = walker.step(pick);
    if (label === undefined) return { end: 'stuck', tried: walker.tried };
    if (checked.overflowed) return { end: 'overflow', tried: walker.tried };
    standing = bystanders.has(label.type) ? standing + 1 : 0;
    if (standing >= STALLED_AFTER) return { end: 'stalled', tried: walker.tried };
  }
  return { end: 'steps', tried: walker.tried };
}

/** The time something broke after the fewest labels, over many runs: what is shrunk. */
export interface ShortestBreach extends Breach {
  readonly run: number;
}

/** What some runs of one variant came to. */
export interface Tally {
  readonly runs: number;
  readonly labels: number;
  readonly tried: number;
  readonly milliseconds: number;
  readonly families: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  /** One of each id, fewest labels first. */
  readonly breaches: readonly ShortestBreach[];
  /** Runs in which it broke, by property. */
  readonly brokenIn: Readonly<Record<string, number>>;
  readonly transitions: TransitionTable;
}

export interface TallyOptions {
  readonly seed: number;
  readonly steps: number;
  readonly runs: readonly number[];
  readonly clock: () => number;
  readonly stop: () => boolean;
}

export function tally(setup: Setup, { seed, steps, runs, clock, stop }: TallyOptions): Tally {
  const families: Record<string, number> = {};
  const ends: Record<string, number> = {};
  const brokenIn: Record<string, number> = {};
  let breaches: readonly ShortestBreach[] = [];
  const counts = new TransitionCounts();
  const since = clock();
  let done = 0;
  let labels = 0;
  let tried = 0;
  for (const run of runs) {
    if (stop()) break;
    counts.begin();
    const outcome = named(seed, run, () => runOnce(setup, { seed, run, steps, stop, onStep: counts.onStep }));
    done += 1;
    labels += outcome.labels.length;
    tried += outcome.tried;
    for (const { type } of outcome.labels) families[type] = (families[type] ?? 0) + 1;
    ends[outcome.end] = (ends[outcome.end] ?? 0) + 1;
    for (const { id } of outcome.breaches) brokenIn[id] = (brokenIn[id] ?? 0) + 1;
    breaches = shortest([...breaches, ...outcome.breaches.map((breach) => ({ ...breach, run }))]);
  }
  const milliseconds = clock() - since;
  return {
    runs: done,
    labels,
    tried,
    milliseconds,
    families,
    ends,
    breaches,
    brokenIn,
    transitions: counts.table(),
  };
}

/** A chart that is no chart ends everything: the run in which it showed is named, so that it can be run again. */
function named<T>(seed: number, run: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`${said} (--seed ${seed} --replay ${run})`, { cause: error });
  }
}

export const NOTHING: Tally = {
  runs: 0,
  labels: 0,
  tried: 0,
  milliseconds: 0,
  families: {},
  ends: {},
  breaches: [],
  brokenIn: {},
  transitions: {},
};

/** Two tallies of one variant together; of two breaches the shorter one stays. */
export function merged(a: Tally, b: Tally): Tally {
  return {
    runs: a.runs + b.runs,
    labels: a.labels + b.labels,
    tried: a.tried + b.tried,
    milliseconds: a.milliseconds + b.milliseconds,
    families: added(a.families, b.families),
    ends: added(a.ends, b.ends),
    brokenIn: added(a.brokenIn, b.brokenIn),
    breaches: shortest([...a.breaches, ...b.breaches]),
    transitions: Object.fromEntries(
      [...new Set([...Object.keys(a.transitions), ...Object.keys(b.transitions)])].map((kind) => [
        kind,
        {
          transitions: added(a.transitions[kind]?.transitions ?? {}, b.transitions[kind]?.transitions ?? {}),
          pairs: added(a.transitions[kind]?.pairs ?? {}, b.transitions[kind]?.pairs ?? {}),
        },
      ]),
    ),
  };
}

/** Fewest labels, then the earlier run, whatever the order in which threads came back. */
function shortest(breaches: readonly ShortestBreach[]): ShortestBreach[] {
  const sorted = [...breaches].sort((x, y) => x.step - y.step || x.run - y.run);
  return sorted.filter(({ id }, at) => sorted.findIndex((one) => one.id === id) === at);
}

type Counts = Readonly<Record<string, number>>;

function added(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a };
  for (const [key, n] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + n;
  return sum;
}

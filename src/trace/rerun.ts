/**
 * Runs of a world, replayed leniently: what the shrinker calls, and what a fuzzer or a reader of logs hands to it.
 */
import type { Watch } from '../compose/observation.ts';
import { type Label, labelText } from '../core/label.ts';
import { Judge, type JudgeOptions } from './judge.ts';
import { type Rerun, type ShrinkOptions, type Shrunk, shrink } from './shrink.ts';
import { simplerLabel, simplerRuns } from './simpler.ts';
import type { Change, StepWorld, Walk } from './world.ts';

/** Whether a step just taken is the failure that is looked for. */
export type Failing = (walk: Walk, label: Label, changes: readonly Change[]) => boolean;

export interface RerunOptions {
  /** Every label there is, in small scopes; nothing else is taken then. */
  readonly alphabet?: readonly Label[];
  /** Where there is no alphabet: other outcomes of a label's verb, with the same numbers. */
  readonly outcomes?: (label: Label) => readonly Label[];
}

/** Takes what is enabled, skips what is not, stops at the first failure. */
export function rerunOf(world: StepWorld, failing: Failing, options: RerunOptions = {}): Rerun {
  return follow(world, failing, options, () => undefined);
}

/**
 * The same, but instead of a label that is not enabled another outcome of the same verb is taken: a populate that ended short
 * ends full once there is room. Undefined where there is nothing to choose from.
 */
function mendedRerunOf(world: StepWorld, failing: Failing, options: RerunOptions = {}): Rerun | undefined {
  const byVerb = options.alphabet === undefined ? undefined : outcomesOf(options.alphabet);
  const others = byVerb === undefined ? options.outcomes : (label: Label) => byVerb.get(verbOf(label)) ?? [];
  if (others === undefined) return undefined;
  return follow(world, failing, options, (walk, label) =>
    others(label).find((one) => one !== label && walk.isEnabled(one)),
  );
}

function follow(
  world: StepWorld,
  failing: Failing,
  { alphabet }: RerunOptions,
  instead: (walk: Walk, label: Label) => Label | undefined,
): Rerun {
  const known = alphabet === undefined ? undefined : new Set(alphabet.map(labelText));
  return (labels) => {
    const walk = world.walk();
    const taken: Label[] = [];
    for (const wanted of labels) {
      if (known?.has(labelText(wanted)) === false) continue;
      const label = walk.isEnabled(wanted) ? wanted : instead(walk, wanted);
      const changes = label === undefined ? undefined : walk.take(label);
      if (label === undefined || changes === undefined) continue;
      taken.push(label);
      if (failing(walk, label, changes)) return taken;
    }
    return undefined;
  };
}

const verbOf = ({ type }: Label): string => type.split('.')[0] ?? '';

function outcomesOf(alphabet: readonly Label[]): ReadonlyMap<string, readonly Label[]> {
  const byVerb = new Map<string, Label[]>();
  for (const label of alphabet) byVerb.set(verbOf(label), [...(byVerb.get(verbOf(label)) ?? []), label]);
  return byVerb;
}

/** Failing means: breaks this property. */
export function breaks(watch: Watch, options: JudgeOptions = {}): Failing {
  const judge = new Judge(watch, options);
  return (walk, label, changes) => judge.ofStep(walk, label, changes) === 'broken';
}

/** The usual way: shrink a run of a world that breaks a property, with everything that makes labels simpler. */
export function shrinkRun(
  labels: readonly Label[],
  world: StepWorld,
  failing: Failing,
  options: RerunOptions & ShrinkOptions = {},
): Shrunk | undefined {
  const mended = mendedRerunOf(world, failing, options);
  return shrink(labels, rerunOf(world, failing, options), {
    ...(mended === undefined ? {} : { mended }),
    simpler: simplerLabel,
    renamed: simplerRuns,
    alternatives: (before) => enabledAfter(world, before, options.alphabet ?? distinct(labels)),
    ...options,
  });
}

function enabledAfter(world: StepWorld, before: readonly Label[], pool: readonly Label[]): readonly Label[] {
  const walk = world.walk();
  for (const label of before) walk.take(label);
  return pool.filter((label) => walk.isEnabled(label));
}

const POOL_MAX = 200;
const distinct = (labels: readonly Label[]): readonly Label[] =>
  [...new Map(labels.map((label) => [labelText(label), label])).values()].slice(0, POOL_MAX);

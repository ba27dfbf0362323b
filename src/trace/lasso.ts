/**
 * A lasso judged by definition, stepping the charts: whether it closes, is fair, and is as its property describes it.
 */
import { type Condition, type FairGroup, meets, type TemporalWatch } from '../compose/observation.ts';
import type { Label } from '../core/label.ts';
import { ledgerSum } from './judge.ts';
import type { StepWorld, Walk } from './world.ts';

type Clauses = readonly (readonly Condition[])[];

/** One demand of fairness, as labels. */
interface Group {
  readonly name: string;
  readonly strength: FairGroup['strength'];
  readonly labels: readonly Label[];
}

/** What is wrong with the lasso, in sentences; nothing where it breaks the property. Labels are taken already: none is refused. */
export function lassoFaults(
  world: StepWorld,
  alphabet: readonly Label[],
  watch: TemporalWatch,
  labels: readonly Label[],
  loopFrom: number,
): readonly string[] {
  const walk = world.walk();
  for (const label of labels.slice(0, loopFrom)) walk.take(label);
  const visited: Walk[] = [walk.copy()];
  const loop = labels.slice(loopFrom);
  for (const label of loop) {
    walk.take(label);
    visited.push(walk.copy());
  }
  const first = visited[0] as Walk;
  const { quiet } = watch.fairness;
  const never = [...quiet, ...(watch.without ?? []), ...(watch.premise?.never ?? [])];
  const forbidden = loop.filter(({ type }) => never.includes(type)).map(({ type }) => type);
  const lies = (at: Walk, clauses: Clauses) =>
    clauses.some((conditions) => conditions.every((one) => meets(ledgerSum(at, one.sum), one)));
  const { stays, visits, takes, premise } = watch;
  return [
    ...(first.key() === walk.key() ? [] : ['the last step does not come back to where the loop begins']),
    ...(forbidden.length === 0 ? [] : [`the loop takes ${[...new Set(forbidden)].join(', ')}`]),
    ...(premise === undefined ? [] : premiseFaults(labels.slice(0, loopFrom), premise)),
    ...groupsOf(alphabet, watch).flatMap((group) => groupFaults(group, loop, visited)),
    ...(stays === undefined || visited.every((at) => lies(at, stays))
      ? []
      : ['the loop leaves where it must stay']),
    ...(visits === undefined || visited.some((at) => lies(at, visits))
      ? []
      : ['nothing is wrong in the loop']),
    ...(takes === undefined || loop.some(({ type }) => takes.includes(type))
      ? []
      : ['the loop takes no step that counts']),
  ];
}

function premiseFaults(
  prefix: readonly Label[],
  { since, never }: NonNullable<TemporalWatch['premise']>,
): readonly string[] {
  const rest = prefix.slice(prefix.findLastIndex(({ type }) => since.includes(type)) + 1);
  const spoilt = rest.filter(({ type }) => never.includes(type)).map(({ type }) => type);
  return spoilt.length === 0 ? [] : [`the way to the loop takes ${[...new Set(spoilt)].join(', ')}`];
}

function groupsOf(alphabet: readonly Label[], { fairness }: TemporalWatch): readonly Group[] {
  return fairness.groups.flatMap(({ name, families, strength, each = false }): readonly Group[] => {
    const labels = alphabet.filter(({ type }) => families.includes(type));
    if (!each) return [{ name, strength, labels }];
    const indices = [...new Set(labels.map(indexOf))];
    return indices.map((index) => ({
      name: index === undefined ? name : `${name} ${index}`,
      strength,
      labels: labels.filter((label) => indexOf(label) === index),
    }));
  });
}

const indexOf = ({ block, section, first }: Label): number | undefined => block ?? section ?? first;

function groupFaults(
  { name, strength, labels }: Group,
  loop: readonly Label[],
  visited: readonly Walk[],
): readonly string[] {
  const families = new Set(labels.map(({ type }) => type));
  const own = (label: Label) =>
    families.has(label.type) && labels.some((one) => indexOf(one) === indexOf(label));
  if (loop.some(own)) return [];
  const offered = visited.map((at) => labels.some((label) => at.isEnabled(label)));
  const isUnfair = strength === 'weak' ? offered.every(Boolean) : offered.some(Boolean);
  return isUnfair ? [`not fair: ${name}`] : [];
}

/**
 * Fair lassos, found the slow way and judged by definition; shares nothing with src/search/fair but types.
 * A fair loop leaves some strong groups unoffered. Every choice of those is tried: states that offer one are struck out, what can
 * reach what is closed by squaring, and each class of states that reach each other is compared with the definition.
 */
import type { FairGroup, TemporalWatch } from '../../src/compose/observation.ts';
import type { Model } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';
import { NaiveProduct, type State } from './naive-product.ts';
import { clausesTest, type StateTest } from './naive-watches.ts';

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly label: Label;
}

export interface NaiveGraph {
  readonly product: NaiveProduct;
  readonly states: readonly State[];
  readonly edges: readonly Edge[];
}

export function naiveGraph(model: Model): NaiveGraph {
  const product = new NaiveProduct(model);
  const ids = new Map([[JSON.stringify(product.initial), 0]]);
  const states = [product.initial];
  const edges: Edge[] = [];
  for (let from = 0; from < states.length; from++)
    model.alphabet.forEach((label, l) => {
      const after = product.step(states[from] ?? [], l);
      if (after === undefined) return;
      const key = JSON.stringify(after);
      const to = ids.get(key) ?? states.push(after) - 1;
      ids.set(key, to);
      edges.push({ from, to, label });
    });
  return { product, states, edges };
}

/** One group as a set of labels; `each` makes one per block, section or run. */
export interface Group {
  readonly strength: FairGroup['strength'];
  readonly has: (label: Label) => boolean;
}

/** A label is always the same object of the alphabet, so it is asked once. */
function remembered(test: (label: Label) => boolean): (label: Label) => boolean {
  const known = new Map<Label, boolean>();
  return (label) => {
    const answer = known.get(label) ?? test(label);
    known.set(label, answer);
    return answer;
  };
}

export const groupsOf = (graph: NaiveGraph, watch: TemporalWatch): readonly Group[] =>
  rawGroups(graph, watch).map(({ strength, has }) => ({ strength, has: remembered(has) }));

function rawGroups({ product }: NaiveGraph, watch: TemporalWatch): readonly Group[] {
  return watch.fairness.groups.flatMap(({ families, strength, each }): Group[] => {
    const own = product.model.alphabet.filter(({ type }) => families.includes(type));
    if (own.length === 0) return [];
    const indexOf = ({ block, section, first }: Label) => block ?? section ?? first ?? 'none';
    if (each !== true) return [{ strength, has: ({ type }) => families.includes(type) }];
    return [...new Set(own.map(indexOf))].map((index) => ({
      strength,
      has: (label) => families.includes(label.type) && indexOf(label) === index,
    }));
  });
}

export function mayLoop(watch: TemporalWatch): (label: Label) => boolean {
  const out = [...watch.fairness.quiet, ...(watch.without ?? []), ...(watch.premise?.never ?? [])];
  return remembered(({ type }) => !out.includes(type));
}

/** Least number of labels to each state, by ways that the premise allows; undefined where there is none. */
function allowedWays({ states, edges }: NaiveGraph, watch: TemporalWatch): (number | undefined)[] {
  const { since, never } = watch.premise ?? { since: [], never: [] };
  // any[s], clean[s]: over and over until nothing gets shorter.
  const any: number[] = states.map(() => Number.POSITIVE_INFINITY);
  const clean: number[] = [...any];
  any[0] = 0;
  clean[0] = 0;
  for (let changed = true; changed; ) {
    changed = false;
    const shorten = (lengths: number[], at: number, to: number) => {
      if (to >= (lengths[at] ?? 0)) return;
      lengths[at] = to;
      changed = true;
    };
    for (const { from, to, label } of edges) {
      shorten(any, to, (any[from] ?? 0) + 1);
      if (since.includes(label.type)) shorten(clean, to, (any[from] ?? 0) + 1);
      if (!never.includes(label.type)) shorten(clean, to, (clean[from] ?? 0) + 1);
    }
  }
  return clean.map((length) => (Number.isFinite(length) ? length : undefined));
}

export interface NaiveLassos {
  /** Shortest prefix. */
  readonly length: number;
  /** States on fair loops. */
  readonly count: number;
}

export function naiveLassos(graph: NaiveGraph, watch: TemporalWatch): NaiveLassos | undefined {
  const { states, edges } = graph;
  const groups = groupsOf(graph, watch);
  const strong = groups.filter(({ strength }) => strength === 'strong');
  const weak = groups.filter(({ strength }) => strength === 'weak');
  const offers = (state: number, { has }: Group) =>
    edges.some(({ from, label }) => from === state && has(label));
  const test = (clauses: TemporalWatch['stays']): StateTest =>
    clauses === undefined ? () => true : clausesTest(graph.product, clauses);
  const [stays, visits] = [test(watch.stays), test(watch.visits)];
  const lengths = allowedWays(graph, watch);
  const may = mayLoop(watch);
  const onLoop = new Set<number>();
  for (let choice = 0; choice < 2 ** strong.length; choice++) {
    const unoffered = strong.filter((_, at) => Math.floor(choice / 2 ** at) % 2 === 1);
    const answered = strong.filter((group) => !unoffered.includes(group));
    const here = states.map(
      (state, at) =>
        lengths[at] !== undefined && stays(state) && !unoffered.some((group) => offers(at, group)),
    );
    const inner = edges.filter(({ from, to, label }) => here[from] && here[to] && may(label));
    const reach = closure(states.length, inner);
    states.forEach((_, at) => {
      if (!here[at] || onLoop.has(at)) return;
      const members = states.flatMap((_state, other) =>
        here[other] && reach[at]?.[other] && reach[other]?.[at] ? [other] : [],
      );
      const own = inner.filter(({ from, to }) => members.includes(from) && members.includes(to));
      const takes = ({ has }: Group) => own.some(({ label }) => has(label));
      const isFair =
        answered.every(takes) &&
        weak.every((group) => takes(group) || members.some((member) => !offers(member, group)));
      const asDescribed =
        members.some((member) => visits(states[member] ?? [])) &&
        (watch.takes === undefined || own.some(({ label }) => watch.takes?.includes(label.type)));
      if (isFair && asDescribed) for (const member of members) onLoop.add(member);
    });
  }
  if (onLoop.size === 0) return undefined;
  return { length: Math.min(...[...onLoop].map((at) => lengths[at] ?? 0)), count: onLoop.size };
}

/** reach[a][b]: b can be reached from a, in no step or more. */
function closure(states: number, edges: readonly Edge[]): boolean[][] {
  const reach = Array.from({ length: states }, (_, a) => Array.from({ length: states }, (__, b) => a === b));
  for (const { from, to } of edges) (reach[from] as boolean[])[to] = true;
  for (let k = 0; k < states; k++)
    for (let a = 0; a < states; a++)
      if (reach[a]?.[k])
        for (let b = 0; b < states; b++) if (reach[k]?.[b]) (reach[a] as boolean[])[b] = true;
  return reach;
}

/** What is wrong with a lasso as a counterexample, by definition; nothing if it is one. */
export function lassoFaults(
  graph: NaiveGraph,
  watch: TemporalWatch,
  prefix: readonly Label[],
  loop: readonly Label[],
): string[] {
  const { product } = graph;
  const { alphabet } = product.model;
  const faults: string[] = [];
  const step = (state: State, label: Label): State => {
    const id = alphabet.findIndex((own) => JSON.stringify(own) === JSON.stringify(label));
    const after = product.step(state, id);
    if (after === undefined) faults.push(`${label.type} cannot be taken`);
    return after ?? state;
  };
  const entry = prefix.reduce(step, product.initial);
  const visited = [entry];
  for (const label of loop) visited.push(step(visited.at(-1) ?? entry, label));
  if (JSON.stringify(visited.at(-1)) !== JSON.stringify(entry)) faults.push('the loop does not close');
  const { since, never } = watch.premise ?? { since: [], never: [] };
  const last = prefix.findLastIndex(({ type }) => since.includes(type));
  if (prefix.slice(last + 1).some(({ type }) => never.includes(type))) faults.push('against the premise');
  if (!loop.every(mayLoop(watch))) faults.push('the loop takes what it may not');
  const offers = (state: State, { has }: Group) =>
    alphabet.some((label, id) => has(label) && product.step(state, id) !== undefined);
  for (const group of groupsOf(graph, watch)) {
    if (loop.some(group.has)) continue;
    const offered = visited.map((state) => offers(state, group));
    if (group.strength === 'weak' ? offered.every(Boolean) : offered.some(Boolean)) faults.push('not fair');
  }
  const test = (clauses: NonNullable<TemporalWatch['stays']>) => clausesTest(product, clauses);
  if (watch.stays !== undefined && !visited.every(test(watch.stays)))
    faults.push('leaves where it must stay');
  if (watch.visits !== undefined && !visited.some(test(watch.visits)))
    faults.push('misses what it must visit');
  if (watch.takes !== undefined && !loop.some(({ type }) => watch.takes?.includes(type)))
    faults.push('takes nothing that it must take');
  return faults;
}

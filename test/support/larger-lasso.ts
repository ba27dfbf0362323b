/**
 * The answer of `naiveLassos` on graphs of some hundred thousand states, where squaring takes too long: what a pivot reaches and what
 * reaches it is its component, and what is left is asked again (Xie and Beerel). Compared with the slow one on tiny products.
 */
import type { TemporalWatch } from '../../src/compose/observation.ts';
import {
  type Edge,
  type Group,
  groupsOf,
  mayLoop,
  type NaiveGraph,
  type NaiveLassos,
} from './naive-lasso.ts';
import { clausesTest, type StateTest } from './naive-watches.ts';

export function largerLassos(graph: NaiveGraph, watch: TemporalWatch): NaiveLassos | undefined {
  const { product, states, edges } = graph;
  const groups = groupsOf(graph, watch);
  const test = (clauses: TemporalWatch['stays']): StateTest =>
    clauses === undefined ? () => true : clausesTest(product, clauses);
  const [stays, visits] = [test(watch.stays), test(watch.visits)];
  const ways = shortestWays(graph, watch);
  const may = mayLoop(watch);
  const parts = new Parts(
    states.length,
    edges.filter(({ label }) => may(label)),
  );
  const isOffered = offers(graph, groups);
  const onLoop: number[] = [];
  const judge = (component: readonly number[]): void => {
    const own = parts.inside(component);
    const taken = groups.map(({ has }) => own.some(({ label }) => has(label)));
    const starved = groups.flatMap(({ strength }, g) => {
      if (taken[g]) return [];
      const isOpen = (at: number) => isOffered(at, g);
      return (strength === 'weak' ? component.every(isOpen) : component.some(isOpen)) ? [g] : [];
    });
    if (starved.some((g) => groups[g]?.strength === 'weak')) return;
    if (starved.length > 0) {
      parts.add(component.filter((at) => !starved.some((g) => isOffered(at, g))));
      return;
    }
    if (!component.some((at) => visits(states[at] ?? []))) return;
    if (watch.takes !== undefined && !own.some(({ label }) => watch.takes?.includes(label.type))) return;
    for (const at of component) onLoop.push(at);
  };
  parts.add(states.flatMap((state, at) => (ways[at] !== FAR && stays(state) ? [at] : [])));
  parts.takeApart(judge);
  if (onLoop.length === 0) return undefined;
  const length = onLoop.reduce((least, at) => Math.min(least, ways[at] ?? least), FAR);
  return { length, count: onLoop.length };
}

const FAR = 2 ** 31 - 1;

/**
 * Least number of labels to each state by ways that the premise allows, layer by layer, over states of which is known whether the
 * way so far is one.
 */
function shortestWays({ states, edges }: NaiveGraph, watch: TemporalWatch): Int32Array {
  const { since, never } = watch.premise ?? { since: [], never: [] };
  const out = sortedBy('from', states.length, edges);
  const [any, clean] = [new Int32Array(states.length).fill(FAR), new Int32Array(states.length).fill(FAR)];
  let layer: (readonly [state: number, isClean: boolean])[] = [
    [0, false],
    [0, true],
  ];
  for (let length = 0; layer.length > 0; length++) {
    const fresh = layer.filter(([at, isClean]) => {
      const known = isClean ? clean : any;
      if (known[at] !== FAR) return false;
      known[at] = length;
      return true;
    });
    layer = [];
    for (const [at, isClean] of fresh)
      for (const { to, label } of out.of(at)) {
        if (!isClean) layer.push([to, false]);
        if (isClean ? !never.includes(label.type) : since.includes(label.type)) layer.push([to, true]);
      }
  }
  return clean;
}

/** Whether a state offers a label of a group, looping or not. */
function offers({ states, edges }: NaiveGraph, groups: readonly Group[]) {
  const open = groups.map(() => new Uint8Array(states.length));
  for (const { from, label } of edges)
    groups.forEach(({ has }, g) => {
      if (has(label)) (open[g] as Uint8Array)[from] = 1;
    });
  return (at: number, group: number): boolean => open[group]?.[at] === 1;
}

/** Edges in a row, those of one state beside each other. */
function sortedBy(end: 'from' | 'to', states: number, edges: readonly Edge[]) {
  const starts = new Int32Array(states + 1);
  for (const edge of edges) starts[edge[end] + 1] = (starts[edge[end] + 1] as number) + 1;
  for (let at = 0; at < states; at++) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const free = starts.slice();
  const row: Edge[] = new Array(edges.length);
  for (const edge of edges) {
    const at = free[edge[end]] as number;
    free[edge[end]] = at + 1;
    row[at] = edge;
  }
  return { of: (state: number): readonly Edge[] => row.slice(starts[state], starts[state + 1]) };
}

/** A graph in parts that no loop leaves; each state is in one of them or in none. */
class Parts {
  private readonly partOf: Int32Array;
  private readonly out: ReturnType<typeof sortedBy>;
  private readonly into: ReturnType<typeof sortedBy>;
  private readonly waiting: (readonly number[])[] = [];
  private made = 0;

  constructor(states: number, edges: readonly Edge[]) {
    this.partOf = new Int32Array(states);
    this.out = sortedBy('from', states, edges);
    this.into = sortedBy('to', states, edges);
  }

  add(members: readonly number[]): void {
    if (members.length > 0) this.waiting.push(members);
  }

  /** Edges between members. */
  inside(members: readonly number[]): readonly Edge[] {
    const part = this.mark(members);
    return members.flatMap((at) => this.out.of(at).filter(({ to }) => this.partOf[to] === part));
  }

  takeApart(judge: (component: readonly number[]) => void): void {
    for (let members = this.waiting.pop(); members !== undefined; members = this.waiting.pop()) {
      const rest = this.stripped(members, judge);
      const [pivot] = rest;
      if (pivot === undefined) continue;
      const part = this.mark(rest);
      const ahead = this.spread(pivot, part, (at) => this.out.of(at).map(({ to }) => to));
      const behind = this.spread(pivot, part, (at) => this.into.of(at).map(({ from }) => from));
      this.add(rest.filter((at) => ahead.has(at) && !behind.has(at)));
      this.add(rest.filter((at) => behind.has(at) && !ahead.has(at)));
      this.add(rest.filter((at) => !ahead.has(at) && !behind.has(at)));
      judge(rest.filter((at) => ahead.has(at) && behind.has(at)));
    }
  }

  private mark(members: readonly number[]): number {
    this.made++;
    for (const at of members) this.partOf[at] = this.made;
    return this.made;
  }

  private spread(pivot: number, part: number, next: (at: number) => readonly number[]): ReadonlySet<number> {
    const seen = new Set([pivot]);
    for (const at of seen) for (const to of next(at)) if (this.partOf[to] === part) seen.add(to);
    return seen;
  }

  /** States on no loop at all are components of their own; what remains has a way in and a way out. */
  private stripped(members: readonly number[], alone: (component: readonly number[]) => void): number[] {
    const part = this.mark(members);
    const isHere = (at: number): boolean => this.partOf[at] === part;
    const apart: number[] = [];
    const queue = [...members];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (!isHere(at)) continue;
      const next = this.out.of(at).filter(({ to }) => isHere(to));
      const before = this.into.of(at).filter(({ from }) => isHere(from));
      if (next.length > 0 && before.length > 0) continue;
      this.partOf[at] = 0;
      apart.push(at);
      for (const { to } of next) queue.push(to);
      for (const { from } of before) queue.push(from);
    }
    const rest = members.filter(isHere);
    for (const at of apart) alone([at]);
    return rest;
  }
}

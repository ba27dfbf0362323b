/** The minimum number of tours, against brute force on small random graphs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greedyTours } from '../../src/coverage/greedy.ts';
import { coverByPaths, type Graph } from '../../src/coverage/path-cover.ts';
import { prop } from '../support/prop.ts';

interface Drawn {
  readonly nodes: number;
  readonly arcs: readonly (readonly [number, number])[];
  readonly needs: readonly boolean[];
}

const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 1, max: 6 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    arcs: fc.array(fc.tuple(fc.nat({ max: nodes - 1 }), fc.nat({ max: nodes - 1 })), { maxLength: 8 }),
    needs: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  }),
);

/** Only what the start reaches, with nodes in their drawn numbers; unreached nodes stand alone. */
function reachable({ nodes, arcs }: Drawn): Graph {
  const met = new Set([0]);
  for (const node of met) for (const [from, to] of arcs) if (from === node) met.add(to);
  const kept = arcs.filter(([from]) => met.has(from));
  return { nodes, start: 0, from: kept.map(([from]) => from), to: kept.map(([, to]) => to) };
}

/** Every (node, edges met) that one walk can get to, by plain closure. */
function walkSets({ from, to }: Graph): Set<number> {
  const seen = new Set(['0|0']);
  const sets = new Set([0]);
  const todo: [number, number][] = [[0, 0]];
  for (const [at, met] of todo)
    for (const [e, source] of from.entries()) {
      if (source !== at) continue;
      const next: [number, number] = [to[e] ?? 0, met | (1 << e)];
      if (seen.has(next.join('|'))) continue;
      seen.add(next.join('|'));
      sets.add(next[1]);
      todo.push(next);
    }
  return sets;
}

/** Fewest walks whose edges together hold all that is needed. */
function bruteForce(graph: Graph, needed: number): number {
  const sets = [...walkSets(graph)].map((set) => set & needed);
  let layer = new Set([0]);
  for (let walks = 0; ; walks++) {
    if (layer.has(needed)) return walks;
    layer = new Set([...layer].flatMap((met) => sets.map((set) => met | set)));
  }
}

const bits = (edges: readonly number[]): number => edges.reduce((sum, e) => sum | (1 << e), 0);

function check(graph: Graph, isNeeded: (e: number) => boolean): void {
  const needed = [...graph.from.keys()].filter(isNeeded);
  const { paths, witness } = coverByPaths(graph, isNeeded);
  for (const path of paths) {
    let at = 0;
    for (const e of path) {
      expect(graph.from[e]).toBe(at);
      at = graph.to[e] ?? -1;
    }
  }
  const met = bits(paths.flat());
  expect(needed.filter((e) => (met & (1 << e)) === 0)).toEqual([]);
  expect(paths.length).toBe(bruteForce(graph, bits(needed)));
  expect(witness.length).toBe(paths.length);
  // No walk takes two edges of the witness.
  const pairs = witness.flatMap((a) => witness.filter((b) => b > a).map((b) => bits([a, b])));
  for (const set of walkSets(graph)) for (const pair of pairs) expect(set & pair).not.toBe(pair);
}

describe('the fewest walks that take every edge', () => {
  prop('are as many as brute force says, and the bound is attained', { drawn }, ({ drawn: one }) => {
    check(reachable(one), () => true);
  });
  prop('also where some edges need not be taken', { drawn }, ({ drawn: one }) => {
    check(reachable(one), (e) => one.needs[e] === true);
  });
  it('a loop needs one walk, a fork two, a fork after a loop two', () => {
    const of = (...arcs: [number, number][]): Graph => ({
      nodes: 4,
      start: 0,
      from: arcs.map(([from]) => from),
      to: arcs.map(([, to]) => to),
    });
    expect(coverByPaths(of([0, 1], [1, 0])).paths).toHaveLength(1);
    expect(coverByPaths(of([0, 1], [0, 2])).paths).toHaveLength(2);
    expect(coverByPaths(of([0, 1], [1, 0], [1, 2], [0, 3])).paths).toHaveLength(2);
    expect(coverByPaths(of()).paths).toEqual([]);
  });
});

prop('greedy walks meet every colour that can be met, and are walks', { drawn }, ({ drawn: one }) => {
  const graph = reachable(one);
  const order = [...graph.from.keys()].sort((a, b) => (graph.from[a] ?? 0) - (graph.from[b] ?? 0));
  const starts = Int32Array.from(
    { length: graph.nodes + 1 },
    (_, n) => order.filter((e) => (graph.from[e] ?? 0) < n).length,
  );
  const tours = greedyTours({
    nodes: graph.nodes,
    starts,
    targets: Int32Array.from(order.map((e) => graph.to[e] ?? 0)),
    colourCount: 4,
    colours: (e, see) => see((order[e] ?? 0) % 4),
  });
  for (const tour of tours) {
    let at = 0;
    for (const e of tour) {
      expect(graph.from[order[e] ?? -1]).toBe(at);
      at = graph.to[order[e] ?? -1] ?? -1;
    }
  }
  const met = new Set(tours.flat().map((e) => (order[e] ?? 0) % 4));
  expect(met).toEqual(new Set([...graph.from.keys()].map((e) => e % 4)));
});

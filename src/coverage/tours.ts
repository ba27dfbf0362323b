/**
 * Tours: runs from the start that cover everything there is. Per chart the fewest that do; for the product as few as a greedy
 * search finds. Each is a list of labels that replays.
 */
import type { Label } from '../core/label.ts';
import { ownOf } from './exploration.ts';
import { type ColouredGraph, greedyTours } from './greedy.ts';
import { coverByPaths, type Graph } from './path-cover.ts';
import type { ProductGraph } from './product-graph.ts';
import { type Alone, aloneView, type Structure } from './universe.ts';
import { pathsOf, possible } from './windows.ts';

export interface Tours {
  /** What they cover: `local transitions`, `local pairs`, `transitions`, `pairs`. */
  readonly covers: string;
  /** Elements covered: all that the chart alone (or the product) can reach. */
  readonly elements: number;
  /** No fewer runs can do it. */
  readonly least: number;
  readonly tours: readonly (readonly Label[])[];
}

export interface ChartTours {
  readonly chart: string;
  /** Undefined where there are too many to plan for. */
  readonly tours: readonly Tours[];
  readonly skipped: readonly string[];
}

/** Beyond so many pairs of local transitions a plan takes minutes and nobody would run it. */
const LOCAL_PAIRS_MAX = 60_000;

/** Tours of one chart alone. Local ones are the fewest there can be; structural ones are compared with a lower bound. */
export function chartTours(structure: Structure): ChartTours {
  const view = aloneView(structure);
  const { kind, labels } = structure;
  const from = sourcesOf(view.starts, view.states);
  const to = Array.from(view.targets);
  const labelled = (paths: readonly (readonly number[])[]): Label[][] =>
    paths.map((path) => path.flatMap((e) => labels[view.own[e] as number] ?? []));
  const rows = coverByPaths({ nodes: view.states, start: 0, from, to });
  const tours: Tours[] = [
    {
      covers: 'local transitions',
      elements: to.length,
      least: rows.witness.length,
      tours: labelled(rows.paths),
    },
  ];
  const skipped: string[] = [];
  const line = lineGraph(from, to);
  if (line.from.length > LOCAL_PAIRS_MAX) skipped.push('local pairs', 'pairs');
  else {
    const pairs = coverByPaths(line, (e) => line.from[e] !== 0);
    tours.push({
      covers: 'local pairs',
      elements: line.from.length - entries(from),
      least: pairs.witness.length,
      // A walk of the line graph takes its nodes: every edge of it leads to one.
      tours: labelled(pairs.paths.map((path) => path.map((e) => (line.to[e] as number) - 1))),
    });
  }
  const single = greedyTours({
    nodes: view.states,
    starts: view.starts,
    targets: view.targets,
    colours: (e, see) => see(view.transitions[e] as number),
    colourCount: kind.transitions.length,
  });
  const used = [...new Set(view.transitions)];
  tours.push({
    covers: 'transitions',
    elements: used.length,
    least: structuralBound(structure, used),
    tours: labelled(single),
  });
  if (line.from.length <= LOCAL_PAIRS_MAX) tours.push(pairTours(structure, view, line, labelled));
  return { chart: structure.table.chart.id, tours, skipped };
}

function sourcesOf(starts: Int32Array, nodes: number): number[] {
  const from: number[] = [];
  for (let node = 0; node < nodes; node++)
    for (let e = starts[node] as number; e < (starts[node + 1] as number); e++) from.push(node);
  return from;
}

const entries = (from: readonly number[]): number => from.filter((node) => node === 0).length;

/** Nodes are edges (from 1), and 0 for the start; its edges are pairs, and the first steps. */
function lineGraph(from: readonly number[], to: readonly number[]): Graph {
  const leaving = new Map<number, number[]>();
  for (const [e, node] of from.entries()) leaving.set(node, [...(leaving.get(node) ?? []), e]);
  const line = { from: [] as number[], to: [] as number[] };
  const join = (node: number, next: number): void => {
    line.from.push(node);
    line.to.push(next + 1);
  };
  for (const e of leaving.get(0) ?? []) join(0, e);
  for (const [e, node] of to.entries()) for (const next of leaving.get(node) ?? []) join(e + 1, next);
  return { nodes: from.length + 1, start: 0, ...line };
}

/** Walks of the chart are walks of its control states, so no fewer runs than cover those will do. */
function structuralBound({ table, kind }: Structure, transitions: readonly number[]): number {
  const start = kind.state(table.local(0).value);
  const rename = (state: number): number => (state === start ? 0 : state === 0 ? start : state);
  return coverByPaths({
    nodes: kind.states.length,
    start: 0,
    from: transitions.map((id) => rename(kind.at(id).from)),
    to: transitions.map((id) => rename(kind.at(id).to)),
  }).witness.length;
}

function pairTours(
  structure: Structure,
  view: ReturnType<typeof aloneView>,
  line: Graph,
  labelled: (paths: readonly (readonly number[])[]) => Label[][],
): Tours {
  const { kind } = structure;
  const ids = new Map<string, number>();
  const pairs: (readonly number[])[] = [];
  for (const path of possible(view, pathsOf(2))?.paths ?? []) {
    ids.set(path.join(), pairs.length);
    pairs.push(path);
  }
  const starts = new Int32Array(line.nodes + 1);
  for (const node of line.from) starts[node + 1] = (starts[node + 1] as number) + 1;
  for (let n = 0; n < line.nodes; n++) starts[n + 1] = (starts[n + 1] as number) + (starts[n] as number);
  const colour = line.from.map((node, e) =>
    node === 0
      ? -1
      : (ids.get(`${view.transitions[node - 1]},${view.transitions[(line.to[e] as number) - 1]}`) ?? -1),
  );
  const graph: ColouredGraph = {
    nodes: line.nodes,
    starts,
    targets: Int32Array.from(line.to),
    colours: (e, see) => {
      if ((colour[e] as number) >= 0) see(colour[e] as number);
    },
    colourCount: pairs.length,
  };
  const greedy = greedyTours(graph);
  // A pair of the chart has many local ones; the greedy search chose one of each, and those in the fewest runs are no more runs.
  const chosen = new Set<number>();
  const isMet = new Set<number>();
  for (const e of greedy.flat())
    graph.colours(e, (pair) => {
      if (!isMet.has(pair)) chosen.add(e);
      isMet.add(pair);
    });
  const fewest = coverByPaths(line, (e) => chosen.has(e)).paths;
  const tours = fewest.map((path) => path.map((e) => (line.to[e] as number) - 1));
  const first = kind.state(structure.table.local(0).value);
  const opening = [...new Set(view.transitions)].filter((id) => kind.at(id).from === first);
  const bound = coverByPaths(
    {
      nodes: kind.transitions.length + 1,
      start: 0,
      from: [...opening.map(() => 0), ...pairs.map(([a]) => (a ?? 0) + 1)],
      to: [...opening.map((id) => id + 1), ...pairs.map(([, b]) => (b ?? 0) + 1)],
    },
    (e) => e >= opening.length,
  );
  return { covers: 'pairs', elements: pairs.length, least: bound.witness.length, tours: labelled(tours) };
}

/** Runs of the product that take every structural transition it reaches. */
export function productTours(graph: ProductGraph, alone: Alone): Tours {
  const { product } = graph;
  const offsets: number[] = [];
  const kinds = [...new Set(alone.structures.map(({ kind }) => kind))];
  let total = 0;
  for (const kind of kinds) {
    offsets.push(total);
    total += kind.transitions.length;
  }
  const columns = alone.structures.map((structure, chart) => ({
    column: graph.column(chart),
    own: ownOf(product, chart),
    width: structure.table.labels.length,
    transitions: structure.transitions,
    offset: offsets[kinds.indexOf(structure.kind)] ?? 0,
  }));
  const from = sourcesOf(graph.starts, graph.states);
  const met = new Set<number>();
  const tours = greedyTours({
    nodes: graph.states,
    starts: graph.starts,
    targets: graph.targets,
    colourCount: total,
    colours: (e, see) => {
      const label = graph.labels[e] as number;
      for (const { chart } of product.owners[label] ?? []) {
        const of = columns[chart];
        if (of === undefined) continue;
        const row = (of.column[from[e] as number] as number) * of.width + (of.own[label] as number);
        const colour = of.offset + (of.transitions[row] as number);
        met.add(colour);
        see(colour);
      }
    },
  });
  return {
    covers: 'transitions',
    elements: met.size,
    least: tours.length > 0 ? 1 : 0,
    tours: tours.map((path) => path.flatMap((e) => product.labels[graph.labels[e] as number] ?? [])),
  };
}

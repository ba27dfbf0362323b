/**
 * The fewest walks from a start that take every edge of a graph, edges taken again as often as one likes.
 * Inside a strongly connected part one walk can take everything, so only the edges between parts count: the minimum is the least
 * flow through the condensed graph with at least 1 on each of its edges. A set of edges of which no walk takes two (a cut of that
 * flow) has as many members, so the minimum is certain.
 */

/** Nodes 0 … nodes − 1, every one reachable from `start`; edges by number, several may join the same nodes. */
export interface Graph {
  readonly nodes: number;
  readonly start: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface PathCover {
  /** Edge numbers, each path from the start. */
  readonly paths: readonly (readonly number[])[];
  /** Edges no two of which lie on one walk; as many as there are paths (fewer only where there is one path, or none). */
  readonly witness: readonly number[];
}

/** `isNeeded`: edges that walks must take; all of them unless told. */
export function coverByPaths(graph: Graph, isNeeded: (edge: number) => boolean = () => true): PathCover {
  const needed = [...graph.from.keys()].filter(isNeeded);
  if (needed.length === 0) return { paths: [], witness: [] };
  const part = stronglyConnected(graph);
  const flow = leastFlow(condensed(graph, part, new Set(needed)));
  const between = flow.dag.edges.filter(({ edge }) => !flow.dag.isInner(edge));
  const amounts = new Map(between.map(({ edge }, at) => [edge, flow.amounts[at] ?? 0]));
  return { paths: walksOf(graph, part, amounts), witness: flow.cut };
}

/** Per node, the number of its part; Tarjan's algorithm without recursion. */
export function stronglyConnected({ nodes, from, to }: Graph): Int32Array {
  const out = outgoing(nodes, from);
  const part = new Int32Array(nodes).fill(-1);
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = new Int32Array(nodes);
  const stack: number[] = [];
  const onStack = new Uint8Array(nodes);
  let counter = 0;
  let parts = 0;
  for (let root = 0; root < nodes; root++) {
    if (index[root] !== -1) continue;
    const calls = [root];
    while (calls.length > 0) {
      const node = calls.at(-1) as number;
      if (index[node] === -1) {
        index[node] = counter;
        low[node] = counter++;
        stack.push(node);
        onStack[node] = 1;
      }
      const edges = out[node] ?? [];
      let called = false;
      while ((next[node] as number) < edges.length) {
        const target = to[edges[next[node] as number] as number] as number;
        if (index[target] === -1) {
          calls.push(target);
          called = true;
          break;
        }
        if (onStack[target] === 1) low[node] = Math.min(low[node] as number, low[target] as number);
        next[node] = (next[node] as number) + 1;
      }
      if (called) continue;
      calls.pop();
      if (low[node] === index[node]) {
        for (;;) {
          const member = stack.pop() as number;
          onStack[member] = 0;
          part[member] = parts;
          if (member === node) break;
        }
        parts++;
      }
    }
  }
  return part;
}

function outgoing(nodes: number, from: readonly number[]): number[][] {
  const out: number[][] = Array.from({ length: nodes }, () => []);
  for (const [edge, node] of from.entries()) out[node]?.push(edge);
  return out;
}

/** The condensed graph: every part has a way in (2p) and a way out (2p + 1), joined by an edge that stands for its inside. */
interface Dag {
  readonly nodes: number;
  readonly source: number;
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    /** 1 where some walk must come through. */
    readonly least: number;
    /** Of the graph; for the inside of a part, a needed edge in it, or −1. */
    readonly edge: number;
  }[];
  readonly isInner: (edge: number) => boolean;
}

function condensed({ from, to, start }: Graph, part: Int32Array, needed: ReadonlySet<number>): Dag {
  const partOf = (node: number | undefined): number => part[node ?? -1] as number;
  const isInner = (edge: number): boolean => edge < 0 || partOf(from[edge]) === partOf(to[edge]);
  const parts = Math.max(...part) + 1;
  const inside = new Map<number, number>();
  for (const edge of needed) if (isInner(edge)) inside.set(partOf(from[edge]), edge);
  const between = [...from.keys()].filter((edge) => !isInner(edge));
  return {
    nodes: 2 * parts,
    source: 2 * partOf(start),
    isInner,
    edges: [
      ...between.map((edge) => ({
        from: 2 * partOf(from[edge]) + 1,
        to: 2 * partOf(to[edge]),
        least: needed.has(edge) ? 1 : 0,
        edge,
      })),
      ...Array.from({ length: parts }, (_, p) => {
        const edge = inside.get(p) ?? -1;
        return { from: 2 * p, to: 2 * p + 1, least: edge < 0 ? 0 : 1, edge };
      }),
    ],
  };
}

/**
 * Least amounts on the edges, as walks from the source carry them: begin with one walk for each edge that needs one, then withdraw
 * walks as long as some way leads from an end back to the source (up an edge that carries more than it must, or down any edge).
 * When none is left, the edges into what could be withdrawn carry just what they must: the cut.
 */
function leastFlow(dag: Dag) {
  const { edges, nodes, source } = dag;
  const into: number[][] = Array.from({ length: nodes }, () => []);
  const out: number[][] = Array.from({ length: nodes }, () => []);
  for (const [at, { from, to }] of edges.entries()) {
    into[to]?.push(at);
    out[from]?.push(at);
  }
  const amounts = new Float64Array(edges.length);
  const ends = new Float64Array(nodes);
  const entry = new Int32Array(nodes).fill(-1);
  const queue = [source];
  for (const node of queue)
    for (const at of out[node] ?? []) {
      const target = edges[at]?.to ?? 0;
      if (target === source || entry[target] !== -1) continue;
      entry[target] = at;
      queue.push(target);
    }
  const bump = (list: Float64Array, at: number, by: number): void => {
    list[at] = (list[at] as number) + by;
  };
  for (const [at, { from, to, least }] of edges.entries()) {
    if (least === 0) continue;
    bump(amounts, at, 1);
    bump(ends, to, 1);
    for (let node = from; node !== source; node = edges[entry[node] as number]?.from ?? source)
      bump(amounts, entry[node] as number, 1);
  }
  for (;;) {
    const { reached, via } = withdrawable(dag, into, out, amounts, ends);
    if (reached[source] !== 1) {
      const cut = edges.filter(
        ({ from, to, least }) => least === 1 && reached[from] !== 1 && reached[to] === 1,
      );
      return { dag, amounts, cut: cut.map(({ edge }) => edge) };
    }
    let node = source;
    for (let step = via[node] as number; step !== END; step = via[node] as number) {
      const at = step >> 1;
      const isDown = (step & 1) === 1;
      bump(amounts, at, isDown ? 1 : -1);
      node = (isDown ? edges[at]?.from : edges[at]?.to) ?? source;
    }
    bump(ends, node, -1);
  }
}

const END = -1;

/** Nodes from which a walk can be withdrawn, and the step that led there: 2e back up edge e, 2e + 1 down it. */
function withdrawable(
  { edges, nodes }: Dag,
  into: readonly number[][],
  out: readonly number[][],
  amounts: Float64Array,
  ends: Float64Array,
) {
  const reached = new Uint8Array(nodes);
  const via = new Int32Array(nodes);
  const queue: number[] = [];
  const reach = (node: number | undefined, step: number): void => {
    if (node === undefined || reached[node] === 1) return;
    reached[node] = 1;
    via[node] = step;
    queue.push(node);
  };
  for (const [node, count] of ends.entries()) if (count > 0) reach(node, END);
  for (const node of queue) {
    for (const at of into[node] ?? [])
      if ((amounts[at] as number) > (edges[at]?.least ?? 0)) reach(edges[at]?.from, 2 * at);
    for (const at of out[node] ?? []) reach(edges[at]?.to, 2 * at + 1);
  }
  return { reached, via };
}

/** Splits the flow into walks; a walk takes every edge of a part on its first visit. */
function walksOf(graph: Graph, part: Int32Array, amounts: ReadonlyMap<number, number>): number[][] {
  const left = new Map(amounts);
  const inner = outgoing(graph.nodes, graph.from).map((edges) =>
    edges.filter((e) => part[graph.from[e] as number] === part[graph.to[e] as number]),
  );
  const leaving: number[][] = Array.from({ length: Math.max(...part) + 1 }, () => []);
  for (const e of amounts.keys()) leaving[part[graph.from[e] as number] as number]?.push(e);
  const untaken = new Map<number, Set<number>>();
  for (const edges of inner)
    for (const e of edges) {
      const of = part[graph.from[e] as number] as number;
      untaken.set(of, (untaken.get(of) ?? new Set()).add(e));
    }
  const walks: number[][] = [];
  for (;;) {
    const walk: number[] = [];
    let at = graph.start;
    for (;;) {
      const here = part[at] as number;
      const todo = untaken.get(here) ?? new Set<number>();
      while (todo.size > 0) {
        const path = nearest(graph, inner, at, (e) => todo.has(e));
        for (const e of path) todo.delete(e);
        walk.push(...path);
        at = graph.to[path.at(-1) ?? -1] ?? at;
      }
      const exit = leaving[here]?.find((e) => (left.get(e) ?? 0) > 0);
      if (exit === undefined) break;
      left.set(exit, (left.get(exit) ?? 0) - 1);
      walk.push(...nearest(graph, inner, at, undefined, graph.from[exit]), exit);
      at = graph.to[exit] ?? at;
    }
    if (walk.length === 0) return walks;
    walks.push(walk);
  }
}

/** A shortest way from a node, over the edges given, whose last edge is wanted, or to a node. */
function nearest(
  graph: Graph,
  edges: readonly (readonly number[])[],
  start: number,
  wanted: ((e: number) => boolean) | undefined,
  goal?: number,
): number[] {
  if (goal === start) return [];
  const via = new Map<number, number>();
  const queue = [start];
  const back = (last: number): number[] => {
    const path = [last];
    for (let at = graph.from[last] as number; at !== start; ) {
      const e = via.get(at) as number;
      path.push(e);
      at = graph.from[e] as number;
    }
    return path.reverse();
  };
  for (const at of queue)
    for (const e of edges[at] ?? []) {
      const target = graph.to[e] as number;
      if (wanted?.(e) === true || target === goal) return back(e);
      if (target === start || via.has(target)) continue;
      via.set(target, e);
      queue.push(target);
    }
  throw new Error('a strongly connected part is not connected');
}

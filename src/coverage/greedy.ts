/**
 * Walks from the start that meet every colour of the edges of a graph: from where a walk stands, the nearest edge with a colour
 * not met yet, first inside its strongly connected part (what is left behind may cost another walk). Not the fewest walks
 * there can be, but every colour that can be met is.
 */
import { stronglyConnected } from './path-cover.ts';

/** Edges of node n: `starts[n] … starts[n + 1]`; walks begin in node 0. */
export interface ColouredGraph {
  readonly nodes: number;
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Calls back with every colour of an edge. */
  readonly colours: (edge: number, see: (colour: number) => void) => void;
  readonly colourCount: number;
}

/** Per walk, its edges. Colours that no walk can meet are left out. */
export function greedyTours(graph: ColouredGraph): readonly (readonly number[])[] {
  const { starts, targets } = graph;
  const from: number[] = [];
  for (let node = 0; node < graph.nodes; node++)
    for (let e = starts[node] as number; e < (starts[node + 1] as number); e++) from.push(node);
  const part = stronglyConnected({ nodes: graph.nodes, start: 0, from, to: Array.from(targets) });
  const isMet = new Uint8Array(graph.colourCount);
  const meets = (e: number): boolean => {
    let fresh = false;
    graph.colours(e, (colour) => {
      if (isMet[colour] === 0) fresh = true;
    });
    return fresh;
  };
  const search = new Nearest(graph, part, meets);
  const tours: number[][] = [];
  for (;;) {
    const tour: number[] = [];
    let at = 0;
    for (;;) {
      const path = search.from(at, true) ?? search.from(at, false);
      if (path === undefined) break;
      for (const e of path)
        graph.colours(e, (colour) => {
          isMet[colour] = 1;
        });
      tour.push(...path);
      at = targets[path.at(-1) as number] as number;
    }
    if (tour.length === 0) return tours;
    tours.push(tour);
  }
}

class Nearest {
  private readonly graph: ColouredGraph;
  private readonly part: Int32Array;
  private readonly meets: (edge: number) => boolean;
  private readonly via: Int32Array;
  private readonly before: Int32Array;
  private readonly round: Int32Array;
  private readonly queue: Int32Array;
  private rounds = 0;

  constructor(graph: ColouredGraph, part: Int32Array, meets: (edge: number) => boolean) {
    this.graph = graph;
    this.part = part;
    this.meets = meets;
    this.via = new Int32Array(graph.nodes);
    this.before = new Int32Array(graph.nodes);
    this.round = new Int32Array(graph.nodes);
    this.queue = new Int32Array(graph.nodes);
  }

  /** The edges of a shortest way to one that meets something new. */
  from(start: number, inPart: boolean): number[] | undefined {
    const { starts, targets } = this.graph;
    const { round, queue, part } = this;
    const now = ++this.rounds;
    round[start] = now;
    queue[0] = start;
    let tail = 1;
    for (let head = 0; head < tail; head++) {
      const at = queue[head] as number;
      for (let e = starts[at] as number; e < (starts[at + 1] as number); e++) {
        const target = targets[e] as number;
        if (inPart && part[target] !== part[start]) continue;
        if (this.meets(e)) return [...this.back(start, at), e];
        if (round[target] === now) continue;
        round[target] = now;
        this.via[target] = e;
        this.before[target] = at;
        queue[tail++] = target;
      }
    }
    return undefined;
  }

  private back(start: number, end: number): number[] {
    const path: number[] = [];
    for (let at = end; at !== start; at = this.before[at] as number) path.push(this.via[at] as number);
    return path.reverse();
  }
}

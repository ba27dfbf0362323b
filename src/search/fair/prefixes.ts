/**
 * Shortest ways to every state that a premise allows: once the last opening label was taken, none that spoils it follows.
 * Without a premise that is every state, by its shortest way.
 */
import type { Graph } from './graph.ts';
import type { Question } from './question.ts';

export interface Prefixes {
  /** Labels on the shortest allowed way; -1 where there is none. */
  readonly length: Int32Array;
  /** The labels of that way; the first in alphabet order among the shortest. */
  readonly to: (state: number) => number[];
}

/** Two layers over one graph: `any` (all ways) and `clean` (ways that the premise allows). */
export function prefixes(graph: Graph, { opens, spoils }: Question): Prefixes {
  const { states, starts, targets, labels } = graph;
  const layers = 2 * states;
  const length = new Int32Array(layers).fill(-1);
  const parent = new Int32Array(layers).fill(-1);
  const via = new Int32Array(layers).fill(-1);
  const queue = new Int32Array(layers);
  let tail = 0;
  const reach = (node: number, from: number, label: number): void => {
    if (length[node] !== -1) return;
    length[node] = from < 0 ? 0 : (length[from] as number) + 1;
    parent[node] = from;
    via[node] = label;
    queue[tail++] = node;
  };
  // A node below `states` is clean; above, it is the same state by any way.
  reach(0, -1, -1);
  reach(states, -1, -1);
  for (let head = 0; head < tail; head++) {
    const node = queue[head] as number;
    const isClean = node < states;
    const state = isClean ? node : node - states;
    for (let e = starts[state] as number; e < (starts[state + 1] as number); e++) {
      const label = labels[e] as number;
      const target = targets[e] as number;
      if (opens[label] === 1 || (isClean && spoils[label] === 0)) reach(target, node, label);
      if (!isClean) reach(states + target, node, label);
    }
  }
  return {
    length: length.subarray(0, states),
    to: (state) => {
      const way: number[] = [];
      for (let node = state; (parent[node] as number) >= 0; node = parent[node] as number)
        way.push(via[node] as number);
      return way.reverse();
    },
  };
}

/**
 * Ways to the states of a graph, and which states a premise allows: once the last opening label was taken, none that spoils it
 * follows.
 */
import type { Exploration } from '../search.ts';
import type { Graph } from './graph.ts';
import type { Question } from './question.ts';

export interface Prefixes {
  readonly isAllowed: (state: number) => boolean;
  /** Of two allowed states: whether the first is fewer labels away. */
  readonly isShorter: (state: number, than: number) => boolean;
  /** The labels of a shortest allowed way; the first in alphabet order among the shortest. */
  readonly to: (state: number) => readonly number[];
}

/** Without a premise: what the search has found. Ids are in breadth-first order, so a smaller one is no farther. */
export const shortestWays = ({ path }: Exploration): Prefixes => ({
  isAllowed: () => true,
  isShorter: (state, than) => state < than,
  to: path,
});

/** Two layers over one graph: a node below `states` is a state by an allowed way; above, the same state by any way. */
export function waysWithin(graph: Graph, { opens, spoils }: Question): Prefixes {
  const { states, starts, targets, labels } = graph;
  const length = new Int32Array(2 * states).fill(-1);
  const parent = new Int32Array(2 * states).fill(-1);
  const via = new Int32Array(2 * states).fill(-1);
  const queue = new Int32Array(2 * states);
  let tail = 0;
  const reach = (node: number, from: number, label: number): void => {
    if (length[node] !== -1) return;
    length[node] = from < 0 ? 0 : (length[from] as number) + 1;
    parent[node] = from;
    via[node] = label;
    queue[tail++] = node;
  };
  reach(0, -1, -1);
  reach(states, -1, -1);
  for (let head = 0; head < tail; head++) {
    const node = queue[head] as number;
    const isAllowed = node < states;
    const state = isAllowed ? node : node - states;
    for (let e = starts[state] as number; e < (starts[state + 1] as number); e++) {
      const label = labels[e] as number;
      const target = targets[e] as number;
      if (opens[label] === 1 || (isAllowed && spoils[label] === 0)) reach(target, node, label);
      if (!isAllowed) reach(states + target, node, label);
    }
  }
  return {
    isAllowed: (state) => length[state] !== -1,
    isShorter: (state, than) => (length[state] as number) < (length[than] as number),
    to: (state) => {
      const way: number[] = [];
      for (let node = state; (parent[node] as number) >= 0; node = parent[node] as number)
        way.push(via[node] as number);
      return way.reverse();
    },
  };
}

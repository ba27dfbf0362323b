/**
 * Strongly connected components of a part of a graph (Tarjan), without recursion.
 */
import type { Graph } from './graph.ts';

/** What stays the same over all calls: arrays as large as the graph, made once. */
export class Components {
  private readonly graph: Graph;
  /** Per label: 1 where its transitions count. */
  private readonly usable: Uint8Array;
  private readonly order: Int32Array;
  private readonly low: Int32Array;
  private readonly onStack: Uint8Array;
  private readonly edge: Int32Array;

  constructor(graph: Graph, usable: Uint8Array) {
    this.graph = graph;
    this.usable = usable;
    this.order = new Int32Array(graph.states);
    this.low = new Int32Array(graph.states);
    this.onStack = new Uint8Array(graph.states);
    this.edge = new Int32Array(graph.states);
  }

  /** Components of the states listed, which are those with `region[s] === id`; a state on no loop is one of its own. */
  of(members: Int32Array, region: Int32Array, id: number, found: (component: Int32Array) => void): void {
    const { order, low, onStack, edge, usable } = this;
    const { starts, targets, labels } = this.graph;
    for (const state of members) order[state] = 0;
    const stack = new Int32Array(members.length);
    const path = new Int32Array(members.length);
    let top = 0;
    let next = 0;
    for (const root of members) {
      if (order[root] !== 0) continue;
      let depth = 0;
      const enter = (state: number): void => {
        order[state] = ++next;
        low[state] = next;
        onStack[state] = 1;
        stack[top++] = state;
        edge[state] = starts[state] as number;
        path[depth++] = state;
      };
      enter(root);
      while (depth > 0) {
        const state = path[depth - 1] as number;
        const at = edge[state] as number;
        if (at < (starts[state + 1] as number)) {
          edge[state] = at + 1;
          const target = targets[at] as number;
          if (usable[labels[at] as number] === 0 || region[target] !== id) continue;
          if (order[target] === 0) enter(target);
          else if (onStack[target] === 1) lower(low, state, order[target] as number);
          continue;
        }
        depth--;
        if (depth > 0) lower(low, path[depth - 1] as number, low[state] as number);
        if (low[state] !== order[state]) continue;
        const end = top;
        do onStack[stack[--top] as number] = 0;
        while (stack[top] !== state);
        found(stack.slice(top, end));
      }
    }
  }
}

function lower(low: Int32Array, state: number, to: number): void {
  if (to < (low[state] as number)) low[state] = to;
}

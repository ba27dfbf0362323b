/**
 * Strongly connected components of a part of a graph (Tarjan), without recursion.
 */
import type { Graph } from './graph.ts';

/** States of one component after the other, and where each ends. */
export interface Parts {
  readonly states: Int32Array;
  readonly ends: Int32Array;
}

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
  of(members: Int32Array, region: Int32Array, id: number): Parts {
    const { order, low, onStack, edge, usable } = this;
    const { starts, targets, labels } = this.graph;
    for (const state of members) order[state] = 0;
    const stack = new Int32Array(members.length);
    const path = new Int32Array(members.length);
    const states = new Int32Array(members.length);
    const ends = new Int32Array(members.length);
    let done = 0;
    let parts = 0;
    let top = 0;
    let next = 0;
    for (const root of members) {
      if (order[root] !== 0) continue;
      let depth = 0;
      let entered = root;
      for (;;) {
        if (entered >= 0) {
          order[entered] = ++next;
          low[entered] = next;
          onStack[entered] = 1;
          stack[top++] = entered;
          edge[entered] = starts[entered] as number;
          path[depth++] = entered;
        }
        const state = path[depth - 1] as number;
        const last = starts[state + 1] as number;
        let at = edge[state] as number;
        entered = -1;
        for (; at < last && entered < 0; at++) {
          const target = targets[at] as number;
          if (usable[labels[at] as number] === 0 || region[target] !== id) continue;
          if (order[target] === 0) entered = target;
          else if (onStack[target] === 1) lower(low, state, order[target] as number);
        }
        edge[state] = at;
        if (entered >= 0) continue;
        depth--;
        if (depth > 0) lower(low, path[depth - 1] as number, low[state] as number);
        if (low[state] === order[state]) {
          const end = top;
          do onStack[stack[--top] as number] = 0;
          while (stack[top] !== state);
          for (let n = top; n < end; n++) states[done++] = stack[n] as number;
          ends[parts++] = done;
        }
        if (depth === 0) break;
      }
    }
    return { states, ends: ends.subarray(0, parts) };
  }
}

function lower(low: Int32Array, state: number, to: number): void {
  if (to < (low[state] as number)) low[state] = to;
}

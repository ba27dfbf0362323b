/**
 * The transitions of a region, state by state: what `fair/` reads. States are numbered by outer state and inner index; one more
 * stands for all that is outside.
 */
import { type Bits, hasBit, indicesOf } from '../block/bits.ts';
import type { Graph } from '../fair/graph.ts';
import type { Flow, Region } from './regions.ts';

export interface GraphWithin {
  readonly graph: Graph;
  /** States of the region. */
  readonly states: number;
  readonly idOf: (outer: number, inner: number) => number;
  readonly placeOf: (state: number) => { readonly outer: number; readonly inner: number };
}

export function graphWithin(flow: Flow, region: Region): GraphWithin {
  const first = new Int32Array(flow.outers + 1);
  const outerOf: number[] = [];
  const innerOf: number[] = [];
  for (let outer = 0; outer < flow.outers; outer++) {
    first[outer] = outerOf.length;
    for (const inner of indicesOf(flow.block(region, outer))) {
      outerOf.push(outer);
      innerOf.push(inner);
    }
  }
  const outside = outerOf.length;
  const idOf = (outer: number, inner: number): number => {
    const block = flow.block(region, outer);
    return hasBit(block, inner) ? (first[outer] as number) + ranked(block, inner) : outside;
  };
  const starts = new Int32Array(outside + 2);
  const targets: number[] = [];
  const labels: number[] = [];
  for (let outer = 0; outer < flow.outers; outer++) {
    const block = flow.block(region, outer);
    const from: { readonly label: number; readonly to: number }[][] = indicesOf(block).map(() => []);
    flow.transitions(region, outer, (inner, label, to, toInner) => {
      from[ranked(block, inner)]?.push({ label, to: idOf(to, toInner) });
    });
    from.forEach((taken, n) => {
      starts[(first[outer] as number) + n] = targets.length;
      for (const { label, to } of taken.sort((a, b) => a.label - b.label)) {
        labels.push(label);
        targets.push(to);
      }
    });
  }
  starts.fill(targets.length, outside);
  return {
    graph: {
      states: outside + 1,
      starts,
      targets: Int32Array.from(targets),
      labels: Uint16Array.from(labels),
    },
    states: outside,
    idOf,
    placeOf: (state) => ({ outer: outerOf[state] as number, inner: innerOf[state] as number }),
  };
}

/** How many indices of the set are below this one. */
function ranked(bits: Bits, at: number): number {
  let count = 0;
  for (let n = 0; n <= at >>> 5; n++) {
    const below = n === at >>> 5 ? (1 << (at & 31)) - 1 : -1;
    for (let rest = (bits[n] as number) & below; rest !== 0; rest &= rest - 1) count++;
  }
  return count;
}

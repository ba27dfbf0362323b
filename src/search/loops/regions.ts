/**
 * Sets of states as a block for each outer state, and what leads from one to another. Nothing is kept per transition: a step of a
 * label is a mask and a shift (block/moves.ts), forwards as well as backwards.
 */
import { addBits, type Bits, noBits } from '../block/bits.ts';
import type { Blocks } from '../block/blocks.ts';
import { type Class, type Moves, merged } from '../block/moves.ts';
import { countBoth } from '../block/state-masks.ts';

/** The blocks of all outer states, one after the other. */
export type Region = Bits;

/** Of each move, the steps that some labels make. */
export type Steps = readonly (readonly Class[])[];

interface Edges {
  /** Edges of outer state s: from `starts[s]` to `starts[s + 1]`; the outer state at the other end, and the move. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly moves: Uint32Array;
}

export class Flow {
  readonly outers: number;
  /** Halves of a block. */
  readonly width: number;
  /** All that was reached; the blocks of the search are read once, here. */
  readonly reached: Region;
  private readonly moves: Moves;
  private readonly out: Edges;
  private readonly into: Edges;

  constructor(blocks: Blocks, moves: Moves) {
    this.outers = blocks.states;
    this.width = 2 * blocks.words;
    this.moves = moves;
    this.reached = this.nothing();
    for (let outer = 0; outer < this.outers; outer++)
      this.reached.set(blocks.visited(outer), outer * this.width);
    // Most outer states that guards allow are reached by no run.
    const isReached = Uint8Array.from({ length: this.outers }, (_, outer) =>
      this.block(this.reached, outer).some((half) => half !== 0) ? 1 : 0,
    );
    const visit = (see: (from: number, to: number, move: number) => void): void => {
      for (let outer = 0; outer < this.outers; outer++)
        if (isReached[outer] === 1)
          blocks.edges(outer, (to, move) => {
            if (isReached[to] === 1) see(outer, to, move);
          });
    };
    this.out = sorted(this.outers, visit);
    this.into = sorted(this.outers, (see) => visit((from, to, move) => see(to, from, move)));
  }

  nothing(): Region {
    return new Uint32Array(this.outers * this.width);
  }

  /** A view. */
  block(region: Region, outer: number): Bits {
    return region.subarray(outer * this.width, (outer + 1) * this.width) as Bits;
  }

  /** The steps of the labels that will do. */
  steps(does: (label: number) => boolean): Steps {
    return this.moves.all.map((_, move) =>
      merged(
        this.moves
          .partsOf(move)
          .flatMap(({ classes, labels }) => (labels.some(({ label }) => does(label)) ? classes : [])),
      ),
    );
  }

  /** States that are offered one of these labels, wherever it leads. */
  offered(does: (label: number) => boolean): Region {
    const sources = this.moves.all.map(({ labels }) => {
      const all = noBits(this.width / 2);
      for (const its of labels) if (does(its.label)) addBits(all, its.sources);
      return all;
    });
    const found = this.nothing();
    for (let outer = 0; outer < this.outers; outer++) {
      const at = outer * this.width;
      for (
        let edge = this.out.starts[outer] as number;
        edge < (this.out.starts[outer + 1] as number);
        edge++
      ) {
        const bits = sources[this.out.moves[edge] as number] as Bits;
        for (let n = 0; n < bits.length; n++) found[at + n] = (found[at + n] as number) | (bits[n] as number);
      }
    }
    return common(found, this.reached);
  }

  /** States of the region from which a step stays in it. */
  sources(region: Region, steps: Steps): Region {
    return common(this.spread(this.into, region, steps, addBack), region);
  }

  /** States of the region into which a step from within it leads. */
  targets(region: Region, steps: Steps): Region {
    return common(this.spread(this.out, region, steps, addOn), region);
  }

  /** States of the region from which steps within it lead to a seed; seeds outside it do not count. */
  backwards(seeds: Region, region: Region, steps: Steps): Region {
    return this.close(this.into, seeds, region, steps, addBack);
  }

  /** States of the region to which steps within it lead from a seed. */
  forwards(seeds: Region, region: Region, steps: Steps): Region {
    return this.close(this.out, seeds, region, steps, addOn);
  }

  /** Every transition out of the region's states of one outer state. */
  transitions(
    region: Region,
    outer: number,
    visit: (inner: number, label: number, to: number, toInner: number) => void,
  ): void {
    const block = this.block(region, outer);
    for (let edge = this.out.starts[outer] as number; edge < (this.out.starts[outer + 1] as number); edge++)
      for (const { labels, classes } of this.moves.partsOf(this.out.moves[edge] as number))
        for (const { label } of labels)
          for (const { shift, sources } of classes)
            for (let n = 0; n < block.length; n++)
              for (let rest = (block[n] as number) & (sources[n] as number); rest !== 0; rest &= rest - 1) {
                const inner = 32 * n + 31 - Math.clz32(rest & -rest);
                visit(inner, label, this.out.ends[edge] as number, inner + shift);
              }
  }

  /** One step from every state of the region. */
  private spread({ starts, ends, moves }: Edges, region: Region, steps: Steps, add: Add): Region {
    const found = this.nothing();
    for (let outer = 0; outer < this.outers; outer++) {
      if (!isAny(region, outer * this.width, this.width)) continue;
      for (let edge = starts[outer] as number; edge < (starts[outer + 1] as number); edge++)
        for (const step of steps[moves[edge] as number] as readonly Class[])
          add(found, (ends[edge] as number) * this.width, region, outer * this.width, step);
    }
    return found;
  }

  /** Only what is new at an outer state goes on from there. */
  private close(
    { starts, ends, moves }: Edges,
    seeds: Region,
    region: Region,
    steps: Steps,
    add: Add,
  ): Region {
    const { width } = this;
    const found = common(seeds, region);
    const fresh = found.slice();
    const now = new Uint32Array(width);
    const step = new Uint32Array(width);
    const waits = new Uint8Array(this.outers);
    const queue: number[] = [];
    for (let outer = 0; outer < this.outers; outer++)
      if (isAny(fresh, outer * width, width)) {
        waits[outer] = 1;
        queue.push(outer);
      }
    for (let head = 0; head < queue.length; head++) {
      const outer = queue[head] as number;
      waits[outer] = 0;
      now.set(this.block(fresh, outer));
      fresh.fill(0, outer * width, (outer + 1) * width);
      for (let edge = starts[outer] as number; edge < (starts[outer + 1] as number); edge++) {
        const its = steps[moves[edge] as number] as readonly Class[];
        if (its.length === 0) continue;
        step.fill(0);
        for (const one of its) add(step, 0, now, 0, one);
        const other = ends[edge] as number;
        if (!take(step, region, found, fresh, other * width) || waits[other] === 1) continue;
        waits[other] = 1;
        queue.push(other);
      }
    }
    return found;
  }
}

/** Enters into `found` and `fresh` what is of the region and new; whether there was any. */
function take(step: Bits, region: Region, found: Region, fresh: Region, at: number): boolean {
  let any = 0;
  for (let n = 0; n < step.length; n++) {
    const known = found[at + n] as number;
    const more = (step[n] as number) & (region[at + n] as number) & ~known;
    if (more === 0) continue;
    any |= more;
    found[at + n] = known | more;
    fresh[at + n] = (fresh[at + n] as number) | more;
  }
  return any !== 0;
}

function isAny(region: Region, at: number, width: number): boolean {
  for (let n = at; n < at + width; n++) if (region[n] !== 0) return true;
  return false;
}

export const sizeOf = (region: Region): number => countBoth(region, region);

/** Loops, not `map`: regions are large. */
export function union(some: Region, other: Region): Region {
  const all = some.slice();
  for (let n = 0; n < all.length; n++) all[n] = (all[n] as number) | (other[n] as number);
  return all;
}
export function common(some: Region, other: Region): Region {
  const shared = some.slice();
  for (let n = 0; n < shared.length; n++) shared[n] = (shared[n] as number) & (other[n] as number);
  return shared;
}
export function apart(some: Region, other: Region): Region {
  const rest = some.slice();
  for (let n = 0; n < rest.length; n++) rest[n] = (rest[n] as number) & ~(other[n] as number);
  return rest;
}

/** Edges in the order of where `visit` says they belong. */
function sorted(
  states: number,
  visit: (see: (at: number, end: number, move: number) => void) => void,
): Edges {
  const starts = new Uint32Array(states + 1);
  visit((at) => {
    starts[at + 1] = (starts[at + 1] as number) + 1;
  });
  for (let n = 0; n < states; n++) starts[n + 1] = (starts[n + 1] as number) + (starts[n] as number);
  const fill = starts.slice();
  const ends = new Uint32Array(starts[states] as number);
  const moves = new Uint32Array(ends.length);
  visit((at, end, move) => {
    const place = fill[at] as number;
    fill[at] = place + 1;
    ends[place] = end;
    moves[place] = move;
  });
  return { starts, ends, moves };
}

/** Adds to the block at `to` what a step makes of the block at `at`. */
type Add = (into: Region, to: number, from: Region, at: number, step: Class) => void;

/** Where the step leads from these. */
function addOn(into: Region, to: number, from: Region, at: number, { shift, sources }: Class): void {
  const over = Math.floor(shift / 32);
  const rest = shift - 32 * over;
  const width = sources.length;
  for (let n = 0; n < width; n++) {
    const half = (from[at + n] as number) & (sources[n] as number);
    if (half === 0) continue;
    const m = n + over;
    if (m >= 0 && m < width) into[to + m] = (into[to + m] as number) | (half << rest);
    if (rest > 0 && m + 1 >= 0 && m + 1 < width)
      into[to + m + 1] = (into[to + m + 1] as number) | (half >>> (32 - rest));
  }
}

/** From where the step leads to these. */
function addBack(into: Region, to: number, from: Region, at: number, { shift, sources }: Class): void {
  const over = Math.floor(-shift / 32);
  const rest = -shift - 32 * over;
  const width = sources.length;
  for (let n = 0; n < width; n++) {
    const half = from[at + n] as number;
    if (half === 0) continue;
    const m = n + over;
    if (m >= 0 && m < width)
      into[to + m] = (into[to + m] as number) | ((half << rest) & (sources[m] as number));
    if (rest > 0 && m + 1 >= 0 && m + 1 < width)
      into[to + m + 1] = (into[to + m + 1] as number) | ((half >>> (32 - rest)) & (sources[m + 1] as number));
  }
}

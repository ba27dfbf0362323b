/**
 * Paths that a chart takes inside a larger graph (its own table, or a product in which other charts move in between).
 * A rule turns the chart's recent past, a *window*, into the next one; the windows that are possible in each state of the graph
 * are the least fixed point over its edges. So a pair is covered exactly if some run of the graph takes its second transition
 * with the first as the chart's last: exact, and no run is enumerated.
 */
import type { Kind } from './kinds.ts';

/** A graph as one chart sees it; runs begin in state 0. */
export interface ChartView {
  readonly states: number;
  /** `starts[s] … starts[s + 1]` delimits the edges of state s. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** The structural transition that the chart takes on an edge, −1 for none. */
  readonly transitions: Int32Array;
}

type Path = readonly number[];

/** The windows that follow a window and a transition; calls `found` with each path that the transition completes. */
export type Rule = (window: Path, transition: number, found: (path: Path) => void) => readonly Path[];

/** All paths of k transitions in a row. */
export const pathsOf =
  (k: number): Rule =>
  (window, transition, found) => {
    const path = [...window, transition];
    if (path.length === k) found(path);
    return [path.length === k ? path.slice(1) : path];
  };

/** Paths back to where they began that meet no state twice on the way. A window is such a path, not yet closed. */
export const roundTripsOf =
  (kind: Kind): Rule =>
  (window, transition, found) => {
    const { from, to } = kind.at(transition);
    const [first] = window;
    if (first === undefined) {
      if (from === to) found([transition]);
      return from === to ? [window] : [window, [transition]];
    }
    const path = [...window, transition];
    if (to === kind.at(first).from) {
      found(path);
      return [];
    }
    return window.some((one) => kind.at(one).to === to) ? [] : [path];
  };

export interface Possible {
  readonly paths: readonly Path[];
  /** Windows that occur: no subgraph of this view has more. */
  readonly windows: number;
}

export interface PossibleLimits {
  /** At most so many windows occur (from a graph that this one is part of): a faster set, nothing else. */
  readonly windows?: number;
  /** Gives up beyond so many (state, window) pairs. */
  readonly pairsMax?: number;
}

/** More pairs of state and window than this take too long for a command that a person waits for. */
const PAIRS_MAX = 40_000_000;

/** Every path that some run of the graph takes; undefined beyond the limit. */
export function possible(view: ChartView, rule: Rule, limits: PossibleLimits = {}): Possible | undefined {
  const windows = new Windows(rule);
  const seen = limits.windows === undefined ? new SparsePairs() : new DensePairs(view.states, limits.windows);
  const most = limits.pairsMax ?? PAIRS_MAX;
  const todo: number[] = [0, 0];
  seen.add(0, 0);
  for (let pairs = 0; todo.length > 0; pairs++) {
    if (pairs > most) return undefined;
    const window = todo.pop() as number;
    const state = todo.pop() as number;
    const end = view.starts[state + 1] as number;
    for (let e = view.starts[state] as number; e < end; e++) {
      const target = view.targets[e] as number;
      const transition = view.transitions[e] as number;
      if (transition < 0) {
        if (seen.add(target, window)) todo.push(target, window);
        continue;
      }
      const after = windows.after(window, transition);
      for (let n = 0; n < after.length; n++)
        if (seen.add(target, after[n] as number)) todo.push(target, after[n] as number);
    }
  }
  return { paths: windows.found, windows: windows.size };
}

/** Windows as numbers, 0 the empty one, and the rule as a table filled on demand. */
class Windows {
  readonly found: Path[] = [];
  private readonly rule: Rule;
  private readonly windows: Path[] = [[]];
  private readonly ids = new Map<string, number>([['', 0]]);
  private readonly next: (readonly number[])[][] = [[]];

  constructor(rule: Rule) {
    this.rule = rule;
  }

  get size(): number {
    return this.windows.length;
  }

  after(window: number, transition: number): readonly number[] {
    const row = this.next[window] as (readonly number[])[];
    const known = row[transition];
    if (known !== undefined) return known;
    const fresh = this.rule(this.windows[window] ?? [], transition, (path) => this.found.push(path)).map(
      (one) => this.intern(one),
    );
    row[transition] = fresh;
    return fresh;
  }

  private intern(window: Path): number {
    const key = window.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.windows.length;
    this.windows.push(window);
    this.next.push([]);
    this.ids.set(key, id);
    return id;
  }
}

interface Pairs {
  /** Whether it is new. */
  add(state: number, window: number): boolean;
}

class SparsePairs implements Pairs {
  private readonly rows: Set<number>[] = [];

  add(state: number, window: number): boolean {
    const row = this.rows[state];
    if (row === undefined) {
      this.rows[state] = new Set([window]);
      return true;
    }
    if (row.has(window)) return false;
    row.add(window);
    return true;
  }
}

class DensePairs implements Pairs {
  private readonly words: number;
  private readonly bits: Uint32Array;

  constructor(states: number, windows: number) {
    this.words = Math.ceil(windows / 32);
    this.bits = new Uint32Array(states * this.words);
  }

  add(state: number, window: number): boolean {
    const at = state * this.words + (window >>> 5);
    const bit = 1 << (window & 31);
    const word = this.bits[at] as number;
    if ((word & bit) !== 0) return false;
    this.bits[at] = word | bit;
    return true;
  }
}

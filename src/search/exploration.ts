/**
 * What a search is asked, and what it says.
 */
import type { Limit } from '../core/verdict.ts';
import type { Lasso } from './fair/judge-temporal.ts';
import type { Hash } from './plain/design.ts';

/** A search in between: all that another process needs to go on, and nothing that depends on where things stood in memory. */
export interface Snapshot {
  readonly facts: Facts;
  /** Bulk: states, parents, transitions per label, violations per watch, then goal bits. */
  readonly parts: readonly Uint8Array[];
}

/** Plain data, the same after a way through JSON. */
export interface Facts {
  readonly depth: number;
  readonly layerEnd: number;
  readonly next: number;
  readonly size: number;
  /** Width of each chart's field. */
  readonly bits: readonly number[];
  /** Per chart: how its local states were met (`LtsTable.origins`). */
  readonly origins: readonly (readonly number[])[];
  readonly refusals: readonly Refusal[];
}

export interface SearchOptions {
  /**
   * Plain by default; `block` falls back to the plain engine where blocks do not fit, and says so; `auto` begins with plain states
   * and takes blocks where there are many.
   */
  readonly engine?: 'plain' | 'block' | 'auto';
  /**
   * For blocks: the variables that are inner, as `kind.key`, or `kind` for the name of its state. What charts declare where not
   * given, or else measured.
   */
  readonly split?: readonly string[];
  readonly statesMax?: number;
  readonly depthMax?: number;
  /** Asked now and then; ends the search as bounded by what it returns. */
  readonly stop?: () => Limit | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Bytes that the states and their index may take; beyond, the search ends as bounded by memory. Temporal watches may take as much again. */
  readonly memory?: number;
  /** Threads that share the search, this one among them; nothing that is found depends on how many. */
  readonly threads?: number;
  /** Where snapshots go: when one is due, and when `stop` says `interrupted`. */
  readonly checkpoint?: { readonly isDue: () => boolean; readonly keep: (snapshot: Snapshot) => void };
  /** Goes on from here. Throws where the charts are not those of the snapshot. */
  readonly resume?: Snapshot;
  /** Of states that are the same but for the names of sections, one is kept, where nothing tells sections apart (for blocks: nor anything inner). */
  readonly symmetry?: boolean;
  /** What to call a watch that is the reason against it. */
  readonly nameOf?: (watch: number) => string;
  /** For tests: another hash must not change any count. */
  readonly hash?: Hash;
}

export interface Progress {
  readonly states: number;
  readonly expanded: number;
  /** Absent where they are counted only at the end. */
  readonly transitions?: number;
  readonly depth: number;
  readonly bytes: number;
  /** Of a search by blocks: outer states found (while there are no states, still being found), and those with new states in this layer. */
  readonly outers?: { readonly found: number; readonly active: number };
}

/** Where a watch was first violated: in a state, or by a label taken from it. */
export interface Violation {
  readonly state: number;
  readonly label: number | undefined;
  /** States (or, for a step, transitions) that violate it. */
  readonly count: number;
}

/** An observer that would not observe: the model breaks its own rules. */
export interface Refusal {
  readonly chart: number;
  readonly local: number;
  readonly label: number;
}

export interface Exploration {
  /** Which engine this was, if not the plain one by default: how the product was split, or why it was not. */
  readonly engine?: string;
  /** Stored ones; with symmetry, orbits and the transitions between them. */
  readonly states: number;
  readonly transitions: number;
  /** With symmetry: what the orbits that were expanded stand for, exact below 2^53. Violations are counted so too. */
  readonly whole?: { readonly states: number; readonly transitions: number };
  /** Least number of labels to the farthest state. */
  readonly depth: number;
  /** Nothing was left to expand. */
  readonly complete: boolean;
  readonly limit: Limit | undefined;
  /** Per watch. */
  readonly violations: readonly (Violation | undefined)[];
  /** Per label: how many transitions it made. */
  readonly fired: Float64Array;
  readonly refusals: readonly Refusal[];
  /** Per watch, where the engine has judged temporal ones itself: its lasso, if there is one. */
  readonly lassos?: readonly (Lasso | undefined)[];
  /** Labels on the shortest way to a state. */
  readonly path: (state: number) => number[];
  /** With symmetry: a run of stored states, each step in the names of its own state, told in the names of one run. */
  readonly concrete?: (run: readonly number[]) => number[];
  /** Local states of a state; in `into`, where it is given. */
  readonly locals: (state: number, into?: Int32Array) => Int32Array;
  /**
   * Walks the explored graph: calls back for each transition out of an expanded state, in alphabet order.
   * Successors are computed again, not stored. Throws a RangeError for a state that was never expanded.
   */
  readonly successors: (state: number, visit: (label: number, to: number) => void) => void;
}

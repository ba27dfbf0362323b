/**
 * What the live page is told of one state, as plain data (schema `ballast.live/1`).
 */
import type { PageChange, PageGeometry, PageStep } from '../../reports/page-data.ts';

export const LIVE_SCHEMA = 'ballast.live/1';

export interface LiveState {
  readonly schema: typeof LIVE_SCHEMA;
  readonly variant: string;
  readonly scope: string;
  /** Stands for the labels that the ids of a walk are of: with other labels it is another one. */
  readonly alphabet: string;
  /** Label ids of the alphabet, first to last. */
  readonly walk: readonly number[];
  readonly geometry: PageGeometry;
  readonly start: PageChange;
  readonly steps: readonly PageStep[];
  readonly enabled: readonly LiveLabel[];
  readonly refused: readonly LiveRefused[];
  /** Properties that are broken in this state or by the step that led to it. */
  readonly broken: readonly LiveBroken[];
  /** Properties that one state cannot answer: they ask whether something can be reached again. */
  readonly notJudged: readonly string[];
}

export interface LiveLabel {
  readonly id: number;
  readonly label: string;
  readonly actor: string;
  /** `section[0]: free → reserved`, for each chart that would move. */
  readonly moves: readonly string[];
  /** Properties that the step, or the state after it, would break and that are not broken yet. */
  readonly breaks: readonly string[];
}

export interface LiveRefused {
  readonly id: number;
  readonly label: string;
  readonly actor: string;
  readonly by: readonly LiveRefusal[];
}

export interface LiveRefusal {
  readonly chart: string;
  readonly role: string;
  readonly state: string;
  readonly show: string;
  /** `state`: this state does not know the family. `guard`: it does, and every guard says no. */
  readonly why: 'state' | 'guard';
  /** For `state`: states of the chart that know the family. */
  readonly takenIn: readonly string[];
  /** For `guard`: the integers it may have read. */
  readonly read: string;
  /** For `guard`: labels of the family that it would let through here. */
  readonly wouldTake: readonly string[];
}

export interface LiveBroken {
  readonly property: string;
  readonly title: string;
  readonly statement: string;
  readonly finding: string | undefined;
  /** The sums that do not come out. */
  readonly lines: readonly string[];
}

/** A counterexample that can be loaded into the live page. */
export interface LiveCase {
  readonly property: string;
  readonly title: string;
  readonly finding: string | undefined;
  readonly walk: readonly number[];
}

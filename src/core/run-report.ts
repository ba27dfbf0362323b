/**
 * Everything one run of `check` found, as plain data. Renderers turn it into text; JSON is this shape (schema `ballast.check/1`).
 */
import type { Label } from './label.ts';
import type { Limit, Verdict, VerdictKind } from './verdict.ts';

export const CHECK_SCHEMA = 'ballast.check/1';

/** One search: a variant of the protocol, for a guest form, in a scope. All its properties share it. */
export interface SearchReport {
  readonly variant: string;
  readonly form: string;
  /** Name of the scope and its bounds. */
  readonly scope: string;
  readonly bounds: Readonly<Record<string, unknown>>;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly limit: Limit | undefined;
  /** What the catalog says the counts are; absent without a row. */
  readonly expected:
    | { readonly states: number; readonly transitions: number; readonly depth: number }
    | undefined;
  /** Families of which no instance was ever taken, with the reason the catalog gives. */
  readonly neverTaken: readonly { readonly family: string; readonly why: string | undefined }[];
  /** Process time; not part of the result. */
  readonly seconds: number;
  /** How the search was done, where that was chosen; not part of the result. */
  readonly engine?: string;
  /** Stamped by `ballast confirm --from`: another checker on the same product. */
  readonly secondOpinion?: SecondOpinion;
}

/** What another checker counted, and of which properties it says the same as the search. */
export interface SecondOpinion {
  readonly checker: string;
  /** Counts, and every verdict it was asked for. */
  readonly agrees: boolean;
  readonly states: number;
  readonly transitions: number;
  readonly same: readonly string[];
  readonly differ: readonly string[];
  /** It cannot judge them, or they were bounded here. */
  readonly unasked: readonly string[];
}

/** One case: the answer for one property. */
export interface CaseReport {
  readonly variant: string;
  readonly form: string;
  readonly scope: string;
  readonly property: string;
  readonly title: string;
  readonly statement: string;
  readonly at: string;
  readonly verdict: Verdict;
  readonly expected: VerdictKind | undefined;
  /** What is assumed of whoever may go on or fail, in sentences; for temporal properties only. */
  readonly fairness?: readonly string[];
  /** Length of the shortest run (of a lasso: up to its loop) that the catalog expects. */
  readonly expectedLength: number | undefined;
  /** Name of the window or bug behind an expected violation. */
  readonly finding: string | undefined;
  readonly standing: Standing;
  /** The shortest run, replayed through XState; for violations only. */
  readonly trace: ShownTrace | undefined;
}

/** as expected · not as expected · inconclusive and not expected. */
export type Standing = 'expected' | 'unexpected' | 'inconclusive';

export interface ShownTrace {
  readonly labels: readonly Label[];
  readonly start: Readonly<Record<string, number>>;
  readonly steps: readonly ShownStep[];
  /** Steps before the loop of a lasso; the rest is taken again and again. */
  readonly loopFrom?: number;
  /** What does not balance in the end. */
  readonly broken: readonly string[];
}

export interface ShownStep {
  readonly label: string;
  readonly actor: string;
  readonly moved: readonly { readonly chart: string; readonly from: string; readonly to: string }[];
  /** The page ledger after the step. */
  readonly ledger: Readonly<Record<string, number>>;
}

export interface CheckReport {
  readonly schema: typeof CHECK_SCHEMA;
  readonly searches: readonly SearchReport[];
  readonly cases: readonly CaseReport[];
  /** The command that does it again. */
  readonly reproduce: string;
}

/**
 * What the catalog expects of one search. Plain data; the words are those of src/check.
 */
import type { VerdictKind } from '../src/core/verdict.ts';

/** Expected of one property. */
export interface ExpectedVerdict {
  readonly kind: VerdictKind;
  /** Labels in the shortest run; for a violation. */
  readonly length?: number;
  /** The window or bug behind a violation, an id of properties/findings.ts (for a mutant, its own). */
  readonly finding?: string;
}

export interface SearchExpectation {
  readonly states: number;
  readonly transitions: number;
  /** Labels on the shortest way to the farthest state. */
  readonly depth: number;
  /** By property id; a property without an entry is expected to hold. */
  readonly verdicts: Readonly<Record<string, ExpectedVerdict>>;
  /**
   * By id: what is expected of properties that are judged on request only (`onRequest` in all.ts); naming one here is the request.
   * Of a lasso `length` is the shortest way to its loop.
   */
  readonly onRequest?: Readonly<Record<string, ExpectedVerdict>>;
  /** Families of which no instance is ever taken, and why. Every such family has a reason, and no other family has one. */
  readonly neverTaken: Readonly<Record<string, string>>;
}

/**
 * Who counted besides the engine, by different code: `naive`, the explorer of the tests, straight over XState; `spin`, on the
 * exported product, where the naive one would take too long. Both are repeated by the deep tests. SPIN confirms states,
 * transitions and verdicts, but not depth, shortest lengths, D-1 and D-2.
 */
export type CountedBy = 'naive' | 'spin';

export const vacuous: ExpectedVerdict = { kind: 'vacuous' };
export const bounded: ExpectedVerdict = { kind: 'bounded' };
export const violated = (length: number, finding: string): ExpectedVerdict => ({
  kind: 'violated',
  length,
  finding,
});

/** What one finding breaks: lengths by property. */
export const found = (
  finding: string,
  lengths: Readonly<Record<string, number>>,
): Readonly<Record<string, ExpectedVerdict>> =>
  Object.fromEntries(
    Object.entries(lengths).map(([property, length]) => [property, violated(length, finding)]),
  );

/** The same expectation for several properties. */
export const each = (
  expected: ExpectedVerdict,
  ...properties: readonly string[]
): Readonly<Record<string, ExpectedVerdict>> =>
  Object.fromEntries(properties.map((property) => [property, expected]));

/** One reason for several families. */
export const because = (why: string, ...families: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(families.map((family) => [family, why]));

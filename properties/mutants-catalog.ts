/**
 * Every mutant, the smallest scope that kills it, and which properties do.
 * A property without an entry is expected to hold, as on the base.
 */
import type { CountedBy, ExpectedVerdict } from './expectation.ts';

export interface MutantRow {
  readonly mutant: string;
  /** Name of a scope of models/scopes.ts. */
  readonly scope: string;
  readonly counts: { readonly states: number; readonly transitions: number; readonly depth: number };
  readonly countedBy: CountedBy;
  /** Labels in the shortest run that breaks the property meant to catch it. */
  readonly length: number;
  /** Verdicts other than `holds`; what it inherits from its base keeps the base's finding. */
  readonly verdicts: Readonly<Record<string, ExpectedVerdict>>;
}

export const mutantsCatalog: readonly MutantRow[] = [];

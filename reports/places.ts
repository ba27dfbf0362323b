/**
 * Where in the models a case points, for tools that show source lines.
 */
import type { ReportedCase } from './run-report.ts';

export interface SourcePlace {
  /** Relative to the root of the project. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface CasePlaces {
  /** Where the chart that breaks the property takes the last label. */
  readonly last: SourcePlace | undefined;
  /** Per step: where who takes it writes its transition. */
  readonly steps: readonly (SourcePlace | undefined)[];
}

export type Locate = (found: ReportedCase) => CasePlaces;

/** A case without a run points at the file of its property. */
export const propertyPlace = (property: string): SourcePlace => ({
  file: `properties/invariants/${property.toLowerCase()}.ts`,
  line: 1,
});

/** Deviations are about the catalog. */
export const catalogPlace: SourcePlace = { file: 'properties/catalog.ts', line: 1 };

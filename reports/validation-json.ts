/** Validations as JSON, schema `ballast.validate/1`. Keys in a fixed order; no clock, so the same log gives the same bytes. */
import type { Problem } from '../src/core/result.ts';
import type { Validation } from '../src/validate/validate.ts';

const VALIDATE_SCHEMA = 'ballast.validate/1';

export interface ValidationJsonOptions {
  readonly knownAs: (guest: Validation, property: string) => string | undefined;
  readonly reproduce: string;
}

export function renderValidationJson(
  found: readonly Validation[],
  { knownAs, reproduce }: ValidationJsonOptions,
): string {
  const guests = found.map((one) => ({
    ...one,
    doubts: one.doubts.map(placed),
    warnings: one.warnings.map(placed),
    breaches: one.breaches.map((breach) => ({
      ...breach,
      finding: knownAs(one, breach.property) ?? null,
    })),
  }));
  return `${JSON.stringify({ schema: VALIDATE_SCHEMA, guests, reproduce }, null, 2)}\n`;
}

/** A problem may point with a whole record of the log; here it points with file and line. */
const placed = ({ where, ...problem }: Problem): Problem =>
  where === undefined ? problem : { ...problem, where: { file: where.file, line: where.line } };

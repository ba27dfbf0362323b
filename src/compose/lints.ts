/**
 * Lints over a model that no search would notice: a label that a chart forgets to own is simply not constrained by it.
 */
import { type Model, roleIn } from '../core/chart.ts';
import type { Problem } from '../core/result.ts';

/** Families that a chart declares and the alphabet has, but no label of which the chart owns. */
export function ownershipProblems({ charts, alphabet }: Model): Problem[] {
  const families = new Set(alphabet.map(({ type }) => type));
  return charts.flatMap((chart) =>
    Object.keys(chart.families)
      .filter((family) => families.has(family))
      .filter(
        (family) => !alphabet.some((label) => label.type === family && roleIn(chart, label) !== undefined),
      )
      .map((family) => ({ code: 'FAMILY_UNOWNED', message: `${chart.id} owns no ${family}` })),
  );
}

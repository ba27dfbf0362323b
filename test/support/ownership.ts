/** Lint: a family that stands in a chart's alphabet and in the model's, but no label of which the chart owns. */
import { type Model, roleIn } from '../../src/core/chart.ts';

export function ownsNothingOf({ charts, alphabet }: Model): string[] {
  return charts.flatMap((chart) =>
    Object.keys(chart.families)
      .filter((family) => alphabet.some(({ type }) => type === family))
      .filter(
        (family) => !alphabet.some((label) => label.type === family && roleIn(chart, label) !== undefined),
      )
      .map((family) => `${chart.id} owns no ${family}`),
  );
}

/**
 * Coverage for the report page: charts with who took which transition, and tables.
 */
import type { SourceOf } from '../src/coverage/lines.ts';
import type { CoverCase } from '../src/coverage/report.ts';
import type { SpecChart, SpecMove } from '../src/coverage/spec.ts';
import type { PageChart, PageCoverage, PageTransition } from './page-data.ts';

/** One entry a source of each case; the exploration's total is what the charts could do alone. */
export function pageCoverage(cases: readonly CoverCase[]): readonly PageCoverage[] {
  return cases.flatMap((found) =>
    found.sources.map(({ recording, rows }, at) => ({
      source: recording.source,
      variant: found.variant,
      measures: [
        ...rows.map(({ chart, measure, covered, reachable, alone }) => ({
          chart,
          measure: measure === 'kpaths' ? `${found.k}-paths` : measure,
          covered,
          total: at === 0 ? alone : reachable,
        })),
        ...(at === 0 ? productMeasures(found) : []),
      ],
    })),
  );
}

/** The product is its own universe: it is complete, or the search was bounded and nothing is said. */
function productMeasures({ product }: CoverCase): PageCoverage['measures'] {
  if (!product.complete) return [];
  return (['states', 'transitions', 'pairs'] as const).map((measure) => ({
    chart: 'product',
    measure,
    covered: product[measure],
    total: product[measure],
  }));
}

export function pageCharts(cases: readonly CoverCase[], sourceOf: SourceOf): readonly PageChart[] {
  return cases.flatMap((found) => found.charts.map((chart) => pageChart(found, chart, sourceOf)));
}

function pageChart(found: CoverCase, chart: SpecChart, sourceOf: SourceOf): PageChart {
  const { kind } = chart;
  const moves = new Map<string, SpecMove>();
  for (const move of chart.moves) {
    const key = `${move.from} ${move.family} ${move.to}`;
    if (!moves.has(key)) moves.set(key, move);
  }
  return {
    variant: found.variant,
    kind,
    actor: chart.actor,
    initial: chart.initial,
    states: chart.states.map((name) => ({
      name,
      source: sourceOf(kind, name, undefined, undefined, found.variant),
    })),
    transitions: [...moves.values()].map((move) => transitionOf(found, kind, move, sourceOf)),
  };
}

function transitionOf(
  { sources, never, scope, variant }: CoverCase,
  kind: string,
  { from, family, to, move }: SpecMove,
  sourceOf: SourceOf,
): PageTransition {
  const element = `${kind}: ${from} -${family}-> ${to}`;
  const takenBy = sources.flatMap(({ recording }) =>
    recording.by.transitions.has(element) ? [recording.source] : [],
  );
  const reason = never.find((one) => one.element === element)?.why.text ?? `not taken in ${scope}`;
  const several = move > 0 ? move : undefined;
  return {
    from,
    family,
    to,
    source: sourceOf(kind, from, family, several, variant),
    takenBy,
    why: takenBy.length > 0 ? undefined : reason,
  };
}

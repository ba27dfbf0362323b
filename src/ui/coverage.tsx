/**
 * Coverage: per chart and measure, how much of it each source covered.
 */
import { useState } from 'preact/hooks';
import type { PageCoverage, PageData } from '../../reports/page-data.ts';
import { Empty, grouped, Scroll, Title } from './parts.tsx';

export function Coverage({ data: { coverage } }: { readonly data: PageData }) {
  const variants = [...new Set(coverage.map(({ variant }) => variant))];
  const [chosen, choose] = useState(variants[0] ?? '');
  if (coverage.length === 0)
    return (
      <>
        <Title>Coverage</Title>
        <Empty what="No coverage was measured for this page. This measures it:" command="ballast cover" />
      </>
    );
  return (
    <>
      <Title>Coverage</Title>
      <p class="lead">
        The exploration took every step that the whole model can take in that scope. Its total is what the
        charts could do if each stood alone, so less than all is no gap: other charts refuse the rest. The
        totals of runs and logs are what the exploration reached, which they can have taken or not.
      </p>
      <label class="choose">
        Variant{' '}
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          {variants.map((variant) => (
            <option key={variant}>{variant}</option>
          ))}
        </select>
      </label>
      <Tables sources={coverage.filter(({ variant }) => variant === chosen)} />
    </>
  );
}

/** Rows that speak of no single chart. */
const isTotal = (chart: string): boolean => chart === 'all' || chart === 'product';

function Tables({ sources }: { readonly sources: readonly PageCoverage[] }) {
  return (
    <>
      <CoverageTable label="Coverage by source" sources={sources} has={isTotal} />
      <h2>By chart</h2>
      <CoverageTable
        label="Coverage by chart and source"
        sources={sources}
        has={(chart) => !isTotal(chart)}
      />
    </>
  );
}

interface CoverageTableProps {
  readonly label: string;
  readonly sources: readonly PageCoverage[];
  readonly has: (chart: string) => boolean;
}

/** One chart after the other, each with its measures. */
function CoverageTable({ label, sources, has }: CoverageTableProps) {
  const found = new Map<string, { chart: string; measure: string }>();
  for (const { measures } of sources)
    for (const { chart, measure } of measures)
      if (has(chart)) found.set(`${chart} ${measure}`, { chart, measure });
  const charts = [...new Set([...found.values()].map(({ chart }) => chart))];
  const rows = [...found].sort(([, a], [, b]) => charts.indexOf(a.chart) - charts.indexOf(b.chart));
  if (rows.length === 0) return null;
  return (
    <Scroll label={label}>
      <table class="coverage">
        <thead>
          <tr>
            <th scope="col">chart</th>
            <th scope="col">measure</th>
            {sources.map(({ source }) => (
              <th scope="col" key={source}>
                {source}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, { chart, measure }], at) => (
            <tr key={key} class={rows[at - 1]?.[1].chart === chart ? 'same' : ''}>
              <th scope="row">
                {rows[at - 1]?.[1].chart === chart ? <span class="hidden">{chart}</span> : nameOf(chart)}
              </th>
              <td>{measure}</td>
              {sources.map(({ source, measures }) => {
                const one = measures.find((of) => of.chart === chart && of.measure === measure);
                return (
                  <td key={source}>
                    {one === undefined ? (
                      <span class="faint">·</span>
                    ) : (
                      <Share covered={one.covered} total={one.total} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const nameOf = (chart: string): string =>
  chart === 'all' ? 'all charts' : chart === 'product' ? 'the product' : chart;

function Share({ covered, total }: { readonly covered: number; readonly total: number }) {
  if (total === 0) return <span class="faint">none there</span>;
  const share = covered / total;
  return (
    <span class={covered === total ? 'share all' : 'share'}>
      <span class="track" aria-hidden="true">
        <span class="fill" style={{ width: `${100 * share}%` }} />
      </span>
      <span class="number">
        {covered === total ? '✓ ' : ''}
        {grouped(covered)}/{grouped(total)}
      </span>
    </span>
  );
}

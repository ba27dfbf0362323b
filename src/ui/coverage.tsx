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
        An exploration is measured against all that a chart could do alone, the others against what the
        exploration reached.
      </p>
      <label class="choose">
        Variant{' '}
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          {variants.map((variant) => (
            <option key={variant}>{variant}</option>
          ))}
        </select>
      </label>
      <CoverageTable sources={coverage.filter(({ variant }) => variant === chosen)} />
    </>
  );
}

function CoverageTable({ sources }: { readonly sources: readonly PageCoverage[] }) {
  const rows = new Map<string, { chart: string; measure: string }>();
  for (const { measures } of sources)
    for (const { chart, measure } of measures) rows.set(`${chart} ${measure}`, { chart, measure });
  return (
    <Scroll label="Coverage by chart and source">
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
          {[...rows].map(([key, { chart, measure }]) => (
            <tr key={key}>
              <th scope="row">{chart}</th>
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

function Share({ covered, total }: { readonly covered: number; readonly total: number }) {
  const share = total === 0 ? 1 : covered / total;
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

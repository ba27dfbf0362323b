/**
 * The statecharts drawn: which transitions were taken, by whom, and why the others were not.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageChart, PageData, PageSource, PageTransition } from '../../reports/page-data.ts';
import {
  type Drawing,
  drawingOf,
  type Edge,
  type Extent,
  edgesOf,
  isOdd,
  LINE_HEIGHT,
  NODE_HEIGHT,
  type PlacedEdge,
  type PlacedNode,
  pathOf,
} from './chart-graph.ts';
import type { Route } from './link.ts';
import { Empty, Scroll, Title } from './parts.tsx';
import type { Go } from './route.ts';

interface ChartsProps {
  readonly data: PageData;
  readonly route: Extract<Route, { view: 'charts' }>;
  readonly go: Go;
}

export function Charts({ data: { charts }, route, go }: ChartsProps) {
  const variants = [...new Set(charts.map(({ variant }) => variant))];
  const variant = variants.find((one) => one === route.variant) ?? variants[0];
  const here = charts.filter((one) => one.variant === variant);
  const chart =
    here.find(({ kind }) => kind === route.kind) ?? here.find(({ kind }) => kind === 'section') ?? here[0];
  if (chart === undefined || variant === undefined)
    return (
      <>
        <Title>Charts</Title>
        <Empty what="No charts are part of this page. This draws them:" command="ballast report" />
      </>
    );
  const show = (to: string, kind: string): void => go({ view: 'charts', variant: to, kind });
  return (
    <>
      <Title>Charts</Title>
      <p class="lead">
        Every behaviour is written in a statechart. Solid: taken by something that this report covers. Dashed:
        written in the chart, but nothing here took it; point at it to see why.
      </p>
      <div class="choose">
        <label>
          Variant{' '}
          <select value={variant} onChange={(event) => show(event.currentTarget.value, chart.kind)}>
            {variants.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label>
          Chart{' '}
          <select value={chart.kind} onChange={(event) => show(variant, event.currentTarget.value)}>
            {here.map(({ kind, actor }) => (
              <option key={kind} value={kind}>
                {kind === actor ? kind : `${kind} (${actor})`}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ChartView chart={chart} key={`${variant} ${chart.kind}`} />
    </>
  );
}

function ChartView({ chart }: { readonly chart: PageChart }) {
  const [extent, setExtent] = useState<Extent>('possible');
  const [isFit, setFit] = useState(false);
  const [chosen, choose] = useState<string | undefined>(undefined);
  const drawing = useMemo(() => drawingOf(chart, extent), [chart, extent]);
  const edge = edgesOf(chart.transitions).find(({ key }) => key === chosen);
  const odd = chart.transitions.filter(({ to, takenBy }) => isOdd(to) && takenBy.length === 0).length;
  const sources = [...new Set(chart.transitions.flatMap(({ takenBy }) => takenBy))];
  const taken = chart.transitions.filter(({ takenBy }) => takenBy.length > 0).length;
  return (
    <>
      <p class="chart-sum">
        {chart.states.length} states, {chart.transitions.length} transitions by family, {taken} taken
        {sources.length === 0 ? '' : ` by ${sources.join(', ')}`}.
      </p>
      <div class="choose">
        <label>
          Show{' '}
          <select value={extent} onChange={(event) => setExtent(event.currentTarget.value as Extent)}>
            <option value="taken">what was taken</option>
            <option value="possible">also what never was</option>
            {odd === 0 ? null : <option value="all">also {odd} orders that are impossible</option>}
          </select>
        </label>
        <label>
          <input type="checkbox" checked={isFit} onChange={() => setFit(!isFit)} /> fit to the width
        </label>
      </div>
      <figure class="chart">
        <Scroll label={`Statechart ${chart.kind}`}>
          <Picture drawing={drawing} chart={chart} isFit={isFit} chosen={chosen} choose={choose} />
        </Scroll>
        <figcaption aria-live="polite">
          {edge === undefined ? (
            <p class="faint">Point at an edge, or reach it with Tab, to see who took it.</p>
          ) : (
            <>
              <p>
                <b>{edge.from === edge.to ? `stays in ${edge.from}` : `${edge.from} → ${edge.to}`}</b>
              </p>
              <TransitionTable transitions={edge.transitions} withStates={false} />
            </>
          )}
        </figcaption>
      </figure>
      <details>
        <summary>All transitions as a table</summary>
        <Scroll label={`Transitions of ${chart.kind}`}>
          <TransitionTable transitions={chart.transitions} withStates />
        </Scroll>
      </details>
    </>
  );
}

interface PictureProps {
  readonly drawing: Drawing;
  readonly chart: PageChart;
  readonly isFit: boolean;
  readonly chosen: string | undefined;
  readonly choose: (key: string | undefined) => void;
}

function Picture({ drawing, chart, isFit, chosen, choose }: PictureProps) {
  const { width, height, nodes, edges } = drawing;
  const svg = useRef<SVGSVGElement>(null);
  // A drawing wider than its frame begins where the chart does.
  useEffect(() => {
    const frame = svg.current?.parentElement;
    const initial = nodes.find(({ isInitial }) => isInitial);
    if (frame != null && initial !== undefined) frame.scrollLeft = initial.x - frame.clientWidth / 2;
  }, [nodes]);
  const size = isFit ? { width: '100%' } : { width: String(width), height: String(height) };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of focusable edges inside a drawing
    <svg
      class="graph"
      ref={svg}
      viewBox={`0 0 ${width} ${height}`}
      {...size}
      role="group"
      aria-label={`Chart ${chart.kind}`}
    >
      <defs>
        {['head', 'head-never'].map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 8 8"
            refX="7.5"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0,0 L8,4 L0,8 z" class={id} />
          </marker>
        ))}
      </defs>
      {edges.map((edge) => (
        <EdgeView key={edge.key} edge={edge} chosen={chosen} choose={choose} />
      ))}
      {nodes.map((node) => (
        <NodeView key={node.name} node={node} chosen={chosen} choose={choose} />
      ))}
    </svg>
  );
}

interface Choosing {
  readonly chosen: string | undefined;
  readonly choose: (key: string | undefined) => void;
}

function NodeView({ node, chosen, choose }: Choosing & { readonly node: PlacedNode }) {
  const { x, y, width, height, name, isInitial, isCovered, inside } = node;
  const left = x - width / 2;
  const top = y - height / 2;
  let line = top + NODE_HEIGHT + LINE_HEIGHT - 2;
  return (
    <g class={`node${isCovered ? '' : ' never'}${isOdd(name) ? ' odd' : ''}`}>
      {isInitial ? (
        <>
          <circle class="initial" cx={left - 7} cy={top - 7} r="4.5" />
          <path class="initial-way" d={`M${left - 5},${top - 5} l8,8`} />
        </>
      ) : null}
      <rect x={left} y={top} width={width} height={height} rx="8" />
      <text class="name" x={x} y={top + NODE_HEIGHT / 2 + 4.5} text-anchor="middle">
        {name}
      </text>
      {inside.length === 0 ? null : (
        <line class="rule" x1={left} x2={left + width} y1={top + NODE_HEIGHT} y2={top + NODE_HEIGHT} />
      )}
      {inside.map((edge) => {
        const from = line;
        line += edge.lines.length * LINE_HEIGHT;
        return (
          <EdgeGroup key={edge.key} edge={edge} chosen={chosen} choose={choose}>
            <rect
              class="reach"
              x={left + 3}
              y={from - LINE_HEIGHT + 3}
              width={width - 6}
              height={edge.lines.length * LINE_HEIGHT}
              rx="3"
            />
            <circle class="sign" cx={left + 14} cy={from - 4} r="3.5" />
            {edge.lines.map((text, at) => (
              <text key={text} x={left + 26} y={from + at * LINE_HEIGHT}>
                {text}{' '}
              </text>
            ))}
          </EdgeGroup>
        );
      })}
    </g>
  );
}

interface EdgeGroupProps extends Choosing {
  readonly edge: Edge;
  readonly children: ComponentChildren;
}

/** What can be pointed at and reached with Tab. */
function EdgeGroup({ edge, chosen, choose, children }: EdgeGroupProps) {
  const { key, from, to, isCovered, lines } = edge;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an edge of an SVG drawing cannot be a button element
    <g
      class={`edge${isCovered ? '' : ' never'}${key === chosen ? ' chosen' : ''}`}
      tabIndex={0}
      role="button"
      aria-pressed={key === chosen}
      aria-label={`${lines.join(' ')}: ${from === to ? `stays in ${from}` : `${from} to ${to}`}, ${isCovered ? 'taken' : 'never taken'}`}
      onFocus={() => choose(key)}
      onMouseEnter={() => choose(key)}
      onClick={() => choose(key)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') choose(key);
      }}
    >
      {children}
    </g>
  );
}

function EdgeView({ edge, chosen, choose }: Choosing & { readonly edge: PlacedEdge }) {
  const { isCovered, lines, label, points } = edge;
  const top = label.y - ((lines.length - 1) * LINE_HEIGHT) / 2 + 4;
  const path = pathOf(points);
  return (
    <EdgeGroup edge={edge} chosen={chosen} choose={choose}>
      <path class="reach" d={path} />
      <path class="way" d={path} marker-end={isCovered ? 'url(#head)' : 'url(#head-never)'} />
      {lines.map((line, at) => (
        <text key={line} x={label.x} y={top + at * LINE_HEIGHT} text-anchor="middle">
          {line}{' '}
        </text>
      ))}
    </EdgeGroup>
  );
}

const placeText = (source: PageSource | undefined): string =>
  source === undefined ? '' : `${source.file}:${source.line}`;

interface TransitionTableProps {
  readonly transitions: readonly PageTransition[];
  readonly withStates: boolean;
}

function TransitionTable({ transitions, withStates }: TransitionTableProps) {
  const hasSource = transitions.some(({ source }) => source !== undefined);
  return (
    <table class="transitions">
      <thead>
        <tr>
          {withStates ? <th scope="col">from → to</th> : null}
          <th scope="col">family</th>
          <th scope="col">taken by</th>
          {hasSource ? <th scope="col">written in</th> : null}
        </tr>
      </thead>
      <tbody>
        {transitions.map((one) => (
          <tr key={`${one.from} ${one.family} ${one.to}`} class={one.takenBy.length > 0 ? '' : 'never'}>
            {withStates ? (
              <td>
                {one.from} → {one.to}
              </td>
            ) : null}
            <th scope="row">
              <code>{one.family}</code>
            </th>
            <td>
              {one.takenBy.length > 0 ? one.takenBy.join(', ') : `never: ${one.why ?? 'nobody says why'}`}
            </td>
            {hasSource ? (
              <td>
                <code>{placeText(one.source)}</code>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

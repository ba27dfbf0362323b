/** Growth: user CPU over states, both logarithmic, a panel a family of cases, a line an engine. */
import type { CaseResult } from './measure.ts';

interface Point {
  readonly states: number;
  readonly seconds: number;
}

interface Line {
  readonly engine: string;
  readonly points: readonly Point[];
}

const WIDTH = 620;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 200;
const TOP = 44;
const BOTTOM = 52;
/** Least distance of two names beside their lines. */
const APART = 15;

/** Told apart by people who do not see all colours, and dark enough on white. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56489c', '#a3001b', '#555555'];

/** Drawn with dashes. */
const isForeign = (engine: string): boolean => /SPIN|XState|xstate/.test(engine);

const log = Math.log10;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function plot(results: readonly CaseResult[]): string {
  const families = [...new Set(results.map(({ family }) => family))];
  const engines = [...new Set(results.flatMap((one) => one.results.map(({ engine }) => engine)))];
  const colour = (engine: string) => {
    const group = engines.filter((other) => isForeign(other) === isForeign(engine));
    return COLOURS[group.indexOf(engine) % COLOURS.length] ?? '';
  };
  const panels = families.map((family, at) =>
    panel(
      family === 'reference' ? 'The reference model' : 'Our own products (v3, lifecycle)',
      linesOf(results.filter((one) => one.family === family)),
      colour,
      at * (WIDTH + 10),
    ),
  );
  const width = families.length * (WIDTH + 10);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<title>User CPU over reachable states, per engine</title>',
    `<rect width="${width}" height="${HEIGHT}" fill="#fff"/>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function linesOf(results: readonly CaseResult[]): Line[] {
  const engines = [...new Set(results.flatMap((one) => one.results.map(({ engine }) => engine)))];
  return engines.map((engine) => ({
    engine,
    points: results
      .flatMap((one) =>
        one.results
          .filter((result) => result.engine === engine)
          .map(({ seconds }) => ({ states: one.states, seconds: Math.max(seconds, 0.001) })),
      )
      .sort((a, b) => a.states - b.states),
  }));
}

function panel(
  title: string,
  lines: readonly Line[],
  colour: (engine: string) => string,
  x0: number,
): string {
  const points = lines.flatMap((line) => line.points);
  const bounds = (values: readonly number[]) =>
    [Math.floor(log(Math.min(...values))), Math.ceil(log(Math.max(...values)))] as const;
  const [x1, x2] = bounds(points.map(({ states }) => states));
  const [y1, y2] = bounds(points.map(({ seconds }) => seconds));
  const x = (states: number) => x0 + LEFT + ((log(states) - x1) / (x2 - x1)) * (WIDTH - LEFT - RIGHT);
  const y = (seconds: number) =>
    HEIGHT - BOTTOM - ((log(seconds) - y1) / (y2 - y1)) * (HEIGHT - TOP - BOTTOM);
  const decades = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const grid = [
    ...decades(x1, x2).flatMap((power) => [
      `<path d="M${x(10 ** power)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#ddd"/>`,
      `<text x="${x(10 ** power)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">10${raised(power)}</text>`,
    ]),
    ...decades(y1, y2).flatMap((power) => [
      `<path d="M${x(10 ** x1)} ${y(10 ** power)}H${x(10 ** x2)}" stroke="#ddd"/>`,
      `<text x="${x(10 ** x1) - 8}" y="${y(10 ** power) + 4}" text-anchor="end">${secondsText(power)}</text>`,
    ]),
  ];
  const ends = apart(lines.map(({ points: own }) => y(own.at(-1)?.seconds ?? 1)));
  const drawn = lines.flatMap(({ engine, points: own }, at) => {
    const way = own.map((point) => `${x(point.states).toFixed(1)} ${y(point.seconds).toFixed(1)}`);
    const last = own.at(-1);
    if (last === undefined) return [];
    const right = x(10 ** x2) + 12;
    return [
      `<path d="M${way.join('L')}" fill="none" stroke="${colour(engine)}" stroke-width="2"${isForeign(engine) ? ' stroke-dasharray="6 3"' : ''}/>`,
      ...own.map(
        (point) =>
          `<circle cx="${x(point.states).toFixed(1)}" cy="${y(point.seconds).toFixed(1)}" r="3" fill="${colour(engine)}"/>`,
      ),
      `<path d="M${x(last.states).toFixed(1)} ${y(last.seconds).toFixed(1)}L${right - 3} ${ends[at]}" stroke="${colour(engine)}" stroke-width="0.7" stroke-dasharray="2 2"/>`,
      `<text x="${right}" y="${(ends[at] ?? 0) + 4}" fill="${colour(engine)}">${escaped(engine)}</text>`,
    ];
  });
  return [
    `<text x="${x0 + LEFT}" y="24" font-size="15" font-weight="bold">${title}</text>`,
    ...grid,
    `<text x="${(x(10 ** x1) + x(10 ** x2)) / 2}" y="${HEIGHT - 12}" text-anchor="middle">reachable states</text>`,
    ...drawn,
  ].join('\n');
}

const raised = (power: number): string => `<tspan dy="-5" font-size="9">${power}</tspan>`;
const secondsText = (power: number): string => `${power < 0 ? (10 ** power).toFixed(-power) : 10 ** power} s`;

/** The same heights, moved so far that names do not cover one another. */
function apart(heights: readonly number[]): number[] {
  const order = heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const moved = [...heights];
  const most = HEIGHT - BOTTOM;
  order.reduce((above, at) => {
    moved[at] = Math.max(above + APART, heights[at] ?? 0);
    return moved[at] ?? 0;
  }, 0);
  [...order].reverse().reduce((below, at) => {
    moved[at] = Math.min(below - APART, moved[at] ?? 0);
    return moved[at] ?? 0;
  }, most + APART);
  return moved;
}

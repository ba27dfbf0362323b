/**
 * Coverage for a person: a table per case, what was never reached and why, what no log has shown, tours.
 */
import type { Elements, Measure } from '../src/coverage/recording.ts';
import type { CoverCase, CoverReport, CoverRow, CoverSource, UntilReport } from '../src/coverage/report.ts';
import type { Tours } from '../src/coverage/tours.ts';
import { counted, padEnd, padStart, type Style, thousands, widthOf, wrap } from './style.ts';

const GAP = '  ';
const BAR = 10;
const ALL = 'all';
/** A list longer than this helps nobody on a terminal; JSON has all of it. */
const SHOWN_MAX = 12;

export function renderCoverage(report: CoverReport, style: Style, width: number): string {
  return [
    ...report.cases.map((found) => caseText(found, style, width)),
    ...(report.until === undefined ? [] : [untilText(report.until, style, width)]),
  ].join('\n');
}

/** Elements begin with their chart's kind. */
const chartOf = (element: string): string => element.slice(0, element.indexOf(':'));

const titleOf = (measure: Measure, k: number): string =>
  measure === 'kpaths' ? `${k}-paths` : measure === 'roundtrips' ? 'round trips' : measure;

function caseText(found: CoverCase, style: Style, width: number): string {
  const { product, local } = found;
  const more = product.complete ? '' : '+';
  const [exploration, ...others] = found.sources;
  return [
    style.heading(`── ${found.variant}, scope ${found.scope} `.padEnd(Math.min(width, 100), '─')),
    ...wrap(
      `Product: ${thousands(product.states)}${more} states, ${thousands(product.transitions)}${more} transitions, ${thousands(product.pairs)}${more} pairs of transitions. Tables: ${thousands(local.reached.states)} of ${thousands(local.alone.states)} local states, ${thousands(local.reached.transitions)} of ${thousands(local.alone.transitions)} local transitions, ${thousands(local.reached.pairs)} local pairs reached.`,
      width,
    ).map(style.faint),
    ...(found.partly.length === 0
      ? []
      : wrap(`Alone these can do more than was followed: ${found.partly.join(', ')}.`, width).map(
          style.faint,
        )),
    '',
    ...(exploration === undefined
      ? []
      : table(
          'reached by the product, of what each chart could do alone',
          exploration.rows,
          (row) => [row.covered, row.alone, 0],
          found.k,
          style,
        )),
    ...sourcesText(others, found.k, style),
    ...neverText(found, style, width),
    ...unseenText(found, style, width),
    ...tourText(found, style, width),
    '',
  ].join('\n');
}

const ALL_LOGS = 'all logs';

/** A table a source; of several logs one line each, and a table of all of them. */
function sourcesText(sources: readonly CoverSource[], k: number, style: Style): string[] {
  const isUnited = sources.some(({ recording }) => recording.source === ALL_LOGS);
  const [each, shown] = [true, false].map((isLog) =>
    sources.filter(({ recording }) => (isUnited && recording.source.startsWith('log ')) === isLog),
  );
  const logs = (each ?? []).flatMap(({ recording, rows }) =>
    rows.flatMap((row) => (row.chart === ALL ? [{ ...row, chart: recording.source }] : [])),
  );
  const ofReached = (row: CoverRow): readonly [number, number, number] => [
    row.covered,
    row.reachable,
    row.beyond,
  ];
  return [
    ...(logs.length === 0
      ? []
      : ['', ...table(`logs, of what the product reaches${BEYOND}`, logs, ofReached, k, style)]),
    ...(shown ?? []).flatMap((source) => ['', ...sourceText(source, k, style)]),
  ];
}

const BEYOND = ' (+ what only they have)';

function sourceText({ recording, rows }: CoverSource, k: number, style: Style): string[] {
  const title = `${recording.source}, of what the product reaches${rows.some(({ beyond }) => beyond > 0) ? ' (+ what only it has)' : ''}`;
  return table(title, rows, (row) => [row.covered, row.reachable, row.beyond], k, style);
}

/** Charts down, measures across; a bar for transitions. */
function table(
  title: string,
  rows: readonly CoverRow[],
  cell: (row: CoverRow) => readonly [covered: number, total: number, beyond: number],
  k: number,
  style: Style,
): string[] {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const charts = [...new Set(rows.map(({ chart }) => chart))];
  const of = (chart: string, measure: Measure) =>
    rows.find((row) => row.chart === chart && row.measure === measure);
  const text = (row: CoverRow | undefined): string => {
    if (row === undefined) return '';
    const [covered, total, beyond] = cell(row);
    if (total === 0 && beyond === 0) return '·';
    return `${thousands(covered)}/${thousands(total)}${beyond === 0 ? '' : ` +${thousands(beyond)}`}`;
  };
  const widths = measures.map((measure) =>
    Math.max(widthOf(titleOf(measure, k)), ...charts.map((chart) => widthOf(text(of(chart, measure))))),
  );
  const first = Math.max(...charts.map(widthOf));
  const head = [
    ' '.repeat(first),
    ...measures.map((measure, at) => padStart(titleOf(measure, k), widths[at] ?? 0)),
  ];
  return [
    style.faint(title),
    style.heading(head.join(GAP)),
    ...charts.map((chart) => {
      const cells = measures.map((measure, at) => padStart(text(of(chart, measure)), widths[at] ?? 0));
      const row = of(chart, 'transitions');
      const [covered, total] = row === undefined ? [0, 0] : cell(row);
      const line = [padEnd(chart, first), ...cells].join(GAP);
      return chart === ALL ? style.heading(line) : `${line}${GAP}${bar(covered, total)}`;
    }),
  ];
}

function bar(covered: number, total: number): string {
  if (total === 0) return '';
  // Full only if everything is covered, empty only if nothing is.
  const exact = (BAR * covered) / total;
  const full = covered === total ? BAR : Math.min(BAR - 1, Math.max(covered > 0 ? 1 : 0, Math.round(exact)));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function neverText({ never }: CoverCase, style: Style, width: number): string[] {
  const reasons = new Map<string, string[]>();
  for (const { element, why } of never) reasons.set(why.text, [...(reasons.get(why.text) ?? []), element]);
  if (reasons.size === 0) return [];
  return [
    '',
    style.heading(`Never reached: ${sortsOf(never.map(({ element }) => element))}`),
    ...[...reasons].flatMap(([why, elements]) => [
      ...wrap(`${why}: ${elements.length}`, width),
      ...byChart(elements, width).map(style.faint),
    ]),
  ];
}

/** `2 states, 10 transitions, 3 guard outcomes`. */
function sortsOf(elements: readonly string[]): string {
  const guards = elements.filter((element) => element.includes(' ? ')).length;
  const transitions = elements.filter((element) => element.includes('-> ')).length;
  const states = elements.length - guards - transitions;
  return `${counted(states, 'state')}, ${counted(transitions, 'transition')}, ${counted(guards, 'guard outcome')}`;
}

/** `  section  free -online.done-> disordered · …` */
function byChart(elements: readonly string[], width: number): string[] {
  const charts = [...new Set(elements.map(chartOf))];
  return charts.flatMap((chart) => {
    const of = elements.filter((element) => chartOf(element) === chart);
    const shown = of.slice(0, SHOWN_MAX).map((element) => element.slice(chart.length + 2));
    const rest = of.length > SHOWN_MAX ? [`and ${of.length - SHOWN_MAX} more`] : [];
    return wrap(`${chart}: ${[...shown, ...rest].join(' · ')}`, Math.max(40, width - 4)).map((line, at) =>
      at === 0 ? `  ${line}` : `    ${line}`,
    );
  });
}

function unseenText({ unseen }: CoverCase, style: Style, width: number): string[] {
  if (unseen === undefined) return [];
  const { states, transitions, pairs } = unseen.by;
  const keys = (elements: Elements): string[] => [...elements.keys()];
  return [
    '',
    style.heading(
      `No log given shows: ${counted(states.size, 'state')}, ${counted(transitions.size, 'transition')}, ${counted(pairs.size, 'pair')} that the product reaches`,
    ),
    ...(states.size === 0 ? [] : ['states', ...byChart(keys(states), width).map(style.faint)]),
    ...(transitions.size === 0 ? [] : ['transitions', ...byChart(keys(transitions), width).map(style.faint)]),
  ];
}

const TOURS = ['local transitions', 'local pairs', 'transitions', 'pairs'];

function tourText({ tours }: CoverCase, style: Style, width: number): string[] {
  if (tours === undefined) return [];
  const charts = tours.charts.map(({ chart, tours: of }) => [
    chart,
    ...TOURS.map((covers) => tourCell(of.find((one) => one.covers === covers))),
  ]);
  const rows = [['', ...TOURS], ...charts];
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? '')))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  const { product } = tours;
  const longest = Math.max(0, ...product.tours.map(({ length }) => length));
  return [
    '',
    style.heading('Tours that cover everything: elements in runs (labels)'),
    ...wrap(
      'Local columns: the fewest runs there can be. Other columns and the product: greedy; no fewer runs than `least` can do, and where it is not printed the greedy number is that.',
      width,
    ).map(style.faint),
    ...lines.map((line, at) => (at === 0 ? style.heading(line) : line)),
    ...wrap(
      `product: all ${counted(product.elements, 'transition')} that it reaches in ${counted(product.tours.length, 'run')}${product.least < product.tours.length ? ' (greedy)' : ''} of ${counted(
        product.tours.reduce((sum, tour) => sum + tour.length, 0),
        'label',
      )}, the longest ${thousands(longest)}`,
      width,
    ),
  ];
}

/** `33 in 1 (59)`; `938 in 667, least 549 (5,184)` where the bound is not attained; `·` where there are too many to plan for. */
function tourCell(of: Tours | undefined): string {
  if (of === undefined) return '·';
  const labels = of.tours.reduce((sum, tour) => sum + tour.length, 0);
  const least = of.least === of.tours.length ? '' : `, least ${thousands(of.least)}`;
  return `${thousands(of.elements)} in ${thousands(of.tours.length)}${least} (${thousands(labels)})`;
}

function untilText(until: UntilReport, style: Style, width: number): string {
  const lines = until.cases.flatMap((one) => {
    const name = `${one.variant}/${one.scope}`;
    const said = one.met
      ? style.good(`${name}: met after ${counted(one.walks, 'walk')}, ${counted(one.labels, 'label')}`)
      : one.impossible
        ? style.bad(`${name}: cannot be met here: a goal lies outside what the product reaches`)
        : style.bad(`${name}: not met after ${counted(one.walks, 'walk')}, ${counted(one.labels, 'label')}`);
    const goals = one.goals
      .filter(({ met }) => !met || !one.met)
      .flatMap(({ goal, met, impossible, missing }) => [
        `  ${met ? '✓' : '✗'} ${goal}${impossible ? ' (impossible here)' : ''}${met || missing.length === 0 ? '' : `, missing ${missing.length}:`}`,
        ...(met ? [] : byChart(missing, width).map(style.faint)),
      ]);
    return [said, ...goals];
  });
  return [style.heading(`Until ${until.condition}`), ...lines, ''].join('\n');
}

/** Schema `ballast.cover/1`: counts and element lists, sorted; same input, same bytes. */
export function renderCoverageJson(report: CoverReport): string {
  const { schema, cases, until, reproduce } = report;
  const data = {
    schema,
    cases: cases.map((found) => ({
      variant: found.variant,
      scope: found.scope,
      bounds: found.bounds,
      k: found.k,
      product: found.product,
      local: found.local,
      notComputed: found.bounded,
      sources: found.sources.map(({ recording, rows }) => ({
        source: recording.source,
        rows,
        families: Object.fromEntries(sorted(recording.families)),
        elements: Object.fromEntries(
          Object.entries(recording.by).map(([measure, elements]) => [
            measure,
            sorted(elements).map(([element]) => element),
          ]),
        ),
      })),
      neverReached: found.never.map(({ element, why }) => ({ element, kind: why.kind, why: why.text })),
      ...(found.unseen === undefined
        ? {}
        : {
            inNoLog: {
              states: sorted(found.unseen.by.states).map(([element]) => element),
              transitions: sorted(found.unseen.by.transitions).map(([element]) => element),
              pairs: sorted(found.unseen.by.pairs).map(([element]) => element),
            },
          }),
      ...(found.tours === undefined ? {} : { tours: found.tours }),
    })),
    ...(until === undefined ? {} : { until }),
    reproduce,
  };
  return `${JSON.stringify(data, null, 1)}\n`;
}

const sorted = (elements: Elements): (readonly [string, number])[] =>
  [...elements].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/**
 * The report as JSON, schema `ballast.check/1`. Same input, same bytes: the time a search took, and how it was done, are left out.
 */
import type { ReportedCase, RunReport } from './run-report.ts';

const TRACE_SCHEMA = 'ballast.trace/1';

export function renderJson(report: RunReport): string {
  const { schema, searches, cases, deviations, reproduce } = report;
  const timeless = searches.map(({ seconds: _, engine: __, ...search }) => search);
  return `${JSON.stringify({ schema, searches: timeless, cases, deviations, reproduce }, null, 2)}\n`;
}

/** What a trace file says of its case. */
export type TracedCase = Pick<
  ReportedCase,
  'variant' | 'form' | 'scope' | 'property' | 'statement' | 'at' | 'finding' | 'trace' | 'reproduce'
>;

/** One run by itself, for `replay` and for people: each step on a line of its own. */
export function renderTraceJson(found: TracedCase, bounds: Readonly<Record<string, unknown>>): string {
  const { variant, form, scope, property, statement, at, finding, trace, reproduce } = found;
  const head = {
    schema: TRACE_SCHEMA,
    variant,
    form,
    scope,
    bounds,
    property,
    statement,
    at,
    finding,
    reproduce,
  };
  const lines = [
    ...Object.entries(head).flatMap(([key, value]) =>
      value === undefined ? [] : [`${JSON.stringify(key)}: ${JSON.stringify(value)}`],
    ),
    ...(trace === undefined
      ? []
      : [
          ...(trace.loopFrom === undefined ? [] : [`"loopFrom": ${trace.loopFrom}`]),
          `"broken": ${JSON.stringify(trace.broken)}`,
          `"start": ${JSON.stringify(trace.start)}`,
          listed('labels', trace.labels),
          listed('steps', trace.steps),
        ]),
  ];
  return `{\n${lines.map((line) => `  ${line}`).join(',\n')}\n}\n`;
}

const listed = (key: string, items: readonly unknown[]): string =>
  `${JSON.stringify(key)}: [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;

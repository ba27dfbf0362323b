/**
 * A run in Apalache's Informal Trace Format (ITF, ADR-015), for viewers and tools of the TLA+ world.
 * One variable a chart: a record of its control state and its counters. `action` is the label that led to the state.
 */
import type { Label } from '../src/core/label.ts';

/** Local states after each label; the first entry is the start. Chart ids are the same in every entry. */
export interface ItfRun {
  readonly title: string;
  /** The command that makes the run again. */
  readonly source: string;
  readonly labels: readonly Label[];
  /** Index of the state that follows the last one, in a lasso. */
  readonly loop?: number;
  readonly states: readonly Readonly<Record<string, ItfLocal>>[];
}

export interface ItfLocal {
  readonly value: string;
  readonly context: Readonly<Record<string, number | string>>;
}

export function renderItf({ title, source, labels, loop, states }: ItfRun): string {
  const charts = Object.keys(states[0] ?? {});
  const names = charts.map(variableName);
  if (new Set(names).size < names.length) throw new Error('two charts would be one variable');
  const meta = {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    source,
    description: title,
  };
  const lines = states.map((state, index) => {
    const variables = charts.map((chart, at) => [names[at], localOf(state[chart])]);
    const entry = {
      '#meta': { index },
      action: actionOf(labels[index - 1]),
      ...Object.fromEntries(variables),
    };
    return `    ${JSON.stringify(entry)}`;
  });
  return [
    '{',
    `  "#meta": ${JSON.stringify(meta)},`,
    '  "params": [],',
    `  "vars": ${JSON.stringify(['action', ...names])},`,
    '  "states": [',
    lines.join(',\n'),
    loop === undefined ? '  ]' : `  ],\n  "loop": ${loop}`,
    '}\n',
  ].join('\n');
}

/** `section[0]` as `section_0`: TLA+ names have no brackets. */
const variableName = (chart: string): string => chart.replace(/\[(\w+)\]$/, '_$1').replace(/\W/g, '_');

/** The same type in every state, as TLA+ wants it: the numbers of a label are a list of pairs. */
function actionOf(label: Label | undefined) {
  const { type = 'start', section, block, first, count, pages } = label ?? {};
  const numbers = { section, block, first, count, pages };
  return {
    type,
    payload: Object.entries(numbers).flatMap(([name, value]) =>
      value === undefined ? [] : [{ '#tup': [name, numberOf(value)] }],
    ),
  };
}

function localOf(local: ItfLocal | undefined) {
  if (local === undefined) throw new Error('a chart is missing in a state');
  const context = Object.entries(local.context).map(([name, value]) => [
    name,
    typeof value === 'number' ? numberOf(value) : value,
  ]);
  if ('state' in local.context) throw new Error('a counter is named state');
  return { state: local.value, ...Object.fromEntries(context) };
}

/** Beyond what JSON readers keep exactly, ITF writes a big integer. */
const numberOf = (value: number): number | { readonly '#bigint': string } =>
  Number.isSafeInteger(value) ? value : { '#bigint': BigInt(value).toString() };

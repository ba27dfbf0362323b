/**
 * `--explain hotplug.done`: a label family in terms of the code, and which charts take it where.
 */
import { wordsOf } from '../../../models/label-words.ts';
import { sourcePlaces } from '../../../models/source.ts';
import { field, fields } from './labelled.ts';

/** A heading and its lines; of charts that a variant writes elsewhere, the first one's place. */
export function explainFamily(family: string): string[] {
  const charts = new Map<string, string[]>();
  for (const [name, [first]] of sourcePlaces()) {
    const [chart = '', state = '', of] = name.split(' ');
    if (of !== family || chart.includes('@')) continue;
    charts.set(chart, [...(charts.get(chart) ?? []), `${state} (${first.file}:${first.line})`]);
  }
  return [
    `${family}: a label`,
    '',
    ...field('is', wordsOf(family) ?? ''),
    ...fields(
      'taken by',
      [...charts].map(([chart, states]) => `${chart}: ${states.join(', ')}`),
    ),
  ];
}

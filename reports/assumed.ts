/**
 * What temporal verdicts assume of whoever may go on or fail, said once for all properties that share it.
 */
import type { CaseReport } from '../src/core/run-report.ts';

export interface Assumed {
  readonly properties: readonly string[];
  readonly sentences: readonly string[];
}

/** In the order in which the properties come. */
export function assumedBy(cases: readonly CaseReport[]): readonly Assumed[] {
  const groups = new Map<string, { properties: string[]; sentences: readonly string[] }>();
  for (const { property, fairness } of cases) {
    if (fairness === undefined) continue;
    const key = JSON.stringify(fairness);
    const group = groups.get(key) ?? { properties: [], sentences: fairness };
    if (!group.properties.includes(property)) group.properties.push(property);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** `I-38 and L-2 assume: in the end …; …` */
export const assumedText = ({ properties, sentences }: Assumed): string =>
  `${properties.join(', ')} ${properties.length === 1 ? 'assumes' : 'assume'}: ${sentences.join('; ')}`;

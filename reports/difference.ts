/** Two variants side by side: verdicts that change, and the shortest runs gained and lost. */
import type { Label } from '../src/core/label.ts';
import { labelText } from '../src/core/label.ts';
import type { CaseReport } from '../src/core/run-report.ts';
import { counted, padEnd, type Style, thousands, widthOf, wrap } from './style.ts';

/** Both take `run`; then only one takes `label`. */
export interface ShownParting {
  readonly run: readonly Label[];
  readonly label: Label;
}

export interface Difference {
  readonly first: string;
  readonly second: string;
  readonly scope: string;
  readonly cases: readonly [readonly CaseReport[], readonly CaseReport[]];
  readonly gained: ShownParting | undefined;
  readonly lost: ShownParting | undefined;
  /** Pairs of states visited together. */
  readonly pairs: number;
  readonly complete: boolean;
  readonly reproduce: string;
}

/** `violated in 24`, `holds`, or `·` where the property says nothing about the variant. */
function answer(found: CaseReport | undefined): string {
  if (found === undefined) return '·';
  const { verdict } = found;
  return verdict.kind === 'violated' ? `violated in ${verdict.trace.length}` : verdict.kind;
}

interface Row {
  readonly property: string;
  readonly title: string;
  readonly first: string;
  readonly second: string;
}

function rowsOf({ cases: [first, second] }: Difference): Row[] {
  const ids = [...new Set([...first, ...second].map(({ property }) => property))];
  return ids.map((property) => {
    const a = first.find((found) => found.property === property);
    const b = second.find((found) => found.property === property);
    return { property, title: (a ?? b)?.title ?? '', first: answer(a), second: answer(b) };
  });
}

export function renderDifference(difference: Difference, style: Style, width: number): string {
  const rows = rowsOf(difference);
  const changed = rows.filter(({ first, second }) => first !== second);
  const same = rows.length - changed.length;
  const heads = { property: '', title: '', first: difference.first, second: difference.second };
  const columns = (['property', 'title', 'first'] as const).map((key) =>
    Math.max(...[heads, ...changed].map((row) => widthOf(row[key]))),
  );
  const line = (row: Row): string =>
    `${padEnd(row.property, columns[0] ?? 0)}  ${padEnd(row.title, columns[1] ?? 0)}  ${padEnd(row.first, columns[2] ?? 0)}  ${row.second}`;
  return [
    style.heading(line(heads)),
    ...changed.map(line),
    style.faint(
      `${counted(same, 'property', 'properties')} ${same === 1 ? 'says' : 'say'} the same of both in scope ${difference.scope}.`,
    ),
    '',
    ...parting(difference, 'gained', difference.second, style, width),
    ...parting(difference, 'lost', difference.first, style, width),
    '',
  ].join('\n');
}

function parting(
  difference: Difference,
  kind: 'gained' | 'lost',
  owner: string,
  style: Style,
  width: number,
): string[] {
  const found = difference[kind];
  if (found !== undefined)
    return [
      style.heading(`Shortest run that only ${owner} has (${kind}), ${found.run.length + 1} labels:`),
      ...wrap(`${[...found.run, found.label].map(labelText).join(', ')}`, width - 2).map(
        (text) => `  ${text}`,
      ),
    ];
  const visited = `${thousands(difference.pairs)} pairs of states`;
  return [
    difference.complete
      ? `No run is ${kind}: all of ${visited} visited.`
      : `No run seen that is ${kind}, in ${visited}; not all were visited.`,
  ];
}

export function renderDifferenceJson(difference: Difference): string {
  const { first, second, scope, gained, lost, pairs, complete, reproduce } = difference;
  const changes = rowsOf(difference).filter((row) => row.first !== row.second);
  return `${JSON.stringify({ schema: 'ballast.diff/1', first, second, scope, changes, gained, lost, pairs, complete, reproduce }, null, 2)}\n`;
}

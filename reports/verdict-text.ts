/**
 * A verdict in a few words, the same everywhere: on the terminal, in Markdown, in the list of what went wrong.
 */
import { match } from 'ts-pattern';
import type { CaseReport } from '../src/core/run-report.ts';
import { lengthOf } from './run-report.ts';
import type { Style } from './style.ts';

/** `holds`, `W0a in 6`, `? vacuous`, `✗ violated in 7`. A mark in front says that it was not expected. */
export function verdictText(found: CaseReport): string {
  return match(found.standing)
    .with('expected', () => kindText(found))
    .with('inconclusive', () => `? ${kindText(found)}`)
    .with('unexpected', () => `✗ ${surprise(found)}`)
    .exhaustive();
}

function kindText(found: CaseReport): string {
  return match(found.verdict)
    .with({ kind: 'holds' }, () => 'holds')
    .with({ kind: 'violated' }, () => `${found.finding ?? 'violated'} in ${lengthOf(found)}`)
    .with({ kind: 'vacuous' }, () => 'vacuous')
    .with({ kind: 'bounded' }, ({ limit }) => `bounded: ${limit}`)
    .exhaustive();
}

function surprise(found: CaseReport): string {
  const text = kindText(found);
  if (found.verdict.kind === 'violated' && found.expected === 'violated')
    return `${text}, not ${found.expectedLength}`;
  return found.expected === undefined || found.expected === 'holds' ? text : `${text}, not ${found.expected}`;
}

/** The same, in the colour of what it means. Pad before, colour after. */
export function coloured(found: CaseReport, text: string, style: Style): string {
  return match(found.standing)
    .with('unexpected', () => style.bad(text))
    .with('inconclusive', () => style.bad(text))
    .with('expected', () =>
      match(found.verdict.kind)
        .with('holds', () => style.good(text))
        .with('violated', () => style.known(text))
        .with('vacuous', 'bounded', () => style.faint(text))
        .exhaustive(),
    )
    .exhaustive();
}

/** One sentence on all cases: how many as expected, and what they were. */
export function summaryText(cases: readonly CaseReport[]): string {
  const expected = cases.filter(({ standing }) => standing === 'expected');
  const kinds = (of: readonly CaseReport[], kind: string): number =>
    of.filter(({ verdict }) => verdict.kind === kind).length;
  const parts = [
    [kinds(expected, 'holds'), 'hold'],
    [kinds(expected, 'violated'), 'violated as known'],
    [kinds(expected, 'vacuous'), 'vacuous as known'],
    [kinds(expected, 'bounded'), 'bounded as known'],
  ] as const;
  const list = parts.flatMap(([n, text]) => (n === 0 ? [] : [`${n} ${text}`])).join(', ');
  return `${expected.length} of ${cases.length} verdicts as expected${list === '' ? '' : `: ${list}`}`;
}

/**
 * What can be forced from outside, element by element: every transition that a product reaches, and whether some plan takes it.
 */
import { exceptionOf, forcingOf, type How } from './forcing.ts';

export interface Forced {
  readonly element: string;
  /** Some plan takes it while everybody waits for rest. */
  readonly isForced: boolean;
  /** `race`: its family can be forced, but here only between two steps of somebody else. */
  readonly how: How | 'race';
  readonly by: string;
}

const RACE =
  'only in the middle of what somebody else does: an outsider waits until the guest rests; on one CPU it takes a preemption at the right place';

/** `reached` are structural transitions of a product with every actor on; `forced` those that plans take. */
export function checklist(reached: Iterable<string>, forced: ReadonlySet<string>): readonly Forced[] {
  return [...new Set([...reached, ...forced])].sort().map((element): Forced => {
    const { how, by } = forcingOf(/ -(\S+)->/.exec(element)?.[1] ?? '');
    if (forced.has(element)) return { element, isForced: true, how, by };
    const exception = exceptionOf(element);
    if (exception !== undefined) return { element, isForced: false, how: 'never', by: exception };
    return how === 'never'
      ? { element, isForced: false, how, by }
      : { element, isForced: false, how: 'race', by: RACE };
  });
}

/** The checklist as Markdown: the table of families, then what is forced and what is not, by chart. */
export function renderChecklist(families: readonly string[], rows: readonly Forced[], made: string): string {
  const kinds = [...new Set(rows.map(({ element }) => element.slice(0, element.indexOf(':'))))];
  const forced = rows.filter(({ isForced }) => isForced);
  const groups = new Map<string, string[]>();
  for (const family of families) {
    const { how, by } = forcingOf(family);
    const key = `${how}\u0000${by}`;
    groups.set(key, [...(groups.get(key) ?? []), family]);
  }
  const reasons = new Map<string, string[]>();
  for (const { element, isForced, by } of rows)
    if (!isForced) reasons.set(by, [...(reasons.get(by) ?? []), element]);
  return [
    '# What can be forced from outside',
    '',
    `Written by \`${made}\`; do not edit: npm run golden writes it again. Outside means root in the guest and Xen’s toolstack in dom0: acts, then waiting until the guest rests.`,
    '',
    '## Labels',
    '',
    '| labels | how | by what, or why not |',
    '|---|---|---|',
    ...[...groups].map(([key, list]) => {
      const [how, by] = key.split('\u0000');
      return `| ${list.map((family) => `\`${family}\``).join(' ')} | ${how} | ${by} |`;
    }),
    '',
    '## Transitions',
    '',
    '| chart | reached by the product | forced by some plan |',
    '|---|---|---|',
    ...kinds.map((kind) => {
      const of = (list: readonly Forced[]) =>
        list.filter(({ element }) => element.startsWith(`${kind}: `)).length;
      return `| ${kind} | ${of(rows)} | ${of(forced)} |`;
    }),
    '',
    '### Forced',
    '',
    ...forced.map(({ element, how }) => `- \`${element}\`${how === 'injected' ? ' (injected)' : ''}`),
    '',
    '### Not forced, and why',
    '',
    ...[...reasons].flatMap(([by, list]) => [`- ${by}:`, ...list.map((element) => `  - \`${element}\``)]),
    '',
  ].join('\n');
}

/** Which of the forced transitions real logs show, and which others they show besides. */
export function renderSeen(rows: readonly Forced[], seen: ReadonlySet<string>, logs: number): string {
  const forced = rows.filter(({ isForced }) => isForced);
  const unseen = forced.filter(({ element }) => !seen.has(element));
  const besides = rows.filter(({ element, isForced }) => !isForced && seen.has(element));
  const list = (of: readonly Forced[]) => of.map(({ element }) => `- \`${element}\``);
  return [
    '## Seen in real logs',
    '',
    `${forced.length - unseen.length} of the ${forced.length} forced transitions are in these ${logs} logs.`,
    '',
    ...(unseen.length === 0 ? [] : ['Not seen:', '', ...list(unseen), '']),
    ...(besides.length === 0 ? [] : ['Seen although no plan forces them:', '', ...list(besides), '']),
  ].join('\n');
}

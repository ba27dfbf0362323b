/**
 * A lasso and the fairness behind it, in sentences.
 */
import type { TemporalWatch } from '../compose/observation.ts';
import type { Lasso } from '../search/fair/judge-temporal.ts';
import type { Answer } from '../search/fair/lasso.ts';

/** What a temporal verdict assumes; printed with every one. `families`: those of the product, where only these are to be spoken of. */
export function fairnessText(
  { fairness, premise }: TemporalWatch,
  families?: ReadonlySet<string>,
): readonly string[] {
  const isThere = (family: string) => families?.has(family) ?? true;
  const quiet = fairness.quiet.filter(isThere);
  const groups = fairness.groups.filter((group) => group.families.some(isThere));
  const named = (strength: 'weak' | 'strong') =>
    groups.filter((group) => group.strength === strength).map(({ name }) => name);
  const sentence = (start: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${start}: ${names.join(', ')}`];
  return [
    ...sentence('in the end nobody does', quiet),
    ...sentence('not put off for ever', named('weak')),
    ...sentence('taken at last if offered again and again', named('strong')),
    ...(premise === undefined
      ? []
      : [
          `there is no ${premise.never.join(', ')}${premise.since.length === 0 ? '' : ` after the last ${premise.since.join(' or ')}`}`,
        ]),
  ];
}

/** Where the loop is, and for each demand of fairness how the loop answers it. */
export function lassoText({ prefix, loop, answers }: Lasso): readonly string[] {
  const from = prefix.length + 1;
  const where =
    loop.length === 0
      ? `after step ${prefix.length} nothing has to happen any more`
      : `steps ${from} to ${prefix.length + loop.length} again and again`;
  const by = (how: Answer['how']) => answers.filter((answer) => answer.how === how).map(({ name }) => name);
  const part = (start: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${start}: ${names.join(', ')}`];
  const why = [
    ...part('taken', by('taken')),
    ...part('not offered all the time', by('notOfferedOnce')),
    ...part('never offered', by('neverOffered')),
  ];
  return [where, ...(why.length === 0 ? [] : [`fair, for ${why.join('; ')}`])];
}

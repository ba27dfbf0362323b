/** What a watch names, whatever its kind. */
import type { Condition, Watch } from '../../src/compose/observation.ts';

/** Every condition over quantities. */
export function conditionsOf(watch: Watch): readonly Condition[] {
  if (watch.kind === 'state') return watch.clauses.flat();
  if (watch.kind === 'possible') return watch.goal;
  return watch.kind === 'temporal' ? [...(watch.stays ?? []), ...(watch.visits ?? [])].flat() : [];
}

/** Every family of labels. */
export function familiesOf(watch: Watch): readonly string[] {
  if (watch.kind === 'step') return watch.never;
  if (watch.kind === 'possible') return watch.without;
  if (watch.kind === 'state') return [];
  const { fairness, takes = [], without = [], premise } = watch;
  return [
    ...fairness.quiet,
    ...fairness.groups.flatMap(({ families }) => families),
    ...takes,
    ...without,
    ...(premise === undefined ? [] : [...premise.since, ...premise.never]),
  ];
}

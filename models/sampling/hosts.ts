/**
 * How to draw what happens on the host: a guest is saved or migrated, a memory manager and everybody it looks after.
 */

import { guestRange, needsOf, neighbourRange, type Range } from '../host/neighbour.ts';
import { claimMax } from '../host/newcomer.ts';
import { asksForNeeds, builds, has, isManaged, type Scope } from '../scope.ts';
import type { Draw, SamplerView } from './sampling.ts';

/** Families of whoever saves and moves guests; none carries a payload. */
export function movingFamilies(scope: Scope): readonly string[] {
  return [
    ...(has(scope, 'suspender') ? ['suspend.ok'] : []),
    ...(has(scope, 'migrator') ? ['migrate.begin', 'migrate.round', 'migrate.moved', 'migrate.abort'] : []),
  ];
}

/** With their weights, beside limit and target. */
export function hostFamilies(
  scope: Scope,
  { rare, order }: { readonly rare: number; readonly order: number },
): Readonly<Record<string, number>> {
  const weighted = (weight: number, ...families: readonly string[]) =>
    Object.fromEntries(families.map((family) => [family, weight] as const));
  if (!isManaged(scope)) return weighted(rare, ...movingFamilies(scope));
  return {
    ...weighted(rare, ...movingFamilies(scope), 'stuck.guest', 'stuck.neighbour'),
    ...weighted(order, 'manage.balance', 'manage.look', 'manage.rest'),
    ...weighted(order, 'neighbour.order', 'neighbour.take', 'neighbour.give'),
    ...(asksForNeeds(scope)
      ? weighted(rare, 'meminfo.guest', 'meminfo.neighbour')
      : weighted(order, 'neighbour.lift')),
    ...(builds(scope)
      ? {
          ...weighted(rare, 'manage.ask', 'neighbour.gone', 'build.gone'),
          ...weighted(order, 'manage.yes', 'manage.no', 'build.ok', 'build.short'),
        }
      : {}),
  };
}

export function hostDraws(scope: Scope, extentMax: number): Readonly<Record<string, Draw>> {
  if (!isManaged(scope)) return {};
  const of = (view: SamplerView, id: string, key: string) => Number(view.local(id).context[key] ?? 0);
  const exactly =
    (id: string, key: string): Draw =>
    (view) => ({ pages: of(view, id, key) });
  const upTo =
    (most: (view: SamplerView) => number): Draw =>
    (view, chance) => {
      const pages = Math.min(most(view), extentMax);
      return pages > 0 ? { pages: 1 + chance.below(pages) } : undefined;
    };
  const needed =
    (range: Range): Draw =>
    (_, chance) => {
      const [least = 0, most = least] = needsOf(range);
      return { pages: chance.below(2) === 0 ? least : most };
    };
  const missing = (view: SamplerView) => of(view, 'neighbour', 'target') - of(view, 'neighbour', 'held');
  return {
    'meminfo.guest': needed(guestRange(scope)),
    'meminfo.neighbour': needed(neighbourRange(scope)),
    'manage.ask': (_, chance) => ({ pages: 1 + chance.below(claimMax(scope)) }),
    'max.set': exactly('toolstack', asksForNeeds(scope) ? 'toTarget' : 'toLimit'),
    'target.set': exactly('toolstack', 'toTarget'),
    'neighbour.order': exactly('toolstack', 'toOther'),
    'neighbour.take': upTo(missing),
    'neighbour.give': upTo((view) => -missing(view)),
    'neighbour.gone': exactly('neighbour', 'held'),
    ...Object.fromEntries(
      ['build.ok', 'build.short', 'build.gone'].map((family) => [family, exactly('builder', 'pages')]),
    ),
  };
}

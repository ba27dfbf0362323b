/**
 * How to draw the labels of another domain with a claim (newcomer.ts).
 */
import { claimMax } from '../host/newcomer.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import type { Draw, SamplerView } from './sampling.ts';

export function claimFamilies(protocol: Protocol, scope: Scope): readonly string[] {
  return has(scope, 'newcomer') ? ofNewcomer(protocol) : [];
}

function ofNewcomer(protocol: Protocol): readonly string[] {
  return [
    'claim.set',
    ...(protocol.claimsSettledAtOnce ? ['claim.use'] : ['claim.alloc', 'claim.settle']),
    ...(protocol.claimSurvivesFailedAssign ? [] : ['claim.eaten']),
    ...['claim.cancel', 'newcomer.kill', 'newcomer.free', 'newcomer.gone'],
  ];
}

export function claimDraws(scope: Scope, extentMax: number): Readonly<Record<string, Draw>> {
  const has = (view: SamplerView, key: string) => Number(view.local('newcomer').context[key] ?? 0);
  const upTo =
    (most: (view: SamplerView) => number): Draw =>
    (view, chance) => {
      const pages = Math.min(most(view), extentMax);
      return pages > 0 ? { pages: 1 + chance.below(pages) } : undefined;
    };
  const promised = upTo((view) => has(view, 'outstanding'));
  return {
    'claim.set': (view, chance) => {
      const most = claimMax(scope) - has(view, 'held');
      return most > 0 ? { pages: 1 + chance.below(most) } : undefined;
    },
    ...Object.fromEntries(
      ['claim.use', 'claim.alloc', 'claim.settle', 'claim.eaten'].map((family) => [family, promised]),
    ),
    'claim.cancel': (view) => {
      const pages = has(view, 'outstanding');
      return pages > 0 ? { pages } : undefined;
    },
    'newcomer.free': upTo((view) => has(view, 'held')),
  };
}

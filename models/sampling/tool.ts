/**
 * How to draw the orders of a toolstack: the short one (toolstack.ts) and libxl's (libxl.ts).
 */

import { has, type Scope } from '../scope.ts';
import type { Chance, Draw, SamplerView } from './sampling.ts';

/** Of libxl, beside limit and target. */
export const OPERATIONS: readonly string[] = [
  ...['store.set', 'store.again', 'store.fail'],
  ...['memmax.set', 'memmax.write', 'memmax.fail'],
];

/** `target`: any that makes sense now. */
export function toolDraws(
  scope: Scope,
  target: (view: SamplerView, chance: Chance) => number,
): Readonly<Record<string, Draw>> {
  /** What the operation in hand is about. */
  const ordered = (view: SamplerView): number | undefined => {
    const { value, context } = view.local('toolstack');
    return value === 'idle' ? undefined : Number(context[value === 'undoing' ? 'limit' : 'pending']);
  };
  const order: Draw = (view, chance) => ({ pages: ordered(view) ?? target(view, chance) });
  const written: Draw = (view) => ({ pages: Number(view.local('xenstore').context['value']) });
  return {
    ...Object.fromEntries(['max.set', 'memmax.set', 'store.set'].map((family) => [family, order])),
    'target.set': has(scope, 'libxl') ? written : order,
    'look.first': (view) => ({ pages: Number(view.local('toolstack').context['staticMax']) }),
    // Also another limit while one waits for its target: whether that may be is for the charts.
    ...(has(scope, 'libxl') ? {} : { 'max.set': (view, chance) => ({ pages: target(view, chance) }) }),
  };
}

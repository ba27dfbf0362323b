/** How to draw the labels of a run that is filled for as long as there is credit (balloon-growing.ts). */
import type { LocalState } from '../../src/core/chart.ts';
import { wakes } from '../guest/wakes.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import type { Draw } from './sampling.ts';

const count = (local: LocalState, key: string): number => Number(local.context[key] ?? 0);

export function growingDraws(protocol: Protocol, { batch }: Scope): Readonly<Record<string, Draw>> {
  if (!fillsToTarget(protocol)) return {};
  const grow: Draw = (view) => {
    const books = view.local('books');
    const pages = Math.min(count(books, 'target') - count(books, 'current'), batch);
    return pages > 0 ? { pages } : undefined;
  };
  return {
    ...Object.fromEntries(wakes('grow', protocol).map((family) => [family, grow])),
    forfeit: (view) => ({ pages: count(view.local('balloon'), 'filled') }),
    adopt: (view) => ({ pages: count(view.local('books'), 'current') }),
  };
}

/**
 * How to draw the labels of whoever borrows pages of the balloon (page-user.ts).
 */
import type { LocalState } from '../../src/core/chart.ts';
import { lentMax } from '../guest/page-user.ts';
import { fixesInTwo, hasSecondBorrower } from '../guest/second-borrower.ts';
import { hasSecondCaller } from '../guest/second-caller.ts';
import type { Protocol } from '../protocol.ts';
import { lends, type Scope } from '../scope.ts';
import type { Bucket, Chance, Draw, SamplerView } from './sampling.ts';

const count = (local: LocalState, key: string): number => Number(local.context[key] ?? 0);
const holds = (key: string) => (local: LocalState) => count(local, key) > 0;

export const lendingBuckets: Readonly<Record<string, Bucket>> = {
  lent: { kind: 'section', has: holds('lent') },
  lentBacked: { kind: 'section', has: holds('lentBacked') },
};

/** With their weights: somebody who borrows is rare, and once begun goes on. */
export function lendingFamilies(
  protocol: Protocol,
  scope: Scope,
  { rare, failure }: { readonly rare: number; readonly failure: number },
): Readonly<Record<string, number>> {
  if (!lends(scope)) return {};
  const weighted = (weight: number, ...families: readonly string[]) =>
    Object.fromEntries(families.map((family) => [family, weight] as const));
  return {
    ...weighted(rare, 'lend.begin', 'lend.free', 'lend.freelive', 'lend.mapover'),
    ...weighted(1, 'lend.take', 'lend.live', 'lend.inflate', 'lend.done', 'lend.fixup'),
    ...weighted(failure, 'lend.nomem'),
    ...(fixesInTwo(protocol, scope) ? { 'lend.fixread': failure } : {}),
    ...(hasSecondBorrower(scope) ? weighted(failure, 'second.ask', 'second.end') : {}),
    ...(protocol.expects ? { 'lend.forgo': 1 } : {}),
    ...(hasSecondCaller(protocol, scope)
      ? {
          ...weighted(1, 'userneed.none', 'userreserve.ok', 'useradd.begin', 'useradd.ok', 'useradd.end'),
          ...weighted(1, 'userrelease', 'usercount.done', 'lend.resume'),
          ...weighted(failure, 'userreserve.nogap', 'userp2m.enomem', 'useradd.eexist', 'useradd.enomem'),
          ...(scope.sectionsPerBlock > 1 ? { 'useradd.einval': 1 } : {}),
          ...(protocol.dropMutexOverAdd ? { 'usermutex.drop': 1 } : {}),
          ...(protocol.waitsInterruptibly ? { 'lend.signal': failure } : {}),
        }
      : {}),
  };
}

/** What is drawn the same way for the driver itself. */
export interface LendingTools {
  readonly sectionWith: (bucket: string, view: SamplerView, chance: Chance) => number | undefined;
  readonly extent: (most: number, chance: Chance) => number;
  /** Of a section or of boot memory. */
  readonly pagesOf: (section: number, key: string, view: SamplerView) => number;
  /** Sections that are missing. */
  readonly needed: (view: SamplerView) => number;
  /** A run of so many sections that looks free; undefined where there are not so many. */
  readonly runOf: (
    sections: number,
    view: SamplerView,
    chance: Chance,
  ) => { first: number; count: number } | undefined;
}

export function lendingDraws(scope: Scope, tools: LendingTools): Readonly<Record<string, Draw>> {
  const user = (view: SamplerView, key: string) => count(view.local('pageUser'), key);
  const page =
    (bucket: string, most: (view: SamplerView) => number): Draw =>
    (view, chance) => {
      const section = tools.sectionWith(bucket, view, chance);
      if (section === undefined) return undefined;
      const pages = Math.min(tools.pagesOf(section, bucket, view), most(view));
      return pages > 0 ? { section, pages: tools.extent(pages, chance) } : undefined;
    };
  const left = (view: SamplerView) => user(view, 'want') - user(view, 'got');
  const back = (view: SamplerView) =>
    view.local('pageUser').value === 'undoing' ? user(view, 'got') : user(view, 'lent');
  const mine: Draw = (view) =>
    user(view, 'count') > 0 ? { first: user(view, 'first'), count: user(view, 'count') } : undefined;
  return {
    'lend.begin': (view, chance) => {
      const most = lentMax(scope) - user(view, 'lent');
      return most > 0 ? { pages: 1 + chance.below(most) } : undefined;
    },
    'lend.take': page('ballooned', left),
    'lend.live': page('balloonedBacked', left),
    'lend.inflate': page('inUse', left),
    'lend.free': page('lent', back),
    'lend.freelive': page('lentBacked', back),
    'lend.mapover': page('lentBacked', (view) => user(view, 'lent')),
    'second.ask': () => ({ pages: 1 }),
    'second.end': () => ({ pages: 1 }),
    'lend.fixup': (view) => {
      const pages = user(view, 'want');
      return pages > 0 ? { pages } : undefined;
    },
    'lend.forgo': (view) => {
      const pages = count(view.local('books'), 'hotplug');
      return pages > 0 ? { pages } : undefined;
    },
    'userreserve.ok': (view, chance) => tools.runOf(tools.needed(view), view, chance),
    'userreserve.nogap': (view) => {
      const run = tools.needed(view);
      return run > 0 ? { count: run } : undefined;
    },
    ...Object.fromEntries(
      [
        ...['userp2m.enomem', 'userp2mclear.ok', 'userrelease'],
        ...['useradd.ok', 'useradd.eexist', 'useradd.enomem', 'useradd.einval'],
      ].map((family) => [family, mine]),
    ),
    'usercount.done': (view) => ({ count: user(view, 'count') }),
  };
}

/**
 * How to draw the writes of the P2M (p2m.ts).
 */
import type { LocalState } from '../../src/core/chart.ts';
import { BOOT } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { p2mSets, writesP2m } from '../guest/p2m.ts';
import { hasSecondCaller } from '../guest/second-caller.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import type { LendingTools } from './lending.ts';
import type { Bucket, Draw, SamplerView } from './sampling.ts';

const count = (local: LocalState, key: string): number => Number(local.context[key] ?? 0);

const KINDS = ['inHand', 'inHandOver', 'leaving', 'lostIn', 'lostOver', 'lostOut'] as const;

export const p2mBuckets: Readonly<Record<string, Bucket>> = Object.fromEntries(
  KINDS.map((key) => [key, { kind: 'section', has: (local) => count(local, key) > 0 }]),
);

/** With their weights. */
export function p2mFamilies(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  failure: number,
): Readonly<Record<string, number>> {
  if (!writesP2m(protocol, form, scope)) return {};
  return {
    ...(protocol.invalidatesRun
      ? { 'p2mclear.ok': 1, ...(hasSecondCaller(protocol, scope) ? { 'userp2mclear.ok': 1 } : {}) }
      : {}),
    ...Object.fromEntries(
      p2mSets(protocol, form, scope).map((family) => [family, family === 'p2mset.enomem' ? failure : 1]),
    ),
    'p2mset.done': 1,
    'p2mdrop.ok': 1,
    ...(has(scope, 'suspender', 'migrator') && !protocol.freezes ? { 'decrease.bug': 1 } : {}),
  };
}

export function p2mDraws(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  { sectionWith, extent, pagesOf }: LendingTools,
): Readonly<Record<string, Draw>> {
  if (!writesP2m(protocol, form, scope)) return {};
  const inHand = (view: SamplerView) => count(view.local('balloon'), 'unnamed');
  const left = (view: SamplerView) => count(view.local('balloon'), 'left');
  const page =
    (bucket: string, most: (view: SamplerView) => number): Draw =>
    (view, chance) => {
      const section = sectionWith(bucket, view, chance);
      if (section === undefined) return undefined;
      const pages = Math.min(pagesOf(section, bucket, view), most(view));
      return pages > 0 ? { section, pages: extent(pages, chance) } : undefined;
    };
  return {
    'p2mclear.ok': (view) => {
      const balloon = view.local('balloon');
      const run = count(balloon, 'count');
      return run > 0 ? { first: count(balloon, 'first'), count: run } : undefined;
    },
    'p2mset.ok': page('inHand', inHand),
    'p2mset.over': page('inHandOver', inHand),
    // Over a live entry, or beyond the P2M.
    'p2mset.bug': page(protocol.overLive === 'bugs' ? 'inHandOver' : 'inHand', inHand),
    // Boot memory has its leaves.
    'p2mset.enomem': (view, chance) => {
      const drawn = page('inHand', inHand)(view, chance);
      return drawn?.section === BOOT ? undefined : drawn;
    },
    'p2mset.stale': page('lostIn', inHand),
    'p2mset.staleover': page('lostOver', inHand),
    'p2mdrop.ok': page('inUse', left),
    'decrease.ok': page('leaving', inHand),
    'decrease.bug': page('lostOut', () => 1),
  };
}

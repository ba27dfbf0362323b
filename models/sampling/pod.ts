/**
 * How to draw the labels of populate-on-demand at real size (sampling.ts tells what a draw is).
 */
import { BOOT } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { POD_DECREASES, POD_TARGETS, podOn, TOUCHES } from '../host/pod.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import type { Chance, Draw, SamplerView } from './sampling.ts';

/** What the sampler draws elsewhere. */
interface Parts {
  readonly decrease: Draw | undefined;
  readonly target: (view: SamplerView, chance: Chance) => number;
  /** 1 … most. */
  readonly extent: (most: number, chance: Chance) => number;
  /** Frames that Xen would grant. */
  readonly room: (view: SamplerView) => number;
}

const count = (view: SamplerView, chart: string, key: string): number =>
  Number(view.local(chart).context[key] ?? 0);

/** Weights, as in sampling.ts. */
export function podFamilies(
  form: Form,
  scope: Scope,
  { rare, order }: { readonly rare: number; readonly order: number },
): Readonly<Record<string, number>> {
  if (!podOn(form, scope)) return {};
  const weigh = (weight: number, families: readonly string[]) => families.map((family) => [family, weight]);
  return Object.fromEntries([
    ...weigh(1, POD_DECREASES),
    ...weigh(order, POD_TARGETS),
    ...weigh(rare, [...TOUCHES, 'init.done']),
  ]);
}

export function podDraws(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  { decrease, target, extent, room }: Parts,
): Readonly<Record<string, Draw>> {
  if (!podOn(form, scope)) return {};
  const some = (most: number, chance: Chance) =>
    most > 0 ? { section: BOOT, pages: extent(most, chance) } : undefined;
  const promised = (view: SamplerView) => count(view, 'section[boot]', 'onDemand');
  const cache = (view: SamplerView) => count(view, 'pod', 'cache');
  const debt = (view: SamplerView) => count(view, 'pod', 'entries') - cache(view);
  const missing = (view: SamplerView) =>
    Math.min(count(view, 'pod', 'wanted') - count(view, 'pod', 'populated'), count(view, 'pod', 'entries')) -
    cache(view);
  const dropped =
    (most: (view: SamplerView) => number): Draw =>
    (view, chance) =>
      some(Math.min(count(view, 'balloon', 'left'), promised(view), most(view)), chance);
  const one: Draw = (view) => (promised(view) > 0 ? { section: BOOT, pages: 1 } : undefined);
  return {
    'max.set': (view, chance) => {
      const { value, context } = view.local('toolstack');
      return { pages: value === 'undoing' ? Number(context['target']) : target(view, chance) };
    },
    'decrease.stolen': (view, chance) => {
      const drawn = decrease?.(view, chance);
      return drawn === undefined || debt(view) <= 0
        ? undefined
        : { ...drawn, pages: Math.min(drawn.pages ?? 0, debt(view)) };
    },
    'decrease.entry': dropped((view) => (protocol.freesSurplus ? debt(view) : promised(view))),
    'decrease.surplus': dropped(promised),
    'podset.grow': (view) => (missing(view) > 0 ? { pages: missing(view) } : undefined),
    'podset.enomem': (view) => ({ pages: Math.max(0, room(view)) }),
    'touch.ok': (view, chance) => some(Math.min(promised(view), cache(view)), chance),
    'touch.sweep': one,
    'touch.crash': one,
  };
}

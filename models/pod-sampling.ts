/**
 * How to draw the labels of populate-on-demand at real size (sampling.ts tells what a draw is).
 */
import { BOOT } from '../src/core/label.ts';
import type { Form } from './form.ts';
import { podOn } from './pod.ts';
import type { Protocol } from './protocol.ts';
import type { Chance, Draw, SamplerView } from './sampling.ts';
import type { Scope } from './scope.ts';

/** What the sampler draws elsewhere. */
interface Parts {
  readonly decrease: Draw | undefined;
  /** 1 … most. */
  readonly extent: (most: number, chance: Chance) => number;
  /** Frames that Xen would grant. */
  readonly room: (view: SamplerView) => number;
}

const count = (view: SamplerView, chart: string, key: string): number =>
  Number(view.local(chart).context[key] ?? 0);

export function podDraws(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  { decrease, extent, room }: Parts,
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

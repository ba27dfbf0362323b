/**
 * Populate-on-demand: an HVM guest that was built with less memory than its memory map shows.
 *   entries   GFNs that are promised and have no frame yet
 *   cache     frames kept for them; a touch takes one, a touch that finds none is the end of the domain
 * While entries outnumber the cache a page given back pays the debt: a frame goes into the cache, an entry disappears, and Xen's count
 * for the domain stays. `populated` is a copy of tot − cache: what set_pod_target compares with.
 *
 *   userspace   booting ──init.done──► running ──touch.crash──► crashed
 *
 * Source: xen/arch/x86/mm/p2m-pod.c `p2m_pod_set_mem_target`, `decrease_reservation` (the PoD part), `p2m_pod_demand_populate`,
 * `p2m_pod_emergency_sweep`; linux drivers/xen/balloon.c `balloon_wait_finish`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

/** Whether the guest starts with pages that have an entry instead of a frame. */
export const podOn = (form: Pick<Form, 'pod'>, scope: Pick<Scope, 'bootPod'>): boolean =>
  form.pod && scope.bootPod > 0;

/** How a page given back can end, besides `decrease.ok`: its frame goes to the cache; its entry goes; its entry and a spare frame go. */
export const POD_DECREASES = ['decrease.stolen', 'decrease.entry', 'decrease.surplus'] as const;
/** What a new target does to the cache: nothing; it grows; it grows as far as the host has frames, and the order fails. */
export const POD_TARGETS = ['podset.none', 'podset.grow', 'podset.enomem'] as const;
export const TOUCHES = ['touch.ok', 'touch.sweep', 'touch.crash'] as const;

const GIVEN = ['populate.ok', 'populate.over', 'fill.ok', 'fill.over'];

interface Pod {
  readonly entries: number;
  readonly cache: number;
  readonly populated: number;
  /** The target that comes with the limit set last. */
  readonly wanted: number;
}

const pages = (label: Label) => payload(label, 'pages');
/** Only boot memory has entries. */
const ofBoot = (label: Label) => payload(label, 'section') === BOOT;

export function podChart(protocol: Protocol, scope: Scope): ModelChart {
  const debt = (c: Pod) => c.entries - c.cache;
  /** Frames that the cache lacks for the target. */
  const missing = (c: Pod) =>
    c.entries === 0 || c.wanted < c.populated + c.cache
      ? 0
      : Math.max(0, Math.min(c.wanted - c.populated, c.entries) - c.cache);
  const observed: Handlers<Pod> = {
    'max.set': { set: (_, l) => ({ wanted: pages(l) }) },
    ...each<Pod>(GIVEN, { set: (c, l) => ({ populated: c.populated + pages(l) }) }),
    // No run is given back while frames are owed: the driver grows only when it owes none.
    'unfill.ok': [
      {
        when: (c, l) => debt(c) <= 0 && c.populated >= pages(l),
        set: (c, l) => ({ populated: c.populated - pages(l) }),
      },
      { to: 'disordered' },
    ],
  };
  const steals = protocol.stealsForCache;
  const decided: Handlers<Pod> = {
    'decrease.ok': {
      when: (c, l) => (!steals || debt(c) <= 0) && c.populated >= pages(l),
      set: (c, l) => ({ populated: c.populated - pages(l) }),
    },
    'decrease.stolen': {
      when: (c, l) => steals && debt(c) >= pages(l) && c.populated >= pages(l),
      set: (c, l) => ({ populated: c.populated - pages(l), cache: c.cache + pages(l) }),
    },
    'decrease.entry': {
      when: (c, l) => ofBoot(l) && pages(l) <= (protocol.freesSurplus ? debt(c) : c.entries),
      set: (c, l) => ({ entries: c.entries - pages(l) }),
    },
    'decrease.surplus': {
      when: (c, l) => ofBoot(l) && protocol.freesSurplus && debt(c) <= 0 && pages(l) <= c.entries,
      set: (c, l) => ({ entries: c.entries - pages(l), cache: c.cache - pages(l) }),
    },
    'podset.none': { when: (c) => missing(c) === 0 },
    'podset.grow': {
      when: (c, l) => missing(c) > 0 && pages(l) === missing(c),
      set: (c, l) => ({ cache: c.cache + pages(l) }),
    },
    'podset.enomem': {
      when: (c, l) => pages(l) < missing(c),
      set: (c, l) => ({ cache: c.cache + pages(l) }),
    },
    'touch.ok': {
      when: (c, l) => ofBoot(l) && pages(l) <= Math.min(c.cache, c.entries),
      set: (c, l) => ({
        cache: c.cache - pages(l),
        entries: c.entries - pages(l),
        populated: c.populated + pages(l),
      }),
    },
    // A page of zeros pays: its frame goes to the page that was touched.
    'touch.sweep': {
      when: (c, l) => ofBoot(l) && c.cache === 0 && c.entries > 0,
      // Unchecked, the page that pays keeps its frame as well.
      set: (c, l) =>
        protocol.checksReclaim ? {} : { entries: c.entries - pages(l), populated: c.populated + pages(l) },
    },
    'touch.crash': { when: (c, l) => ofBoot(l) && c.cache === 0 && c.entries > 0 },
  };
  const families = Object.keys(observed);
  return chart<Pod>({
    id: 'pod',
    kind: 'pod',
    actor: 'hypervisor',
    families: { ...role('observes', ...families), ...role('decides', ...Object.keys(decided)) },
    context: {
      entries: scope.bootPages - scope.bootBallooned,
      cache: scope.bootPages - scope.bootBallooned - scope.bootPod,
      populated: 0,
      wanted: scope.targets[0] ?? scope.bootPages,
    },
    initial: 'counting',
    states: { counting: { ...observed, ...decided }, disordered: each<Pod>(families, stay) },
    observe: ({ entries, cache }, value) => ({ entries, cache, disordered: value === 'disordered' ? 1 : 0 }),
    show: (c) => `${c.entries} entries, ${c.cache} frames in the cache`,
  });
}

/** Who touches: the kernel while it boots, no more than there are frames for; then user space, anything. What a crashed domain does afterwards is not followed. */
export function userspaceChart(): ModelChart {
  return chart<Record<string, never>>({
    id: 'userspace',
    kind: 'userspace',
    actor: 'guest',
    families: role('initiates', 'init.done', ...TOUCHES),
    context: {},
    initial: 'booting',
    states: {
      booting: { 'touch.ok': stay, 'init.done': { to: 'running' } },
      running: {
        ...each<Record<string, never>>(['touch.ok', 'touch.sweep'], stay),
        'touch.crash': { to: 'crashed' },
      },
      crashed: {},
    },
    observe: (_, value) => ({ crashed: value === 'crashed' ? 1 : 0 }),
    show: (_, value) => value,
  });
}

/** Labels that only such a guest has. */
export function podLabels(form: Form, scope: Scope): { readonly orders: Label[]; readonly steps: Label[] } {
  if (!podOn(form, scope)) return { orders: [], steps: [] };
  const most = scope.bootPages - scope.bootBallooned;
  const counts = Array.from({ length: most }, (_, n) => n);
  const boot = { section: BOOT, pages: 1 };
  const anywhere = [BOOT, ...Array.from({ length: scope.sections }, (_, n) => n)];
  return {
    orders: [
      { type: 'podset.none' },
      ...counts.map((n) => ({ type: 'podset.grow', pages: n + 1 })),
      ...counts.map((n) => ({ type: 'podset.enomem', pages: n })),
    ],
    steps: [
      ...anywhere.map((section) => ({ type: 'decrease.stolen', section, pages: 1 })),
      { type: 'decrease.entry', ...boot },
      { type: 'decrease.surplus', ...boot },
      { type: 'init.done' },
      ...TOUCHES.map((type) => ({ type, ...boot })),
    ],
  };
}

/**
 * Hypervisor: what the domain has, what it may have, and what the host has left.
 * Decides each populate: extents are granted while the heap has frames and tot stays within max; then the call ends short or refused.
 * The limit may be set below what the domain has; nothing is assigned until it has shrunk.
 * Source: xen/common/memory.c `populate_physmap`, `decrease_reservation`; xen/common/page_alloc.c `assign_pages`.
 */
import type { ModelChart } from '../src/core/chart.ts';
import { type Label, payload } from '../src/core/label.ts';
import type { Form } from './form.ts';
import { chart, each, type Handlers, role } from './kit.ts';
import { neighbourRange } from './neighbour.ts';
import { podOn } from './pod.ts';
import type { Protocol } from './protocol.ts';
import { has, type Scope } from './scope.ts';

interface Hypervisor {
  /** Frames assigned to the domain (tot_pages). */
  readonly tot: number;
  /** max_pages. */
  readonly max: number;
  /** Free frames of the host. */
  readonly free: number;
  /** Frames held by the other domain. */
  readonly other: number;
  /** Frames of domains that a memory manager looks after beside this one. */
  readonly beside: number;
  /** Free frames promised to somebody else (outstanding_claims). */
  readonly claims: number;
}

export const GRANTS = [
  ...['populate.ok', 'populate.over', 'fill.ok', 'fill.over'],
  ...['podset.grow', 'podset.enomem'],
] as const;
export const RETURNS = ['decrease.ok', 'unfill.ok', 'lend.inflate', 'decrease.surplus'] as const;
const LIMITS = ['max.set', 'memmax.set'];

const amount = (label: Label) => payload(label, 'pages');

/** Frames for another domain, promised and given (newcomer.ts). */
const CLAIMING: Handlers<Hypervisor> = {
  'claim.set': {
    when: (c, l) => amount(l) <= c.free - c.claims,
    set: (c, l) => ({ claims: c.claims + amount(l) }),
  },
  'claim.use': {
    when: (c, l) => amount(l) <= c.free,
    set: (c, l) => ({
      free: c.free - amount(l),
      other: c.other + amount(l),
      claims: c.claims - amount(l),
    }),
  },
  'claim.alloc': {
    when: (c, l) => amount(l) <= c.free,
    set: (c, l) => ({ free: c.free - amount(l), other: c.other + amount(l) }),
  },
  ...each<Hypervisor>(['claim.settle', 'claim.eaten', 'claim.cancel'], {
    set: (c, l) => ({ claims: c.claims - amount(l) }),
  }),
  'newcomer.kill': { set: () => ({ claims: 0 }) },
  'newcomer.free': { set: (c, l) => ({ free: c.free + amount(l), other: c.other - amount(l) }) },
};

/** Frames of everybody whom a memory manager looks after, beside the guest (neighbour.ts). */
const managed = (room: (c: Hypervisor) => number): Handlers<Hypervisor> => ({
  ...each<Hypervisor>(['neighbour.take', 'build.ok'], {
    when: (c, l) => amount(l) <= room(c),
    set: (c, l) => ({ free: c.free - amount(l), beside: c.beside + amount(l) }),
  }),
  'build.short': { when: (c, l) => amount(l) > room(c) },
  ...each<Hypervisor>(['neighbour.give', 'neighbour.gone', 'build.gone'], {
    set: (c, l) => ({ free: c.free + amount(l), beside: c.beside - amount(l) }),
  }),
});

export function hypervisorChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const atBoot = scope.bootPages - scope.bootBallooned - (podOn(form, scope) ? scope.bootPod : 0);
  const pages = (label: Label) => payload(label, 'pages');
  const unclaimed = (c: Hypervisor) => c.free - (protocol.claimsHonoured ? c.claims : 0);
  const room = (c: Hypervisor) =>
    Math.max(0, Math.min(unclaimed(c), protocol.checksCap ? c.max - c.tot : Number.MAX_SAFE_INTEGER));
  const asked = (c: Hypervisor, l: Label) =>
    protocol.setsLimit ? { target: pages(l), less: pages(l) - 1, wrapped: 0 }[protocol.limitFor] : c.max;
  const limit = (c: Hypervisor, l: Label) =>
    protocol.limitBelowTot || asked(c, l) >= c.tot ? asked(c, l) : c.max;
  const isManaged = has(scope, 'squeezed');
  const others = isManaged ? neighbourRange(scope).min : 0;
  const dropped = protocol.decreaseFrees ? 1 : 0;
  const returned = protocol.decreaseFrees && protocol.returnsToHeap ? 1 : 0;
  return chart<Hypervisor>({
    id: 'hypervisor',
    kind: 'hypervisor',
    actor: 'hypervisor',
    families: {
      ...role('decides', ...GRANTS, 'populate.short', 'populate.refused', 'fill.short', 'fill.refused'),
      ...role('decides', 'host.take', 'host.give'),
      ...role('observes', ...RETURNS, ...LIMITS),
      ...role('decides', ...Object.keys(CLAIMING), ...(isManaged ? Object.keys(managed(unclaimed)) : [])),
    },
    context: {
      tot: atBoot,
      max: scope.targets[0] ?? scope.bootPages,
      free: scope.hostPages - atBoot - others,
      other: 0,
      beside: others,
      claims: 0,
    },
    initial: 'counting',
    states: {
      counting: {
        ...each<Hypervisor>(GRANTS, {
          when: (c, l) => pages(l) <= room(c) && (l.type !== 'podset.enomem' || pages(l) === room(c)),
          set: (c, l) => ({ tot: c.tot + pages(l), free: c.free - pages(l) }),
        }),
        ...each<Hypervisor>(['populate.short', 'populate.refused', 'fill.short', 'fill.refused'], {
          when: (c) => room(c) === 0,
        }),
        ...each<Hypervisor>(RETURNS, [
          {
            when: (c, l) => pages(l) <= c.tot,
            set: (c, l) => ({ tot: c.tot - dropped * pages(l), free: c.free + returned * pages(l) }),
          },
          { to: 'wrapped' },
        ]),
        ...each<Hypervisor>(LIMITS, { set: (c, l) => ({ max: limit(c, l) }) }),
        'host.take': {
          when: (c, l) => pages(l) <= unclaimed(c),
          set: (c, l) => ({ free: c.free - pages(l), other: c.other + pages(l) }),
        },
        ...CLAIMING,
        ...(isManaged ? managed(unclaimed) : {}),
        'host.give': {
          when: (c, l) => pages(l) <= c.other,
          set: (c, l) => ({ free: c.free + pages(l), other: c.other - pages(l) }),
        },
      },
      wrapped: each<Hypervisor>([...RETURNS, ...LIMITS], {}),
    },
    observe: ({ beside, ...c }, value) => ({
      ...c,
      other: c.other + beside,
      installed: scope.hostPages,
      /** What the domain had at boot, and nobody else holds anything. */
      atStart: c.tot === scope.bootPages - scope.bootBallooned && c.other === 0 && beside === others ? 1 : 0,
      overCap: c.tot > c.max ? 1 : 0,
      wrapped: value === 'wrapped' ? 1 : 0,
    }),
    show: (c) => `tot ${c.tot} of max ${c.max}, host free ${c.free}`,
  });
}

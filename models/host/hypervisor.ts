/**
 * Hypervisor: what the domain has, what it may have, and what the host has left.
 * Decides each populate: extents are granted while the heap has frames and tot stays within max; then the call ends short or refused.
 * The limit may be set below what the domain has; nothing is assigned until it has shrunk.
 * Source: xen/common/memory.c `populate_physmap`, `decrease_reservation`; xen/common/page_alloc.c `assign_pages`.
 */
import type { ModelChart, Quantities } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { writesP2m } from '../guest/p2m.ts';
import { chart, each, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { STOPS } from './migrator.ts';
import { besideAtStart } from './neighbour.ts';
import { podOn } from './pod.ts';
import { isReferred, referredFrames } from './references.ts';
import { CRASHES, hasSpecial } from './special.ts';
import { unmappedFamilies, unmappedFrames } from './unmapped.ts';

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
  /** Frames of the domain that its P2M does not name; kept where each write of it is a step (p2m.ts). */
  readonly unnamed: number;
  /** Frames that it has given back and a backend still refers to (references.ts). */
  readonly held: number;
  /** Frames that no map names and nobody knows of, and whether the call under way has just left one (unmapped.ts). */
  readonly unmapped: number;
  readonly stopped: number;
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
const GIVEN = ['populate.ok', 'populate.over', 'fill.ok', 'fill.over'];
/** A restored domain has the frames that its P2M named when it was saved. */
const NAMING: Handlers<Hypervisor> = {
  'p2mset.ok': { set: (c, l) => ({ unnamed: c.unnamed - amount(l) }) },
  ...each<Hypervisor>(['p2mdrop.ok', 'p2mset.staleover', 'lend.mapover'], {
    set: (c, l) => ({ unnamed: c.unnamed + amount(l) }),
  }),
  ...each<Hypervisor>(STOPS, {
    set: (c) => ({ tot: c.tot - c.unnamed, free: c.free + c.unnamed, unnamed: 0 }),
  }),
};

const observing =
  (scope: Scope, late: boolean) =>
  ({ unnamed, beside, unmapped, stopped: _, ...c }: Hypervisor, value: string): Quantities => ({
    ...c,
    other: c.other + beside,
    ...(late ? { unnamed } : {}),
    ...(has(scope, 'tables') ? { unmapped } : {}),
    installed: scope.hostPages,
    /** What the domain had at boot, and nobody else holds anything. */
    atStart:
      c.tot === scope.bootPages - scope.bootBallooned && c.other + beside === besideAtStart(scope) ? 1 : 0,
    overCap: c.tot > c.max ? 1 : 0,
    wrapped: value === 'wrapped' ? 1 : 0,
  });

/** The limit once somebody has written one: some protocols set none, or none below what the domain has. */
function limitAfter(protocol: Protocol, c: Hypervisor, l: Label): number {
  const asked = { target: amount(l), less: amount(l) - 1, wrapped: 0 }[protocol.limitFor];
  return protocol.setsLimit && (protocol.limitBelowTot || asked >= c.tot) ? asked : c.max;
}

export function hypervisorChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const atBoot = scope.bootPages - scope.bootBallooned - (podOn(form, scope) ? scope.bootPod : 0);
  const unclaimed = (c: Hypervisor) => c.free - (protocol.claimsHonoured ? c.claims : 0);
  const room = (c: Hypervisor) =>
    Math.max(0, Math.min(unclaimed(c), protocol.checksCap ? c.max - c.tot : Number.MAX_SAFE_INTEGER));
  const others = besideAtStart(scope);
  const further = { ...CLAIMING, ...(others > 0 ? managed(unclaimed) : {}) };
  const dropped = protocol.decreaseFrees ? 1 : 0;
  const returned = protocol.decreaseFrees && protocol.returnsToHeap ? 1 : 0;
  const late = writesP2m(protocol, form, scope);
  const special = hasSpecial(form, scope);
  const referred = isReferred(scope) ? referredFrames(scope, protocol.waitsForReferences) : {};
  const unmapped = unmappedFamilies(protocol, scope);
  /** Granted: without an entry so far. Given back: without one already; a run that is given back is one step. */
  const unnamed = (c: Hypervisor, l: Label) => {
    if (!late) return 0;
    if (GIVEN.includes(l.type)) return c.unnamed + amount(l);
    return l.type === 'decrease.ok' ? c.unnamed - amount(l) : c.unnamed;
  };
  const counting: Handlers<Hypervisor> = {
    ...each<Hypervisor>(GRANTS, {
      when: (c, l) => amount(l) <= room(c) && (l.type !== 'podset.enomem' || amount(l) === room(c)),
      set: (c, l) => ({ tot: c.tot + amount(l), free: c.free - amount(l), unnamed: unnamed(c, l) }),
    }),
    ...each<Hypervisor>(['populate.short', 'populate.refused', 'fill.short', 'fill.refused'], {
      when: (c) => room(c) === 0,
    }),
    ...each<Hypervisor>(RETURNS, [
      {
        when: (c, l) => amount(l) <= c.tot,
        set: (c, l) => ({
          tot: c.tot - dropped * amount(l),
          free: c.free + returned * amount(l),
          unnamed: unnamed(c, l),
        }),
      },
      { to: 'wrapped' },
    ]),
    ...each<Hypervisor>(LIMITS, { set: (c, l) => ({ max: limitAfter(protocol, c, l) }) }),
    'host.take': {
      when: (c, l) => amount(l) <= unclaimed(c),
      set: (c, l) => ({ free: c.free - amount(l), other: c.other + amount(l) }),
    },
    ...further,
    ...(late ? NAMING : {}),
    ...referred,
    ...(special ? each<Hypervisor>(CRASHES, { when: (c, l) => amount(l) <= room(c) }) : {}),
    'host.give': {
      when: (c, l) => amount(l) <= c.other,
      set: (c, l) => ({ free: c.free + amount(l), other: c.other - amount(l) }),
    },
  };
  return chart<Hypervisor>({
    id: 'hypervisor',
    kind: 'hypervisor',
    actor: 'hypervisor',
    families: {
      ...role('decides', ...GRANTS, 'populate.short', 'populate.refused', 'fill.short', 'fill.refused'),
      ...role('observes', ...RETURNS, ...LIMITS),
      ...role('decides', 'host.take', 'host.give', ...Object.keys(further), ...(special ? CRASHES : [])),
      ...(late ? role('observes', ...Object.keys(NAMING)) : {}),
      ...role('decides', ...Object.keys(referred), ...unmapped),
    },
    dense: ['max', 'other'],
    context: {
      tot: atBoot,
      max: scope.targets[0] ?? scope.bootPages,
      free: scope.hostPages - atBoot - others,
      other: 0,
      beside: others,
      claims: 0,
      unnamed: 0,
      held: 0,
      unmapped: 0,
      stopped: 0,
    },
    initial: 'counting',
    states: {
      counting: unmapped.length === 0 ? counting : unmappedFrames(counting, protocol, unmapped, room),
      wrapped: each<Hypervisor>([...RETURNS, ...LIMITS, ...(late ? Object.keys(NAMING) : [])], {}),
    },
    observe: observing(scope, late),
    show: (c) => `tot ${c.tot} of max ${c.max}, host free ${c.free}`,
  });
}

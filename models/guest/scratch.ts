/**
 * Scratch: the allocator of address space that never held RAM (unpopulated-alloc, since 5.9), from which grant and foreign maps get
 * their places instead of from the balloon. It takes whole sections from the same iomem as hotplug, gives none back, and touches
 * neither the balloon list nor the driver's books. In scopes with the actor `scratch`.
 *
 *   idle ──scratch.reserve──► mapping ──scratch.map──► idle        the list is empty: a section is registered, then mapped
 *                                     ──scratch.enomem──► idle     released; the request fails
 *        ──scratch.nogap──► idle                                   no address space: the request fails
 *        ──scratch.take, scratch.give──► idle                      a page as a place, and back
 *
 * Where a failure is reported as success (until 2021) the caller takes a page of an empty list: `scratch.empty`, the end of the
 * kernel. So does asking for the entry of a page that the P2M has no room for: `scratch.bug`. Neither is followed further.
 * A page that is taken has its leaf in the P2M; that a want of it fails a request leaves nothing behind and is no step.
 * Source: linux drivers/xen/unpopulated-alloc.c `fill_list`, `xen_alloc_unpopulated_pages`; arch/x86/xen/p2m.c `xen_alloc_p2m_entry`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { chart, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { isNamed } from './reach.ts';

interface Scratch {
  /** Pages on its list; pages that somebody has. */
  readonly spare: number;
  readonly used: number;
  /** Section that it has registered and not mapped yet. */
  readonly section: number;
}

export const hasScratch = (scope: Scope): boolean => has(scope, 'scratch');

/** Families of one section. */
const OF_SECTION = ['scratch.reserve', 'scratch.map', 'scratch.enomem'] as const;
const PAGES = ['scratch.take', 'scratch.give'] as const;

const pages = (label: Label) => payload(label, 'pages');

export function scratchChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const size = scope.pagesPerSection;
  const mine = (c: Scratch, l: Label) => payload(l, 'section') === c.section;
  const nothing = () => ({ section: 0 });
  const states: Record<string, Handlers<Scratch>> = {
    idle: {
      'scratch.reserve': {
        when: (c) => c.spare === 0,
        set: (_, l) => ({ section: payload(l, 'section') }),
        to: 'mapping',
      },
      'scratch.nogap': { when: (c) => c.spare === 0 },
      'scratch.take': {
        when: (c, l) => pages(l) <= c.spare,
        set: (c, l) => ({ spare: c.spare - pages(l), used: c.used + pages(l) }),
      },
      'scratch.give': {
        when: (c, l) => pages(l) <= c.used,
        set: (c, l) => ({ spare: c.spare + pages(l), used: c.used - pages(l) }),
      },
      ...(bugs(protocol, form, scope)
        ? { 'scratch.bug': { when: (c: Scratch) => c.spare > 0, to: 'dead' } }
        : {}),
    },
    mapping: {
      'scratch.map': { when: mine, set: (c) => ({ ...nothing(), spare: c.spare + size }), to: 'idle' },
      'scratch.enomem': { when: mine, set: nothing, to: protocol.tellsFailedFill ? 'idle' : 'lied' },
    },
    ...(protocol.tellsFailedFill ? {} : { lied: { 'scratch.empty': { to: 'dead' } } }),
    ...(protocol.tellsFailedFill && !bugs(protocol, form, scope) ? {} : { dead: {} }),
  };
  return chart<Scratch>({
    id: 'scratch',
    kind: 'scratch',
    actor: 'scratch',
    families: role('initiates', ...new Set(Object.values(states).flatMap((moves) => Object.keys(moves)))),
    context: { spare: 0, used: 0, section: 0 },
    initial: 'idle',
    states,
    observe: ({ spare, used }, value) => ({ spare, used, mapping: value === 'mapping' ? 1 : 0 }),
    show: (c, value) => `${value}, ${c.spare} spare, ${c.used} used`,
  });
}

/** Some section has no room in the P2M, which nobody looks at before a page of it is asked for. */
const bugs = (protocol: Protocol, form: Form, scope: Scope): boolean =>
  Array.from({ length: scope.sections }, (_, n) => n).some((n) => !isNamed(n, protocol, form, scope));

export function scratchLabels(protocol: Protocol, form: Form, scope: Scope): Label[] {
  if (!hasScratch(scope)) return [];
  const hot = Array.from({ length: scope.sections }, (_, section) => section);
  const beyond = hot.filter((section) => !isNamed(section, protocol, form, scope));
  return [
    ...OF_SECTION.flatMap((type) => hot.map((section) => ({ type, section }))),
    { type: 'scratch.nogap' },
    ...PAGES.flatMap((type) => hot.map((section) => ({ type, section, pages: 1 }))),
    ...beyond.map((section) => ({ type: 'scratch.bug', section, pages: 1 })),
    ...(protocol.tellsFailedFill ? [] : [{ type: 'scratch.empty' }]),
  ];
}

/** Families that it has here. */
export const scratchFamilies = (protocol: Protocol, form: Form, scope: Scope): readonly string[] => [
  ...new Set(scratchLabels(protocol, form, scope).map(({ type }) => type)),
];

/**
 * References: a backend of another domain that has mapped pages of this one. A page that is given back while it is mapped is given
 * back for the guest (`decrease.held`: the extent is done), and for Xen it stays the domain's until the last reference goes (`ref.drop`).
 * Source: xen/common/memory.c `guest_remove_page`, xen/common/page_alloc.c `free_domheap_pages`; xen/common/grant_table.c.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { chart, type Handlers, role, stay } from '../kit.ts';
import { has, type Scope } from '../scope.ts';
import { POD_DECREASES, podOn } from './pod.ts';

/** Somebody else maps pages of the guest; not where each write of the P2M is a step. */
export const isReferred = (scope: Scope): boolean => has(scope, 'backend') && !has(scope, 'p2m');

/** How a page given back can end, besides `decrease.ok`. */
export const otherDecreases = (form: Form, scope: Scope): readonly string[] => [
  ...(podOn(form, scope) ? POD_DECREASES : []),
  ...(isReferred(scope) ? ['decrease.held'] : []),
];

const pages = (label: Label) => payload(label, 'pages');

/** What Xen counts of it. */
interface Counts {
  readonly tot: number;
  readonly free: number;
  /** Frames given back whose last reference is another domain's. */
  readonly held: number;
}

/** Most of them at a time. */
const heldMax = (scope: Scope): number => scope.batch;

/** `waits`: a frame stays the domain's while somebody refers to it. */
export const referredFrames = (scope: Scope, waits: boolean): Handlers<Counts> => ({
  'decrease.held': {
    when: (c, l) => c.held + pages(l) <= heldMax(scope) && pages(l) <= c.tot,
    set: (c, l) => ({ held: c.held + pages(l), ...(waits ? {} : freed(c, pages(l))) }),
  },
  'ref.drop': {
    when: (c, l) => pages(l) <= c.held,
    set: (c, l) => ({ held: c.held - pages(l), ...(waits ? freed(c, pages(l)) : {}) }),
  },
});

const freed = (c: Counts, frames: number) => ({ tot: c.tot - frames, free: c.free + frames });

/** May let go of any page at any time; what it holds, Xen knows. */
export function backendChart(): ModelChart {
  return chart<Record<string, never>>({
    id: 'backend',
    kind: 'backend',
    actor: 'backend',
    families: role('initiates', 'ref.drop'),
    context: {},
    initial: 'there',
    states: { there: { 'ref.drop': stay } },
    observe: () => ({}),
  });
}

export function referenceLabels(scope: Scope): Label[] {
  if (!isReferred(scope)) return [];
  const hot = Array.from({ length: scope.sections }, (_, n) => n);
  const all = [...(scope.bootPages > 0 ? [BOOT] : []), ...hot];
  return [
    ...all.map((section) => ({ type: 'decrease.held', section, pages: 1 })),
    { type: 'ref.drop', pages: 1 },
  ];
}

/**
 * Books: what the driver believes, split where no guard reads both halves.
 *   books  target, current, low: the credit and the length of the balloon list
 *   need   target, total: whether address space is missing
 * Each holds its own copy of the target, fed by the same `target.set`.
 * Source: linux drivers/xen/balloon.c `current_credit`, `balloon_is_inflated`, `reserve_additional_memory`.
 */
import type { ModelChart } from '../src/core/chart.ts';
import { type Label, payload } from '../src/core/label.ts';
import { ceiling, kept } from './counters.ts';
import { expectingBooks } from './expecting-books.ts';
import type { Form } from './form.ts';
import { chart, each, role, stay } from './kit.ts';
import { POD_DECREASES, podOn } from './pod.ts';
import { type Protocol, startTarget, unitOf } from './protocol.ts';
import type { Scope } from './scope.ts';
import { decisions, wakes } from './wakes.ts';

interface Books {
  /** target_pages. */
  readonly target: number;
  /** current_pages: frames the driver believes it has. */
  readonly current: number;
  /** balloon_low: length of the balloon list. */
  readonly low: number;
}

const pages = (label: Label) => payload(label, 'pages');

export const booksChart = (protocol: Protocol, form: Form, scope: Scope): ModelChart =>
  protocol.expects ? expectingBooks(protocol, form, scope) : plainBooks(protocol, form, scope);

function plainBooks(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const credit = (c: Books) => c.target - c.current;
  const pod = podOn(form, scope);
  const awaits = pod && protocol.awaitsFirstShrink;
  const counting = (after: (c: Books, l: Label) => Partial<Books>) =>
    kept<Books>((c, l) => ({ ...c, ...after(c, l) }), ceiling(scope));
  const observed = {
    'target.set': { set: (_: Books, l: Label) => ({ target: pages(l) }) },
    ...each<Books>(
      ['populate.ok', 'populate.over'],
      counting((c, l) => ({ current: c.current + pages(l), low: c.low - pages(l) })),
    ),
    ...each<Books>(
      ['decrease.ok', ...(pod ? POD_DECREASES : [])],
      counting((c, l) => ({
        current: c.current - protocol.decreaseCounts * pages(l),
        low: c.low + pages(l),
      })),
    ),
    ...(protocol.callback === 'allocator'
      ? {}
      : each<Books>(
          ['online.page', 'autoonline.page'],
          counting((c, l) => ({ low: c.low + pages(l) })),
        )),
    ...(protocol.countsKeptPage
      ? each<Books>(
          ['online.kept', 'autoonline.kept'],
          counting((c, l) => ({ low: c.low + pages(l) })),
        )
      : {}),
    ...(protocol.countCurrent
      ? {
          'count.done': counting((c, l) => ({
            current: c.current + payload(l, 'count') * scope.pagesPerSection,
          })),
        }
      : {}),
  };
  const families = Object.keys(observed);
  const deciding = decisions(protocol).flatMap((decision) => wakes(decision, protocol));
  return chart<Books>({
    id: 'books',
    kind: 'books',
    actor: 'driver',
    families: {
      ...role('observes', ...families),
      ...role('initiates', ...deciding),
      ...(awaits ? role('decides', 'init.done') : {}),
    },
    context: {
      target: startTarget(protocol, scope),
      current: scope.bootPages - scope.bootBallooned,
      low: scope.bootBallooned,
    },
    initial: 'counting',
    states: {
      counting: {
        ...observed,
        ...each<Books>(wakes('refill', protocol), {
          when: (c, l) => credit(c) > 0 && c.low > 0 && pages(l) === Math.min(credit(c), c.low, scope.batch),
        }),
        ...each<Books>(wakes('hotplug', protocol), { when: (c) => credit(c) > 0 && c.low === 0 }),
        ...each<Books>(wakes('shrink', protocol), {
          // Fewer when si_mem_available() says so.
          when: (c, l) => credit(c) < 0 && pages(l) <= Math.min(-credit(c), scope.batch),
        }),
        ...each<Books>(wakes('idle', protocol), { when: (c) => credit(c) === 0 }),
        ...(awaits ? { 'init.done': { when: (c: Books) => credit(c) >= 0 } } : {}),
      },
      wrapped: each<Books>(families, stay),
      overflow: each<Books>(families, stay),
    },
    observe: (c, value) => ({
      ...c,
      wrapped: value === 'wrapped' ? 1 : 0,
      overflow: value === 'overflow' ? 1 : 0,
    }),
    show: (c, value) =>
      value === 'counting' ? `target ${c.target}, current ${c.current}, low ${c.low}` : value,
  });
}

interface Need {
  readonly target: number;
  /** total_pages: every PFN the driver manages. */
  readonly total: number;
}

export function needChart(protocol: Protocol, scope: Scope): ModelChart {
  const need = (c: Need) => c.target - c.total;
  const unit = unitOf(protocol, scope.sectionsPerBlock);
  const run = (c: Need) =>
    unit * Math.min(Math.ceil(need(c) / (unit * scope.pagesPerSection)), protocol.runMax);
  const observed = {
    'target.set': { set: (_: Need, l: Label) => ({ target: pages(l) }) },
    ...(protocol.countTotal
      ? {
          'count.done': kept<Need>(
            (c, l) => ({ ...c, total: c.total + payload(l, 'count') * scope.pagesPerSection }),
            ceiling(scope),
          ),
        }
      : {}),
  };
  const families = Object.keys(observed);
  return chart<Need>({
    id: 'need',
    kind: 'need',
    actor: 'driver',
    families: {
      ...role('observes', ...families),
      ...role('initiates', 'need.none', 'reserve.ok', 'reserve.nogap'),
    },
    context: { target: startTarget(protocol, scope), total: scope.bootPages },
    initial: 'counting',
    states: {
      counting: {
        ...observed,
        'need.none': { when: (c) => need(c) <= 0 },
        'reserve.ok': {
          when: (c, l) => need(c) > 0 && payload(l, 'count') === run(c) && payload(l, 'first') % unit === 0,
        },
        'reserve.nogap': { when: (c, l) => need(c) > 0 && payload(l, 'count') === run(c) },
      },
      wrapped: each<Need>(families, stay),
      overflow: each<Need>(families, stay),
    },
    observe: (c, value) => ({
      ...c,
      wrapped: value === 'wrapped' ? 1 : 0,
      overflow: value === 'overflow' ? 1 : 0,
    }),
    show: (c) => `total ${c.total}`,
  });
}

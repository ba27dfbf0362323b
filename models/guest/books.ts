/**
 * Books: what the driver believes, split where no guard reads both halves.
 *   books  target, current, low: the credit and the length of the balloon list
 *   need   target, total: whether address space is missing
 * Each holds its own copy of the target, fed by the same `target.set`.
 * Source: linux drivers/xen/balloon.c `current_credit`, `balloon_is_inflated`, `reserve_additional_memory`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { podOn } from '../host/pod.ts';
import { otherDecreases } from '../host/references.ts';
import { chart, each, type Handlers, type Move, role, stay } from '../kit.ts';
import { fillsToTarget, type Protocol, unitOf } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { bootBooks, ceiling, kept, keptBut } from './counters.ts';
import { expectingBooks } from './expecting-books.ts';
import { looking, ownTarget, takesOffset } from './first-look.ts';
import { clampOf, clampsTo } from './no-hotplug.ts';
import { removesBlocks } from './removing.ts';
import { fixesInTwo, hasSecondBorrower } from './second-borrower.ts';
import { hasSecondCaller, secondCaller } from './second-caller.ts';
import { decisions, wakes } from './wakes.ts';

interface Books {
  /** target_pages. */
  readonly target: number;
  /** current_pages: frames the driver believes it has. */
  readonly current: number;
  /** balloon_low: length of the balloon list. */
  readonly low: number;
  /** target_diff (first-look.ts). */
  readonly offset: number;
}

const pages = (label: Label) => payload(label, 'pages');
const credit = (c: Books) => c.target - c.current;

export const booksChart = (protocol: Protocol, form: Form, scope: Scope): ModelChart =>
  protocol.expects ? expectingBooks(protocol, form, scope) : plainBooks(protocol, form, scope);

function plainBooks(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const observed = entries(protocol, form, scope);
  const awaits = podOn(form, scope) && protocol.awaitsFirstShrink;
  const families = Object.keys(observed);
  const whenEmpty = [...ON_EMPTY_LIST, ...(hasSecondCaller(protocol, scope) ? ASKING : [])];
  const deciding = decisions(protocol).flatMap((decision) => wakes(decision, protocol));
  const { target, current, low } = bootBooks(protocol, scope);
  const wholes = (amount: number, unit: number) => unit * Math.ceil(amount / unit);
  const shrinkMost = (c: Books) => wholes(-credit(c), Math.max(protocol.shrinkUnit, protocol.pageUnit));
  const refillMost = (c: Books) => wholes(credit(c), protocol.pageUnit);
  return chart<Books>({
    id: 'books',
    kind: 'books',
    actor: 'driver',
    families: {
      ...role('observes', ...families),
      ...role('initiates', ...deciding, ...adopting(protocol)),
      ...role('decides', 'lend.inflate', 'lend.resume', ...whenEmpty),
      ...role('decides', ...clampOf(protocol), ...(awaits ? ['init.done'] : [])),
    },
    dense: ['target'],
    context: { target, current, low, offset: 0 },
    initial: 'counting',
    states: {
      counting: {
        ...observed,
        ...each<Books>(wakes('refill', protocol), {
          when: (c, l) =>
            credit(c) > 0 && c.low > 0 && pages(l) === Math.min(refillMost(c), c.low, scope.batch),
        }),
        ...each<Books>(wakes('hotplug', protocol), { when: (c) => credit(c) > 0 && c.low === 0 }),
        ...each<Books>(wakes('shrink', protocol), {
          // Fewer when si_mem_available() says so.
          when: (c, l) => credit(c) < 0 && pages(l) <= Math.min(shrinkMost(c), scope.batch),
        }),
        ...each<Books>(wakes('idle', protocol), { when: (c) => credit(c) === 0 }),
        ...(removesBlocks(protocol)
          ? each<Books>(wakes('vacate', protocol), {
              when: (c, l) => -credit(c) >= (protocol.removesFor === 'wholeBlock' ? pages(l) : 1),
            })
          : {}),
        ...(fillsToTarget(protocol) ? growing(protocol, scope) : {}),
        // Where there is high memory, what is lent is low (highmem.ts).
        ...each<Books>(whenEmpty, { when: (c) => form.highmem || c.low === 0 }),
        ...each<Books>(clampOf(protocol), {
          when: (c, l) => clampsTo(protocol, c.current, l),
          set: (_, l) => ({ target: pages(l) }),
        }),
        ...(awaits ? { 'init.done': { when: (c: Books) => credit(c) >= 0 } } : {}),
        'lend.resume': { when: (c) => c.low > 0 },
        'lend.inflate': {
          when: (c) => form.highmem || c.low === 0,
          set: (c, l) => ({ current: c.current - pages(l), low: c.low + pages(l) }),
        },
      },
      wrapped: each<Books>(families, stay),
      overflow: each<Books>(families, stay),
    },
    observe: ({ offset: _, ...c }, value) => ({
      ...c,
      wrapped: value === 'wrapped' || c.target < 0 ? 1 : 0,
      overflow: value === 'overflow' ? 1 : 0,
    }),
    show: (c, value) =>
      value === 'counting' ? `target ${c.target}, current ${c.current}, low ${c.low}` : value,
  });
}

/** Where a failed run changes the target as well, what each can be at most while every page and frame is there once. */
const most = (protocol: Protocol, scope: Scope): number | Readonly<Record<keyof Books, number>> =>
  fillsToTarget(protocol)
    ? {
        target: Math.max(...scope.targets),
        current: scope.hostPages,
        low: scope.bootPages + scope.sections * scope.pagesPerSection,
        offset: 0,
      }
    : ceiling(scope);

/** What is entered whether or not the driver would have it so. */
function entries(protocol: Protocol, form: Form, scope: Scope): Handlers<Books> {
  const takes = takesOffset(protocol, form, scope);
  const counting = (after: (c: Books, l: Label) => Partial<Books>) => {
    const all = (c: Books, l: Label): Books => ({ ...c, ...after(c, l) });
    return takes ? keptBut<Books>(all, most(protocol, scope)) : kept<Books>(all, most(protocol, scope));
  };
  return {
    'target.set': { set: (c, l) => ({ target: ownTarget(protocol, c, l) }) },
    ...looking(takes),
    ...each<Books>(
      ['populate.ok', 'populate.over'],
      counting((c, l) => ({ current: c.current + pages(l), low: c.low - pages(l) })),
    ),
    ...each<Books>(
      ['decrease.ok', ...otherDecreases(form, scope)],
      counting((c, l) => ({
        current: c.current - protocol.decreaseCounts * pages(l),
        low: c.low + protocol.decreaseLists * pages(l),
      })),
    ),
    ...each<Books>(
      ['lend.take', 'lend.live'],
      counting((c, l) => ({ low: c.low - pages(l) })),
    ),
    ...each<Books>(
      ['lend.free', 'lend.freelive'],
      counting((c, l) => ({ low: c.low + pages(l) })),
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
    ...(fillsToTarget(protocol) ? filling(protocol, counting) : {}),
    ...(protocol.countCurrent
      ? {
          'count.done': counting((c, l) => ({
            current: c.current + payload(l, 'count') * scope.pagesPerSection,
          })),
        }
      : {}),
    ...(removesBlocks(protocol)
      ? {
          'uncount.done': counting((c, l) => ({
            current: c.current - payload(l, 'count') * scope.pagesPerSection,
          })),
        }
      : {}),
  };
}

/** What somebody who borrows pages does when the list is empty. */
const ON_EMPTY_LIST = ['lend.nomem'];
const ASKING = ['userneed.none', 'userreserve.ok', 'userreserve.nogap'];

/** What is put into a run counts at once; a run that fails is counted out again. */
function filling(
  protocol: Protocol,
  counting: (after: (c: Books, l: Label) => Partial<Books>) => readonly Move<Books>[],
): Handlers<Books> {
  const lost = (l: Label) => (protocol.forfeits === 'currentAndTarget' ? pages(l) : 0);
  return {
    ...each<Books>(
      ['fill.ok', 'fill.over'],
      counting((c, l) => ({ current: c.current + pages(l) })),
    ),
    forfeit: counting((c, l) => ({ current: c.current - pages(l), target: c.target - lost(l) })),
  };
}

/** Decisions about a run that is filled up to the target. */
const growing = (protocol: Protocol, scope: Scope): Handlers<Books> => ({
  ...each<Books>(wakes('grow', protocol), {
    when: (c, l) => credit(c) > 0 && pages(l) === Math.min(credit(c), scope.batch),
  }),
  ...each<Books>(wakes('complete', protocol), { when: (c) => credit(c) === 0 }),
  ...each<Books>(adopting(protocol), {
    when: (c, l) => pages(l) === c.current,
    set: (_, l) => ({ target: pages(l) }),
  }),
});

/** The target becomes what the driver has. */
const adopting = (protocol: Protocol): readonly string[] =>
  fillsToTarget(protocol) && protocol.forfeits === 'targetFollows' ? ['adopt'] : [];

interface Need {
  readonly target: number;
  /** total_pages: every PFN the driver manages; current_pages where what is missing is the credit. */
  readonly total: number;
  /** target_unpopulated: pages lent, or asked for. */
  readonly lent: number;
  /** Ghost: pages of runs that are reserved and not in `total` yet; kept where there are two callers. */
  readonly underWay: number;
  /** target_unpopulated as read by whoever is about to write it. */
  readonly read: number;
  readonly offset: number;
}

export function needChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const takes = takesOffset(protocol, form, scope);
  const need = (c: Need) => c.target + c.lent - c.total;
  const unit = unitOf(protocol, scope.sectionsPerBlock);
  const run = (c: Need) =>
    unit * Math.min(Math.ceil(need(c) / (unit * scope.pagesPerSection)), protocol.runMax);
  const two = hasSecondCaller(protocol, scope);
  const size = (l: Label) => payload(l, 'count') * scope.pagesPerSection;
  const ended = (c: Need, l: Label) => (two ? { underWay: c.underWay - size(l) } : {});
  // The kernel adds it up as a signed number: one below nothing is that, not nearly 2^64.
  const counted = (after: (c: Need, l: Label) => Need) =>
    hasSecondBorrower(scope) ? { set: after } : (takes ? keptBut : kept)<Need>(after, ceiling(scope));
  const observed = {
    'target.set': { set: (c: Need, l: Label) => ({ target: ownTarget(protocol, c, l) }) },
    ...looking(takes),
    ...(fillsToTarget(protocol) ? credited(protocol, form, scope) : {}),
    ...(protocol.countTotal
      ? {
          'count.done': counted((c, l) => ({ ...c, total: c.total + size(l), ...ended(c, l) })),
        }
      : {}),
    ...(removesBlocks(protocol)
      ? { 'uncount.done': counted((c, l) => ({ ...c, total: c.total - size(l) })) }
      : {}),
    ...(two ? each<Need>(['release', 'p2m.enomem'], { set: ended }) : {}),
    ...(protocol.countsLent ? lentCounted(protocol, scope, counted) : {}),
  };
  const families = Object.keys(observed);
  const { target, total, current } = bootBooks(protocol, scope);
  return chart<Need>({
    id: 'need',
    kind: 'need',
    actor: 'driver',
    families: {
      ...role('observes', ...families),
      ...role('initiates', 'need.none', 'reserve.ok', 'reserve.nogap'),
      ...role('decides', ...clampOf(protocol)),
    },
    ...secondCaller(protocol, scope),
    dense: ['target'],
    context: {
      target,
      total: fillsToTarget(protocol) ? current : total,
      lent: 0,
      underWay: 0,
      read: 0,
      offset: 0,
    },
    initial: 'counting',
    states: {
      counting: {
        ...observed,
        'need.none': { when: (c) => need(c) <= 0 },
        'reserve.ok': {
          when: (c, l) => need(c) > 0 && payload(l, 'count') === run(c) && payload(l, 'first') % unit === 0,
          set: (c, l) => (two ? { underWay: c.underWay + size(l) } : {}),
        },
        'reserve.nogap': { when: (c, l) => need(c) > 0 && payload(l, 'count') === run(c) },
        ...each<Need>(clampOf(protocol), {
          when: (c, l) => payload(l, 'count') === c.lent,
          set: (_, l) => ({ target: pages(l) }),
        }),
      },
      wrapped: each<Need>(families, stay),
      overflow: each<Need>(families, stay),
    },
    observe: ({ read: _, offset: __, ...c }, value) => ({
      ...c,
      wrapped: value === 'wrapped' || c.lent < 0 ? 1 : 0,
      overflow: value === 'overflow' ? 1 : 0,
    }),
    show: (c) => `total ${c.total}${c.lent === 0 ? '' : `, ${c.lent} of it lent or asked for`}`,
  });
}

/** Pages lent or asked for; whoever mends the count of a failed request may read and write it in two steps. */
function lentCounted(
  protocol: Protocol,
  scope: Scope,
  counted: (after: (c: Need, l: Label) => Need) => Handlers<Need>[string],
): Handlers<Need> {
  const lending = (sign: 1 | -1) => counted((c, l) => ({ ...c, lent: c.lent + sign * pages(l) }));
  const inTwo = fixesInTwo(protocol, scope);
  const writing = counted((c, l) => ({ ...c, lent: c.read - pages(l), read: 0 }));
  return {
    'lend.begin': lending(1),
    ...each<Need>(['lend.free', 'lend.freelive'], lending(-1)),
    'lend.fixup': protocol.settlesFailedLend ? (inTwo ? writing : lending(-1)) : stay,
    ...(inTwo ? { 'lend.fixread': { set: (c: Need) => ({ read: c.lent }) } } : {}),
    ...(hasSecondBorrower(scope) ? { 'second.ask': lending(1), 'second.end': lending(-1) } : {}),
  };
}

/** What is missing is the credit: current, not total, is set against the target. */
function credited(protocol: Protocol, form: Form, scope: Scope): Handlers<Need> {
  const has = (after: (c: Need, l: Label) => Partial<Need>) =>
    kept<Need>((c, l) => ({ ...c, ...after(c, l) }), ceiling(scope));
  const lost = protocol.forfeits === 'currentAndTarget';
  return {
    ...each<Need>(
      ['populate.ok', 'populate.over', 'fill.ok', 'fill.over'],
      has((c, l) => ({ total: c.total + pages(l) })),
    ),
    ...each<Need>(
      ['decrease.ok', ...otherDecreases(form, scope)],
      has((c, l) => ({ total: c.total - protocol.decreaseCounts * pages(l) })),
    ),
    'lend.inflate': has((c, l) => ({ total: c.total - pages(l) })),
    forfeit: has((c, l) => ({ total: c.total - pages(l), target: c.target - (lost ? pages(l) : 0) })),
    ...(lost ? {} : { adopt: { set: (_: Need, l: Label) => ({ target: pages(l) }) } }),
  };
}

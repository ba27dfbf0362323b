/**
 * Books of 3.1: added memory counts before it exists.
 *   credit = target − current − hotplug       hotplug: added, not online yet, and wanted (hotplug_pages)
 *                                             spare: added, not online yet, beyond what was wanted (balloon_hotplug)
 * A page that comes online is taken off `hotplug`, or else off `spare`; nobody asks whether it was ever expected, so a block that
 * comes online for the second time takes `spare` below 0: an unsigned long wraps, and from then on (`endless`) the driver thinks
 * that it has pages to come for ever.
 * Source: linux 3.1 drivers/xen/balloon.c `current_credit`, `balloon_is_inflated`, `reserve_additional_memory`, `xen_online_page`,
 * `increase_reservation`, `decrease_reservation`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { otherDecreases } from '../host/references.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { bootBooks, kept, targetRead } from './counters.ts';
import { decisions, wakes } from './wakes.ts';

interface Expecting {
  readonly target: number;
  readonly current: number;
  /** balloon_low. */
  readonly low: number;
  /** hotplug_pages. */
  readonly hotplug: number;
  /** balloon_hotplug. */
  readonly spare: number;
  /** The credit that the run in hand was decided on. */
  readonly wanted: number;
}

const pages = (label: Label) => payload(label, 'pages');
const credit = (c: Expecting) => c.target - c.current - c.hotplug;

export function expectingBooks(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const deciding = decisions(protocol).flatMap((decision) => wakes(decision, protocol));
  const counting = handlers(protocol, form, scope, false);
  const observed = Object.keys(counting).filter(
    (family) => ![...deciding, ...PLACED, ...LENDING].includes(family),
  );
  const frozen = each<Expecting>(observed, stay);
  const { target, current, low } = bootBooks(protocol, scope);
  return chart<Expecting>({
    id: 'books',
    kind: 'books',
    actor: 'driver',
    families: {
      ...role('observes', ...observed),
      ...role('initiates', ...deciding, ...PLACED),
      ...role('decides', ...LENDING),
    },
    dense: ['target'],
    context: {
      target,
      current,
      low,
      hotplug: 0,
      spare: 0,
      wanted: 0,
    },
    initial: 'counting',
    states: { counting, endless: handlers(protocol, form, scope, true), wrapped: frozen, overflow: frozen },
    observe: (c, value) => ({
      ...c,
      wrapped: value === 'wrapped' || value === 'endless' ? 1 : 0,
      overflow: value === 'overflow' ? 1 : 0,
    }),
    show: (c, value) =>
      value === 'counting' || value === 'endless'
        ? `target ${c.target}, current ${c.current}, low ${c.low}, expected ${c.hotplug}, spare ${value === 'endless' ? 'WRAPPED' : c.spare}`
        : value,
  });
}

/** What each can be at most while every page and frame is there once: a list of pages, frames of the host, sections to come. */
function ceilings(scope: Scope): Readonly<Record<keyof Expecting, number>> {
  const added = scope.sections * scope.pagesPerSection;
  const most = Math.max(...scope.targets);
  return {
    target: most,
    current: scope.hostPages,
    low: scope.bootPages + added,
    hotplug: added,
    spare: added,
    wanted: most,
  };
}

const PLACED = ['place.ok', 'place.none'];
const LENDING = ['lend.nomem', 'lend.inflate', 'lend.forgo'];

/** `endless`: spare has wrapped to nearly 2^64, and stays there for all that is added to it or taken off. */
function handlers(protocol: Protocol, form: Form, scope: Scope, endless: boolean): Handlers<Expecting> {
  const size = scope.pagesPerSection;
  const most = ceilings(scope);
  const counting = (after: (c: Expecting, l: Label) => Partial<Expecting>) =>
    kept<Expecting>((c, l) => ({ ...c, ...after(c, l), ...(endless ? { spare: 0 } : {}) }), most);
  const online = (c: Expecting, l: Label): Partial<Expecting> => ({
    low: c.low + pages(l),
    ...(protocol.settlesExpected ? settled(c, l) : {}),
  });
  const wraps = (c: Expecting, l: Label) => !endless && (online(c, l).spare ?? 0) < 0;
  const moved = moving(endless);
  // Where there is high memory, what is lent is low (highmem.ts).
  const noneToLend = (c: Expecting) => form.highmem || c.low === 0;
  const run = (c: Expecting, l: Label) => payload(l, 'count') === Math.ceil(c.wanted / size);
  return {
    'target.set': { set: (_, l) => ({ target: targetRead(protocol, l) }) },
    ...each<Expecting>(
      ['populate.ok', 'populate.over'],
      counting((c, l) => ({ current: c.current + pages(l), low: c.low - pages(l) })),
    ),
    ...each<Expecting>(
      ['decrease.ok', ...otherDecreases(form, scope)],
      counting((c, l) => ({ current: c.current - pages(l), low: c.low + pages(l) })),
    ),
    ...each<Expecting>(
      ['lend.take', 'lend.live'],
      counting((c, l) => ({ low: c.low - pages(l) })),
    ),
    ...each<Expecting>(
      ['lend.free', 'lend.freelive'],
      counting((c, l) => ({ low: c.low + pages(l) })),
    ),
    'lend.nomem': { when: noneToLend },
    'lend.inflate': {
      when: (c) => noneToLend(c) && c.hotplug === 0,
      set: (c, l) => ({ current: c.current - pages(l), low: c.low + pages(l) }),
    },
    // Giving up a page that is not there yet: only numbers move, and the list stays empty.
    'lend.forgo': {
      when: (c, l) => noneToLend(c) && c.hotplug > 0 && pages(l) === c.hotplug,
      set: (c, l) => moved(c, -pages(l)),
    },
    ...each<Expecting>(
      ['online.page', 'autoonline.page'],
      [
        { when: wraps, set: (c, l) => ({ ...online(c, l), spare: 0 }), to: 'endless' },
        // The last of these is the else.
        ...counting(online).map(({ when, ...move }) => ({
          ...move,
          ...(when === undefined ? {} : { when: (c: Expecting, l: Label) => !wraps(c, l) && when(c, l) }),
        })),
      ],
    ),
    'count.done': counting((c, l) => ({
      hotplug: c.hotplug + c.wanted,
      spare: payload(l, 'count') * size - c.wanted,
      wanted: 0,
    })),
    ...each<Expecting>(['add.eexist', 'add.enomem', 'add.einval'], { set: () => ({ wanted: 0 }) }),
    'place.ok': { when: run },
    'place.none': { when: run, set: () => ({ wanted: 0 }) },
    ...deciding(protocol, scope, endless),
  };
}

/** Pages that are to come become wanted, or (below 0) wanted no more. */
const moving =
  (endless: boolean) =>
  (c: Expecting, n: number): Partial<Expecting> => ({
    hotplug: c.hotplug + n,
    spare: endless ? 0 : c.spare - n,
  });

/** What the driver does next, by its credit. */
function deciding(protocol: Protocol, scope: Scope, endless: boolean): Handlers<Expecting> {
  const hasSpare = (c: Expecting) => endless || c.spare > 0;
  const spare = (c: Expecting) => (endless ? Number.MAX_SAFE_INTEGER : c.spare);
  const moved = moving(endless);
  return {
    ...each<Expecting>(wakes('refill', protocol), {
      when: (c, l) => credit(c) > 0 && c.low > 0 && pages(l) === Math.min(credit(c), c.low, scope.batch),
    }),
    ...each<Expecting>(wakes('intend', protocol), {
      when: (c, l) =>
        credit(c) > 0 && c.low === 0 && hasSpare(c) && pages(l) === Math.min(credit(c), spare(c)),
      set: (c, l) => moved(c, pages(l)),
    }),
    ...each<Expecting>(wakes('hotplug', protocol), {
      when: (c) => credit(c) > 0 && c.low === 0 && !hasSpare(c),
      set: (c) => ({ wanted: credit(c) }),
    }),
    ...each<Expecting>(wakes('forgo', protocol), {
      when: (c, l) => credit(c) < 0 && c.hotplug > 0 && pages(l) === Math.min(-credit(c), c.hotplug),
      set: (c, l) => moved(c, -pages(l)),
    }),
    ...each<Expecting>(wakes('shrink', protocol), {
      when: (c, l) => credit(c) < 0 && c.hotplug === 0 && pages(l) <= Math.min(-credit(c), scope.batch),
    }),
    ...each<Expecting>(wakes('idle', protocol), { when: (c) => credit(c) === 0 }),
  };
}

/** Pages come off hotplug first; what is left comes off spare, whether or not there is any. */
function settled(c: Expecting, l: Label): Partial<Expecting> {
  const wanted = Math.min(c.hotplug, pages(l));
  return { hotplug: c.hotplug - wanted, spare: c.spare - (pages(l) - wanted) };
}

/**
 * The variant `lifecycle` written a second time, without charts: a plain record, and a function from a state and a label to
 * the state after it. What it is for: a slip in a chart that every engine would repeat shows as a difference between the two.
 *
 * Its author had read the design (§2, §3), the domain reference, labels.md, LIMITS.md, most of DECISIONS.md, protocol.ts, scope.ts,
 * scopes.ts, alphabet.ts, variants/lifecycle.ts, the head of wakes.ts and the properties: of the shipped model no chart, no driver
 * of one and no reference ledger. Then the two were stepped side by side, the shipped one as a black box. Slips of this one were
 * put right. Where the documents do not decide, or the shipped one departs from them, this one FOLLOWS, and says so there.
 *
 * Speaks about scopes of one section a block, in which every label run is one section.
 */

import type { Scope } from '../../../models/scope.ts';
import { BOOT, type Label } from '../../../src/core/label.ts';
import {
  type At,
  changed,
  credit,
  granted,
  listLength,
  type Moves,
  NOWHERE,
  type Outcome,
  type Pages,
  type State,
  type Successor,
  sectionOf,
} from './state.ts';

/** The end of a driver's step: the mutex is free again, the outcome counted (domain §3c, update_schedule). */
function asleep(state: State, outcome: Outcome, { retryLimit }: Scope): State {
  const ended: State = { ...state, at: 'asleep', left: 0, some: false, run: NOWHERE, mutex: 'free' };
  if (outcome === 'done') return { ...ended, outcome, failures: 0 };
  if (outcome !== 'again') return { ...ended, outcome };
  const failures = state.failures + 1;
  return failures < retryLimit
    ? { ...ended, outcome, failures }
    : { ...ended, outcome: 'cancelled', failures: 0 };
}

/** FOLLOWS: libxl never announces the target that already stands (that would change nothing). */
const toolstack: Moves = {
  'max.set': (s, { pages = 0 }, { writer }) => {
    if (writer === 'any') return { ...s, max: pages };
    return s.announced === 0 && pages !== s.target ? { ...s, announced: pages, max: pages } : undefined;
  },
  'target.set': (s, { pages = 0 }, { writer }) =>
    writer === 'any' || s.announced === pages ? { ...s, announced: 0, target: pages } : undefined,
};

/**
 * Why the thread may wake now: after `done` only for credit; otherwise when there is another order, or a timer fires.
 * FOLLOWS: targets are compared, not credits, so that what the last step itself achieved does not count as news.
 */
function wakes({ at, outcome, mutex, target, decided, current }: State, why: string): boolean {
  if (at !== 'asleep' || mutex !== 'free') return false;
  if (outcome === 'done') return why === 'done' && target !== current;
  if (why === 'changed') return target !== decided;
  return why === 'timer' && outcome !== 'cancelled';
}

const decision = (family: string, decide: Successor): Moves =>
  Object.fromEntries(
    ['done', 'changed', 'timer'].map((why): [string, Successor] => [
      `${family}.${why}`,
      (s, label, scope) => (wakes(s, why) ? decide({ ...s, decided: s.target }, label, scope) : undefined),
    ]),
  );
const step = (s: State, at: At, left = 0): State => ({ ...s, at, left, mutex: 'driver' });

const decisions: Moves = {
  ...decision('refill', (s, { pages = 0 }, { batch }) =>
    pages === Math.min(credit(s), listLength(s), batch) ? step(s, 'refilling', pages) : undefined,
  ),
  ...decision('hotplug', (s) => (credit(s) > 0 && listLength(s) === 0 ? step(s, 'asking') : undefined)),
  // Less than asked for where si_mem_available says so.
  ...decision('shrink', (s, { pages = 0 }, { batch }) =>
    pages <= Math.min(-credit(s), batch) ? step(s, 'shrinking', pages) : undefined,
  ),
  // The outcome is not rewritten, so that back-off counts another failure.
  ...decision('idle', (s, _, scope) => (credit(s) === 0 ? asleep(s, s.outcome, scope) : undefined)),
};

/** Moves one page between boot memory or a section and the balloon list; undefined where there is none to move. */
function moved(s: State, section: number, inUse: 1 | -1): State | undefined {
  const from = section === BOOT ? s.boot : sectionOf(s, section);
  if ((inUse === 1 ? from.ballooned : from.inUse) === 0) return undefined;
  const pages: Pages = { inUse: from.inUse + inUse, ballooned: from.ballooned - inUse };
  const next = section === BOOT ? { ...s, boot: pages } : changed(s, section, pages);
  return { ...next, left: s.left - 1, tot: s.tot + inUse, current: s.current + inUse };
}

const calls: Moves = {
  'populate.ok': (s, { section = BOOT }, scope) => {
    const next = s.at === 'refilling' && s.left > 0 && granted(s, scope) ? moved(s, section, 1) : undefined;
    return next && { ...next, some: true };
  },
  'populate.full': (s, _, scope) =>
    s.at === 'refilling' && s.left === 0 ? asleep(s, 'done', scope) : undefined,
  'populate.short': (s, _, scope) =>
    s.at === 'refilling' && s.left > 0 && s.some && !granted(s, scope) ? asleep(s, 'done', scope) : undefined,
  'populate.refused': (s, _, scope) =>
    s.at === 'refilling' && !s.some && !granted(s, scope) ? asleep(s, 'again', scope) : undefined,
  // Of a block on its way online or offline the range is isolated (domain §3b).
  'decrease.ok': (s, { section = BOOT }) =>
    s.at === 'shrinking' && s.left > 0 && (section === BOOT || sectionOf(s, section).block === 'online')
      ? moved(s, section, -1)
      : undefined,
  'decrease.done': (s, _, scope) =>
    s.at === 'shrinking' && s.left === 0 ? asleep(s, 'done', scope) : undefined,
  // Memory is short where a page that was asked for is missing.
  'decrease.nomem': (s, _, scope) =>
    s.at === 'shrinking' && s.left > 0 ? asleep(s, 'again', scope) : undefined,
};

const isRun = ({ run }: State, { first, count }: Label): boolean => first === run && count === 1;
const needed = ({ at, target, total }: State): boolean => at === 'asking' && target > total;
/** FOLLOWS: the need is computed from the target as it is then, so this is the decision that a later wait compares with. */
const reread = (s: State): State => ({ ...s, decided: s.target });

const reserving: Moves = {
  'need.none': (s, _, scope) =>
    s.at === 'asking' && s.target <= s.total ? asleep(reread(s), 'wait', scope) : undefined,
  'reserve.ok': (s, { first = NOWHERE, count }) =>
    needed(s) && count === 1 && sectionOf(s, first).slot === 'free'
      ? changed({ ...reread(s), at: 'reserved', run: first }, first, { slot: 'driver' })
      : undefined,
  'reserve.nogap': (s, { count }, scope) =>
    needed(s) && count === 1 ? asleep(reread(s), 'again', scope) : undefined,
  'p2m.enomem': (s, label, scope) =>
    s.at === 'reserved' && isRun(s, label)
      ? asleep(changed(s, s.run, { slot: 'free' }), 'cancelled', scope)
      : undefined,
};

/** FOLLOWS: one call asks for all that is missing, whatever the batch (looser.test.ts: to the same states). */
const missing = (s: State, { pagesPerSection }: Scope): number =>
  s.at === 'reserved' || s.at === 'filling' ? pagesPerSection - sectionOf(s, s.run).offline : 0;

const filling: Moves = {
  'fill.ok': (s, { section }, scope) =>
    s.run === section && missing(s, scope) > 0 && granted(s, scope)
      ? changed({ ...s, at: 'filling', some: true, tot: s.tot + 1 }, s.run, {
          offline: sectionOf(s, s.run).offline + 1,
        })
      : undefined,
  'fill.full': (s, _, scope) =>
    s.at === 'filling' && missing(s, scope) === 0
      ? { ...s, at: 'full', some: false, failures: 0 }
      : undefined,
  'fill.short': (s, _, scope) =>
    s.some && missing(s, scope) > 0 && !granted(s, scope) ? { ...s, some: false, failures: 0 } : undefined,
  'fill.refused': (s, _, scope) => {
    if (s.some || missing(s, scope) === 0 || granted(s, scope)) return undefined;
    const failures = s.failures + 1;
    return failures < scope.retryLimit
      ? { ...s, at: 'backedOff', mutex: 'free', failures }
      : { ...s, at: 'givingUp', mutex: 'free', failures: 0 };
  },
  'fill.retry': (s) => (s.at === 'backedOff' ? step(s, 'filling') : undefined),
};

const failed: Successor = (s, label) =>
  s.at === 'adding' && isRun(s, label) ? { ...s, at: 'failed' } : undefined;

const adding: Moves = {
  'mutex.drop': (s) => (s.at === 'full' ? { ...s, at: 'dropped', mutex: 'free' } : undefined),
  'add.begin': (s) =>
    s.at === 'dropped' && s.hotplug === 'free' ? { ...s, at: 'adding', hotplug: 'driver' } : undefined,
  'add.ok': (s, label) =>
    s.at === 'adding' && isRun(s, label)
      ? changed({ ...s, at: 'added' }, s.run, { block: 'offline' })
      : undefined,
  'add.eexist': failed,
  'add.enomem': failed,
  'remove.ok': (s, label) =>
    s.at === 'vetoed' && isRun(s, label)
      ? changed({ ...s, at: 'failed' }, s.run, { block: 'absent' })
      : undefined,
  'add.end': (s) => {
    if (s.at === 'onlined') return { ...s, at: 'counting', hotplug: 'free' };
    return s.at === 'failed' ? { ...s, at: 'givingUp', hotplug: 'free' } : undefined;
  },
  'count.done': (s, { count }, scope) => {
    if (s.at !== 'counting' || count !== 1) return undefined;
    // FOLLOWS: the mainline driver waits for somebody to online the block; here nothing is left to wait for.
    const { pagesPerSection: n } = scope;
    return asleep({ ...s, current: s.current + n, total: s.total + n }, 'done', scope);
  },
  'undo.begin': (s) => (s.at === 'givingUp' ? step(s, 'undoing') : undefined),
  'unfill.ok': (s, { section }) => {
    if (s.at !== 'undoing' || s.run !== section) return undefined;
    const { offline } = sectionOf(s, s.run);
    return offline > 0 ? changed({ ...s, tot: s.tot - 1 }, s.run, { offline: offline - 1 }) : undefined;
  },
  release: (s, label, scope) =>
    s.at === 'undoing' && isRun(s, label) && sectionOf(s, s.run).offline === 0
      ? asleep(changed(s, s.run, { slot: 'free' }), 'cancelled', scope)
      : undefined,
};

/** What happens to a block under the hotplug lock, once `who` has begun to online it. */
const onlining = (
  verb: string,
  who: 'driver' | 'onliner',
  after: (s: State, ok: boolean) => State,
): Moves => ({
  [`${verb}.page`]: (s, { section = 0 }) => {
    const { block, offline, inUse } = sectionOf(s, section);
    return s.hotplug === who && block === 'goingOnline' && offline > 0
      ? changed(s, section, { offline: offline - 1, inUse: inUse + 1 })
      : undefined;
  },
  [`${verb}.done`]: (s, { block = 0 }) =>
    s.hotplug === who && sectionOf(s, block).block === 'goingOnline' && sectionOf(s, block).offline === 0
      ? changed(after(s, true), block, { block: 'online' })
      : undefined,
  // A notifier vetoes before the first page is handed over.
  [`${verb}.veto`]: (s, { block = 0 }, { pagesPerSection }) =>
    s.hotplug === who &&
    sectionOf(s, block).block === 'goingOnline' &&
    sectionOf(s, block).offline === pagesPerSection
      ? changed(after(s, false), block, { block: 'offline' })
      : undefined,
});

const blocks: Moves = {
  'autoonline.begin': (s, { block }) =>
    s.at === 'added' && s.run === block
      ? changed({ ...s, at: 'onlining' }, s.run, { block: 'goingOnline' })
      : undefined,
  ...onlining('autoonline', 'driver', (s, ok) => ({ ...s, at: ok ? 'onlined' : 'vetoed' })),
  'online.begin': (s, { block = 0 }) =>
    s.hotplug === 'free' && sectionOf(s, block).block === 'offline'
      ? changed({ ...s, hotplug: 'onliner' }, block, { block: 'goingOnline' })
      : undefined,
  ...onlining('online', 'onliner', (s) => ({ ...s, hotplug: 'free' })),
  'offline.begin': (s, { block = 0 }) => {
    const { block: now, ballooned } = sectionOf(s, block);
    return s.hotplug === 'free' && now === 'online' && ballooned === 0
      ? changed({ ...s, hotplug: 'offliner' }, block, { block: 'goingOffline' })
      : undefined;
  },
  // Certain where a page is ballooned; any other may turn out to be unmovable.
  'offline.ebusy': (s, { block = 0 }) =>
    s.hotplug === 'free' && sectionOf(s, block).block === 'online' ? s : undefined,
  'offline.done': (s, { block = 0 }) => {
    const { block: now, inUse } = sectionOf(s, block);
    return now === 'goingOffline'
      ? changed({ ...s, hotplug: 'free' }, block, { block: 'offline', offline: inUse, inUse: 0 })
      : undefined;
  },
  'offline.cancel': (s, { block = 0 }) =>
    sectionOf(s, block).block === 'goingOffline'
      ? changed({ ...s, hotplug: 'free' }, block, { block: 'online' })
      : undefined,
};

const others: Moves = {
  intrude: (s, { section = 0 }) =>
    sectionOf(s, section).slot === 'free' ? changed(s, section, { slot: 'rival' }) : undefined,
  // FOLLOWS: a rival may also withdraw from where it is not; nothing changes then (looser.test.ts).
  withdraw: (s, { section = 0 }) =>
    sectionOf(s, section).slot === 'rival' ? changed(s, section, { slot: 'free' }) : s,
  'host.take': (s, _, { hostPages }) =>
    s.tot + s.other < hostPages ? { ...s, other: s.other + 1 } : undefined,
  'host.give': (s) => (s.other > 0 ? { ...s, other: s.other - 1 } : undefined),
};

const moves: Moves = {
  ...{ ...toolstack, ...decisions, ...calls, ...reserving, ...filling, ...adding, ...blocks, ...others },
};

export const successor: Successor = (state, label, scope) => moves[label.type]?.(state, label, scope);

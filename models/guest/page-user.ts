/**
 * Page user: a driver that borrows pages of the balloon as empty address space, to map grants or foreign frames there.
 *
 *   idle ──lend.begin──► taking ──lend.done──► idle ──lend.free──► (one page fewer lent)
 *                        taking ──lend.nomem──► undoing ──lend.free──► … ──lend.fixup──► idle
 *
 * `taking` holds balloon_mutex: a page off the list (`take`, or `live` where a frame is behind it), and where the list is empty one
 * is given up first (`inflate`); memory may be short (`nomem`). What was got goes back page by page; the books of pages
 * that were asked for and never got are mended by a step of its own, outside the mutex (`fixup`; two where somebody may come in between, second-borrower.ts). A page lent with a frame still
 * behind it loses the frame when something is mapped there (`mapover`), or goes back as it came (`freelive`).
 * Where that is forgotten, or another’s count is lost by it, the count is off by more with every failure; whoever failed once asks no more (`gone`), as one failure shows it.
 * With hotplug_unpopulated=1 an empty list means: add memory, by the steps of the balloon thread taken a second time (second-caller.ts),
 * then wait for a page (`waiting`) until one is there (`lend.resume`) or a signal ends it.
 * Source: linux drivers/xen/balloon.c `xen_alloc_ballooned_pages`, `add_ballooned_pages`, `xen_free_ballooned_pages`
 * (`alloc_xenballooned_pages` until 5.17).
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { hasSpecial, MAPS } from '../host/special.ts';
import { chart, each, type Handlers, type Move, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { isWholeBlocks, type Scope } from '../scope.ts';
import { writesP2m } from './p2m.ts';
import { fixesInTwo, hasSecondBorrower } from './second-borrower.ts';
import { hasSecondCaller } from './second-caller.ts';

interface PageUser {
  /** Pages it has. */
  readonly lent: number;
  /** Pages of the request in hand, and of these got so far. */
  readonly want: number;
  readonly got: number;
  /** The run in hand, as second caller of the reserve step. */
  readonly first: number;
  readonly count: number;
}

const NO_RUN = { first: 0, count: 0 };
const pages = (label: Label) => payload(label, 'pages');
const TAKES = ['lend.take', 'lend.live'];
const FREES = ['lend.free', 'lend.freelive'];
const got: Move<PageUser> = {
  when: (c, l) => c.got + pages(l) <= c.want,
  set: (c, l) => ({ got: c.got + pages(l) }),
};

/** What is lent comes back, or is used. */
const returning: Handlers<PageUser> = {
  ...each<PageUser>(FREES, {
    when: (c, l) => pages(l) <= c.lent,
    set: (c, l) => ({ lent: c.lent - pages(l) }),
  }),
  'lend.mapover': { when: (c) => c.lent > 0 },
};

/** Most pages lent at a time: enough for a request that is met in part. */
export const lentMax = (scope: Scope): number => scope.batch;

/** Something is mapped into a page that is lent, and taken out again; which pages, is the section's. */
const mapping = (maps: boolean): Handlers<PageUser> =>
  maps ? each<PageUser>(MAPS, { when: (c) => c.lent > 0 }) : {};

export function pageUserChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  // What is mapped into a page lent is told.
  const maps = hasSpecial(form, scope);
  const grows = hasSecondCaller(protocol, scope);
  const missing = (c: PageUser) => c.got < c.want;
  const once = !protocol.settlesFailedLend || hasSecondBorrower(scope);
  const inTwo = fixesInTwo(protocol, scope);
  const fixup: Handlers<PageUser> = {
    'lend.fixup': {
      when: (c, l) => c.got === 0 && pages(l) === c.want,
      set: () => ({ want: 0 }),
      to: once ? 'gone' : 'idle',
    },
  };
  const states: Record<string, Handlers<PageUser>> = {
    idle: {
      'lend.begin': {
        when: (c, l) => c.lent + pages(l) <= lentMax(scope),
        set: (_, l) => ({ want: pages(l), got: 0 }),
        to: 'taking',
      },
      ...returning,
      ...mapping(maps),
    },
    taking: {
      ...each<PageUser>(TAKES, got),
      'lend.done': {
        when: (c) => !missing(c),
        set: (c) => ({ lent: c.lent + c.got, want: 0, got: 0 }),
        to: 'idle',
      },
      ...(grows ? asking(missing) : short(missing)),
    },
    undoing: {
      ...each<PageUser>(FREES, {
        when: (c, l) => pages(l) <= c.got,
        set: (c, l) => ({ got: c.got - pages(l), want: c.want - pages(l) }),
      }),
      ...(inTwo ? { 'lend.fixread': { when: (c: PageUser) => c.got === 0, to: 'fixing' } } : fixup),
    },
    ...(inTwo ? { fixing: fixup } : {}),
    ...(once ? { gone: { ...returning, ...mapping(maps) } } : {}),
    ...(grows ? growing(protocol, form, scope, missing) : {}),
  };
  // Where add is the next step, and waits for the hotplug lock.
  const beforeLock = Object.entries(states).flatMap(([state, moves]) =>
    'useradd.begin' in moves ? [state] : [],
  );
  return chart<PageUser>({
    id: 'pageUser',
    kind: 'pageUser',
    actor: 'pageUser',
    families: role(
      'initiates',
      ...new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers))),
    ),
    context: { lent: 0, want: 0, got: 0, ...NO_RUN },
    initial: 'idle',
    states,
    observe: (c, value) => ({
      lent: c.lent + c.got,
      idle: value === 'idle' || value === 'gone' ? 1 : 0,
      /** Address space of a run that is not in the books yet. */
      growing: c.count > 0 ? 1 : 0,
      wantsHotplug: beforeLock.includes(value) ? 1 : 0,
    }),
    show: (c, value) => `${value}, ${c.lent} lent${c.want === 0 ? '' : `, ${c.got} of ${c.want} more`}`,
  });
}

/** The list is empty: pages are given up for it, while memory lasts. */
const short = (missing: (c: PageUser) => boolean): Handlers<PageUser> => ({
  ...each<PageUser>(['lend.inflate', 'lend.forgo'], { when: missing }),
  'lend.nomem': { when: missing, to: 'undoing' },
});

/** The list is empty: address space first. Where there is none to be had, pages are given up as before. */
const asking = (missing: (c: PageUser) => boolean): Handlers<PageUser> => ({
  'userneed.none': { when: missing, to: 'waiting' },
  'userreserve.ok': {
    when: missing,
    set: (_, l) => ({ first: payload(l, 'first'), count: payload(l, 'count') }),
    to: 'reserved',
  },
  'userreserve.nogap': { when: missing, to: 'short' },
});

function growing(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  missing: (c: PageUser) => boolean,
): Record<string, Handlers<PageUser>> {
  const mine = (c: PageUser, l: Label) => payload(l, 'first') === c.first && payload(l, 'count') === c.count;
  const failed = { when: mine, set: () => NO_RUN, to: 'short' };
  const toAdd: Handlers<PageUser> = protocol.dropMutexOverAdd
    ? { 'usermutex.drop': { to: 'unlocked' } }
    : { 'useradd.begin': { to: 'adding' } };
  const clears = protocol.invalidatesRun && writesP2m(protocol, form, scope);
  // add looks at the alignment before anything else.
  const whole = (is: boolean) => (c: PageUser, l: Label) =>
    mine(c, l) && (!protocol.checksAlignment || isWholeBlocks(scope, c.first, c.count)) === is;
  return {
    reserved: {
      'userp2m.enomem': failed,
      ...(clears ? { 'userp2mclear.ok': { when: mine, to: 'cleared' } } : toAdd),
    },
    ...(clears ? { cleared: toAdd } : {}),
    unlocked: { 'useradd.begin': { to: 'adding' } },
    adding: {
      'useradd.ok': { when: whole(true), to: 'added' },
      ...each<PageUser>(['useradd.eexist', 'useradd.enomem'], { when: whole(true), to: 'addFailed' }),
      'useradd.einval': { when: whole(false), to: 'addFailed' },
    },
    added: { 'useradd.end': { to: 'counting' } },
    counting: {
      'usercount.done': { when: (c, l) => payload(l, 'count') === c.count, set: () => NO_RUN, to: 'waiting' },
    },
    addFailed: { 'useradd.end': { to: 'releasing' } },
    releasing: { userrelease: failed },
    /** BP_ECANCELED; balloon_mutex is held again. */
    short: { ...short(missing), ...each<PageUser>(TAKES, { ...got, to: 'taking' }) },
    waiting: {
      'lend.resume': { to: 'taking' },
      ...(protocol.waitsInterruptibly ? { 'lend.signal': { to: 'undoing' } } : {}),
    },
  };
}

/**
 * Section: what is true of one memory section. Physics: it records, it does not prevent (design §2).
 *
 *   free → reserved → populated → added → goingOnline → online → goingOffline → offline → goingOnlineAgain → online
 *
 * Frames put into a section that nobody reserved lead to `populatedUnreserved`; any other impossible order to `disordered`.
 * Pages are counted per pair (what the guest thinks × whether a frame is behind): the two need not agree.
 * A section decides only what its pages decide: whether a populate lands on an empty page or over a live frame, whether it has
 * a page to give, whether it can be isolated.
 * Source: linux mm/memory_hotplug.c, mm/page_isolation.c; drivers/xen/balloon.c `xen_online_page`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, covers, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { STOPS } from '../host/migrator.ts';
import { podOn } from '../host/pod.ts';
import { isReferred } from '../host/references.ts';
import { chart, each, type Handlers, type Move, role, stay } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import { blockOf, type Scope } from '../scope.ts';
import { emptiedInPlace } from './removing.ts';
import { secondCaller } from './second-caller.ts';
import { type Extended, extensionOf, NOTHING_MORE } from './section-extension.ts';

interface Section extends Extended {
  /** Present or about to be, not handed over: nothing behind / a frame behind. */
  readonly offlineEmpty: number;
  readonly offlineBacked: number;
  /** With the allocator: a frame behind / nothing behind (first touch faults). */
  readonly inUse: number;
  readonly inUseEmpty: number;
  /** With the allocator: a promise of Xen behind, no frame yet (boot memory populated on demand). */
  readonly onDemand: number;
  /** On the balloon list: nothing behind / still a frame behind. */
  readonly ballooned: number;
  readonly balloonedBacked: number;
  /** Borrowed by somebody as empty address space: nothing of the domain's own behind / a frame of its own behind. */
  readonly lent: number;
  readonly lentBacked: number;
  /** Pages of the run in hand that a populate before add has reached, from the first on. */
  readonly reached: number;
  /** In the domain's map, and nobody may use it. */
  readonly unusable: number;
  /** On the balloon list without the type of an offline page; they are taken off first. */
  readonly untyped: number;
}

const NO_PAGES: Section = {
  offlineEmpty: 0,
  offlineBacked: 0,
  inUse: 0,
  inUseEmpty: 0,
  onDemand: 0,
  ballooned: 0,
  balloonedBacked: 0,
  lent: 0,
  lentBacked: 0,
  reached: 0,
  untyped: 0,
  unusable: 0,
  ...NOTHING_MORE,
};

const both = (verb: string) => [`online.${verb}`, `autoonline.${verb}`];
const FAILED_ADDS = ['add.eexist', 'add.enomem'];
const RUNS = ['reserve.ok', 'release', 'p2m.enomem', 'add.ok', ...FAILED_ADDS, 'remove.ok'];

const LIST = ['populate.ok', 'populate.over', 'decrease.ok'];
const BY_BLOCK = [...both('begin'), ...both('done'), ...both('veto')];
const OFFLINE = ['offline.begin', 'offline.ebusy', 'offline.done', 'offline.cancel'];
const OBSERVED = [
  ...RUNS.filter((family) => !FAILED_ADDS.includes(family)),
  'find.ok',
  'unfill.ok',
  ...BY_BLOCK,
  'offline.done',
  'offline.cancel',
];
const LENDING = ['lend.take', 'lend.inflate', 'lend.free'];
const LENDING_LIVE = ['lend.live', 'lend.freelive', 'lend.mapover'];
const DECIDED = [
  ...both('page'),
  ...LIST,
  ...LENDING,
  ...LENDING_LIVE,
  'fill.ok',
  'fill.over',
  'offline.begin',
  'offline.ebusy',
];

const pages = (label: Label) => payload(label, 'pages');

export function sectionChart(index: number, protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const size = scope.pagesPerSection;
  const elsewhere = [
    ...(podOn(form, scope) ? ['decrease.stolen'] : []),
    ...(isReferred(scope) ? ['decrease.held'] : []),
  ];
  const stolen = each<Section>(elsewhere, givenBack);
  // A run that outgrew its claim may go on into a section that is there: its pages are populated over.
  const overgrown: Handlers<Section> = fillsToTarget(protocol) ? { 'fill.over': stay } : {};
  const drained = emptiedInPlace(protocol);
  const more = extensionOf(protocol, form, scope);
  return chart<Section>({
    id: `section[${index}]`,
    kind: 'section',
    index,
    actor: 'memory',
    families: {
      ...role('observes', ...OBSERVED, ...FAILED_ADDS),
      ...role('decides', ...DECIDED, ...(protocol.callback === 'testP2m' ? both('kept') : [])),
      ...role('decides', ...elsewhere),
      ...role('decides', ...more.decides),
      ...role('observes', ...more.observes),
    },
    owns: (l) => {
      if (STOPS.includes(l.type)) return true;
      if (RUNS.includes(l.type) || l.type === 'p2mclear.ok') return covers(l, index);
      if (BY_BLOCK.includes(l.type) || OFFLINE.includes(l.type))
        return payload(l, 'block') === blockOf(scope, index);
      return payload(l, 'section') === index;
    },
    ...secondCaller(protocol, scope),
    context: { ...NO_PAGES, ...more.start(index) },
    initial: 'free',
    states: more.states(
      complete({
        free: {
          'reserve.ok': { to: 'reserved' },
          ...halfMade(protocol, size),
          ...found,
          ...released('free', 'free'),
          ...filled('populatedUnreserved', size),
          ...added(size),
        },
        reserved: { ...released('free', 'free'), ...filled('populated', size), ...added(size) },
        populated: {
          ...released('free', 'populatedUnreserved'),
          ...filled('populated', size),
          ...emptied('reserved', 'populated'),
          ...added(size),
        },
        populatedUnreserved: {
          'reserve.ok': { set: fromStart, to: 'populated' },
          ...found,
          ...released('free', 'populatedUnreserved'),
          ...filled('populatedUnreserved', size),
          ...emptied('free', 'populatedUnreserved'),
          ...added(size),
        },
        added: { ...overgrown, ...each<Section>(both('begin'), { to: 'goingOnline' }), 'remove.ok': removed },
        goingOnline: { ...overgrown, ...onlining(protocol, 'added'), ...listed(protocol), ...stolen },
        online: { ...overgrown, ...listed(protocol), ...stolen, ...isolated, ...drained },
        goingOffline: {
          ...overgrown,
          'offline.done': {
            set: (c) => ({ offlineBacked: c.inUse, offlineEmpty: c.inUseEmpty, inUse: 0, inUseEmpty: 0 }),
            to: 'offline',
          },
          'offline.cancel': { to: 'online' },
          ...drained,
        },
        offline: {
          ...overgrown,
          ...drained,
          ...each<Section>(both('begin'), { to: 'goingOnlineAgain' }),
          'remove.ok': removed,
        },
        goingOnlineAgain: {
          ...overgrown,
          ...onlining(protocol, 'offline'),
          ...listed(protocol),
          ...stolen,
          ...drained,
        },
      }),
    ),
    observe: (c, value) => ({ ...observe(protocol, c, value, form.highmem), ...more.quantities(c) }),
    show,
  });
}

/** All memory present at boot, as one section that is always online and has no block of its own. */
export function bootSectionChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const more = extensionOf(protocol, form, scope);
  const pod = podOn(form, scope);
  // It never goes offline, so nothing on its list can have a frame, unless one that is given back keeps it.
  const listedAtBoot = protocol.keepsBootGap ? scope.bootBallooned : 0;
  const onList = {
    ...(protocol.decreaseUnmaps ? { ...paged(protocol), ...lending } : listed(protocol)),
    ...(isReferred(scope) ? { 'decrease.held': givenBack } : {}),
  };
  const inUse = scope.bootPages - scope.bootBallooned;
  return chart<Section>({
    id: 'section[boot]',
    kind: 'section',
    index: BOOT,
    actor: 'memory',
    families: {
      ...role('decides', ...Object.keys(onList), ...(pod ? Object.keys(demanded(protocol)) : [])),
      ...role('decides', ...more.decidesAtBoot),
      ...role('observes', ...more.observesAtBoot),
    },
    owns: (l) => STOPS.includes(l.type) || payload(l, 'section') === BOOT,
    context: {
      ...NO_PAGES,
      ...(pod ? { onDemand: inUse } : { inUse }),
      ballooned: listedAtBoot,
      untyped: protocol.typesBootPages ? 0 : listedAtBoot,
      unusable: scope.bootBallooned - listedAtBoot,
    },
    initial: 'online',
    states: { online: more.boot<Section>({ ...onList, ...(pod ? demanded(protocol) : {}) }) },
    observe: (c, value) => ({ ...observe(protocol, c, value, false), ...more.quantities(c) }),
    show,
  });
}

/** The run is given up: what was put into it is left behind unreserved. */
function released(whenEmpty: string, whenFilled: string): Handlers<Section> {
  return each<Section>(
    ['release', 'p2m.enomem'],
    [
      { when: (c) => c.offlineBacked === 0, to: whenEmpty },
      { set: fromStart, to: whenFilled },
    ],
  );
}

/**
 * Frames put behind pages that have no struct page yet, from the first page of the run on. A page that an earlier attempt left
 * a frame behind is populated over.
 */
function filled(to: string, size: number): Handlers<Section> {
  const onwards = (c: Section, l: Label) => ({ reached: c.reached + pages(l) });
  return {
    'fill.ok': {
      when: (c, l) => c.reached === c.offlineBacked && c.offlineBacked + pages(l) <= size,
      set: (c, l) => ({ ...onwards(c, l), offlineBacked: c.offlineBacked + pages(l) }),
      to,
    },
    'fill.over': { when: (c, l) => c.reached + pages(l) <= c.offlineBacked, set: onwards },
  };
}

const fromStart = () => ({ reached: 0 });
/** A new attempt on an interval that looks free begins at its first page. */
const found: Handlers<Section> = { 'find.ok': { set: fromStart } };

/** Frames of the run given back. */
function emptied(whenEmpty: string, otherwise: string): Handlers<Section> {
  const give = (c: Section, l: Label) => ({
    offlineBacked: c.offlineBacked - pages(l),
    reached: Math.max(0, c.reached - pages(l)),
  });
  return {
    'unfill.ok': [
      { when: (c, l) => c.offlineBacked === pages(l), set: give, to: whenEmpty },
      { when: (c, l) => c.offlineBacked > pages(l), set: give, to: otherwise },
      { to: 'disordered' },
    ],
  };
}

function added(size: number): Handlers<Section> {
  return { 'add.ok': { set: (c) => ({ offlineEmpty: size - c.offlineBacked, reached: 0 }), to: 'added' } };
}

/** An add that finds the conflict only after it has made struct pages leaves them behind. */
const halfMade = (protocol: Protocol, size: number): Handlers<Section> =>
  protocol.conflictFirst ? {} : { 'add.eexist': { set: () => ({ offlineEmpty: size }), to: 'added' } };

/** Struct pages gone; frames stay with the run. */
const removed: readonly Move<Section>[] = [
  {
    when: (c) => c.offlineBacked > 0,
    set: (c) => ({ offlineEmpty: 0, reached: c.offlineBacked }),
    to: 'populated',
  },
  { set: () => ({ offlineEmpty: 0 }), to: 'reserved' },
];

const untouched = (c: Section) =>
  c.inUse + c.inUseEmpty + c.ballooned + c.balloonedBacked + c.lent + c.lentBacked === 0;

/** The online-page callback walks the section; who gets a page depends on the protocol. */
function onlining(protocol: Protocol, vetoed: string): Handlers<Section> {
  const offline = (c: Section) => c.offlineBacked + c.offlineEmpty;
  const backed = (c: Section, l: Label) => Math.min(c.offlineBacked, pages(l));
  const empty = (c: Section, l: Label) => pages(l) - backed(c, l);
  const handed = (c: Section, l: Label) => ({
    offlineBacked: c.offlineBacked - backed(c, l),
    offlineEmpty: c.offlineEmpty - empty(c, l),
  });
  const toBalloon: Move<Section> = {
    when: (c, l) => offline(c) >= pages(l),
    set: (c, l) => ({
      ...handed(c, l),
      balloonedBacked: c.balloonedBacked + backed(c, l),
      ballooned: c.ballooned + empty(c, l),
    }),
  };
  const toAllocator: Move<Section> = {
    when: (c, l) => offline(c) >= pages(l),
    set: (c, l) => ({
      ...handed(c, l),
      inUse: c.inUse + backed(c, l),
      inUseEmpty: c.inUseEmpty + empty(c, l),
    }),
  };
  const tested = protocol.callback === 'testP2m';
  const page = protocol.callback === 'allocator' ? toAllocator : toBalloon;
  const emptyOnly: Move<Section> = {
    ...toBalloon,
    when: (c, l) => c.offlineBacked === 0 && c.offlineEmpty >= pages(l),
  };
  const backedOnly: Move<Section> = { ...toAllocator, when: (c, l) => c.offlineBacked >= pages(l) };
  return {
    ...each<Section>(both('page'), tested ? emptyOnly : page),
    ...(tested ? each<Section>(both('kept'), backedOnly) : {}),
    ...each<Section>(both('done'), [{ when: (c) => offline(c) === 0, to: 'online' }, { to: 'disordered' }]),
    // Notifiers veto before the first page is handed over, or never.
    ...each<Section>(both('veto'), [{ when: untouched, to: vetoed }, { to: 'disordered' }]),
  };
}

/** A page of the allocator loses its frame. */
const givenBack: Move<Section> = {
  when: (c, l) => c.inUse >= pages(l),
  set: (c, l) => ({ inUse: c.inUse - pages(l), ballooned: c.ballooned + pages(l) }),
};

/** Xen has freed the frame, and the guest's map still names it. */
const stillMapped: Move<Section> = {
  when: (c, l) => c.inUse >= pages(l),
  set: (c, l) => ({ inUse: c.inUse - pages(l), balloonedBacked: c.balloonedBacked + pages(l) }),
};

/** Off the list: those without the type first. */
const off = (c: Section, l: Label) => ({
  ballooned: c.ballooned - pages(l),
  untyped: Math.max(0, c.untyped - pages(l)),
});

/** Pages on the balloon list get frames, pages of the allocator lose theirs. */
const paged = ({ checksMapping }: Protocol): Handlers<Section> => ({
  'populate.ok': {
    when: (c, l) => c.ballooned >= pages(l),
    // Unchecked, a page counts as populated though its mapping failed.
    set: (c, l) => ({
      ...off(c, l),
      ...(checksMapping ? { inUse: c.inUse + pages(l) } : { inUseEmpty: c.inUseEmpty + pages(l) }),
    }),
  },
  'decrease.ok': givenBack,
});

/** Boot memory that is populated on demand: a page with an entry is in use, and gets its frame when it is touched. */
const demanded = ({ checksReclaim }: Protocol): Handlers<Section> => ({
  'decrease.stolen': givenBack,
  ...each<Section>(['decrease.entry', 'decrease.surplus'], {
    when: (c, l) => c.onDemand >= pages(l),
    set: (c, l) => ({ onDemand: c.onDemand - pages(l), ballooned: c.ballooned + pages(l) }),
  }),
  'touch.ok': {
    when: (c, l) => c.onDemand >= pages(l),
    set: (c, l) => ({ onDemand: c.onDemand - pages(l), inUse: c.inUse + pages(l) }),
  },
  'touch.sweep': {
    when: (c, l) => c.onDemand >= pages(l) && c.inUse >= pages(l),
    set: (c, l) => (checksReclaim ? {} : { onDemand: c.onDemand - pages(l), inUse: c.inUse + pages(l) }),
  },
  'touch.crash': { when: (c) => c.onDemand > 0 },
});

/** A page off the list, given up for the list, or back on it. */
const lending: Handlers<Section> = {
  'lend.take': {
    when: (c, l) => c.ballooned >= pages(l),
    set: (c, l) => ({ ...off(c, l), lent: c.lent + pages(l) }),
  },
  'lend.inflate': {
    when: (c, l) => c.inUse >= pages(l),
    set: (c, l) => ({ inUse: c.inUse - pages(l), ballooned: c.ballooned + pages(l) }),
  },
  'lend.free': {
    when: (c, l) => c.lent >= pages(l),
    set: (c, l) => ({ lent: c.lent - pages(l), ballooned: c.ballooned + pages(l) }),
  },
};

/** The same where a page that still has a frame may have come onto the list. */
const listed = (protocol: Protocol): Handlers<Section> => ({
  ...paged(protocol),
  ...lending,
  ...(protocol.decreaseUnmaps ? {} : { 'decrease.ok': stillMapped }),
  'lend.live': {
    when: (c, l) => c.balloonedBacked >= pages(l),
    set: (c, l) => ({ balloonedBacked: c.balloonedBacked - pages(l), lentBacked: c.lentBacked + pages(l) }),
  },
  'lend.freelive': {
    when: (c, l) => c.lentBacked >= pages(l),
    set: (c, l) => ({ lentBacked: c.lentBacked - pages(l), balloonedBacked: c.balloonedBacked + pages(l) }),
  },
  // A foreign frame takes the place of its own, which nothing refers to from then on.
  'lend.mapover': {
    when: (c, l) => c.lentBacked >= pages(l),
    set: (c, l) => ({ lentBacked: c.lentBacked - pages(l), lent: c.lent + pages(l) }),
  },
  'populate.over': {
    when: (c, l) => c.balloonedBacked >= pages(l),
    set: (c, l) => ({ balloonedBacked: c.balloonedBacked - pages(l), inUse: c.inUse + pages(l) }),
  },
});

/** A block with a page on the balloon list, or lent, cannot be isolated; any other may hold an unmovable page. */
const isolated: Handlers<Section> = {
  'offline.begin': {
    when: (c) => c.ballooned + c.balloonedBacked + c.lent + c.lentBacked === 0,
    to: 'goingOffline',
  },
  'offline.ebusy': stay,
};

/** Every observed label that a state does not speak of leads to `disordered`, which observes everything. */
function complete(states: Readonly<Record<string, Handlers<Section>>>): Record<string, Handlers<Section>> {
  // A failed add leaves everything as it was.
  const rest = { ...each<Section>(OBSERVED, { to: 'disordered' }), ...each<Section>(FAILED_ADDS, stay) };
  return {
    ...Object.fromEntries(
      Object.entries(states).map(([state, handlers]) => [state, { ...rest, ...handlers }]),
    ),
    disordered: each<Section>([...OBSERVED, ...FAILED_ADDS], stay),
  };
}

const ABSENT = ['free', 'reserved', 'populated', 'populatedUnreserved'];

function observe(protocol: Protocol, c: Section, value: string, high: boolean) {
  const absent = ABSENT.includes(value);
  return {
    inUse: c.inUse,
    inUseEmpty: c.inUseEmpty,
    onDemand: c.onDemand,
    ballooned: c.ballooned,
    balloonedBacked: c.balloonedBacked,
    lent: c.lent,
    lentBacked: c.lentBacked,
    offlineEmpty: c.offlineEmpty,
    offlineBacked: absent ? 0 : c.offlineBacked,
    /** Frames in a section that has no struct pages. */
    filled: absent ? c.offlineBacked : 0,
    unreserved: value === 'populatedUnreserved' ? 1 : 0,
    /** The driver has the interval in hand, or the section is there. */
    taken: value === 'free' || value === 'populatedUnreserved' ? 0 : 1,
    /** The driver has the interval, and no page is there. */
    claimed: value === 'reserved' || value === 'populated' ? 1 : 0,
    disordered: value === 'disordered' ? 1 : 0,
    /** Going online for the second time or later. */
    again: value === 'goingOnlineAgain' ? 1 : 0,
    /** On the list, without a direct map. */
    highListed: high ? c.ballooned + c.balloonedBacked : 0,
    unusable: c.unusable,
    /** On the list without the type of an offline page, or lent with it. */
    mistyped: c.untyped + (protocol.clearsType ? 0 : c.lent + c.lentBacked),
  };
}

const SHORT: readonly (readonly [keyof Section, string])[] = [
  ['inUse', 'in use'],
  ['inUseEmpty', 'in use·EMPTY'],
  ['onDemand', 'on demand'],
  ['ballooned', 'ballooned'],
  ['balloonedBacked', 'ballooned·BACKED'],
  ['lent', 'lent'],
  ['lentBacked', 'lent·BACKED'],
  ['offlineBacked', 'backed'],
  ['offlineEmpty', 'empty'],
  ['inHand', 'frame in hand'],
  ['inHandOver', 'frame in hand·OVER'],
  ['leaving', 'leaving'],
  ['lostIn', 'frame in hand·LOST'],
  ['lostOver', 'frame in hand·LOST'],
  ['lostOut', 'leaving·LOST'],
  ['stale', 'entry·STALE'],
  ['mapped', 'of it mapped'],
  ['listedMapped', 'on the list·MAPPED'],
];

function show(c: Section, value: string): string {
  const counts = SHORT.flatMap(([key, text]) => (c[key] === 0 ? [] : [`${c[key]} ${text}`]));
  return counts.length === 0 ? value : `${value}: ${counts.join(', ')}`;
}

/**
 * Section: what is true of one memory section. Physics: it records, it does not prevent (design §2).
 *
 *   free → reserved → populated → added → goingOnline → online → goingOffline → offline → goingOnlineAgain → online
 *
 * Frames put into a section that nobody reserved lead to `populatedUnreserved`; any other impossible order to `disordered`.
 * Pages are counted per pair (what the guest thinks × whether a frame is behind): the two need not agree.
 * A section decides only what its pages decide: whether a populate lands on an empty page or over a live frame, whether it has
 * a page to give, whether it can be isolated.
 * What each state does stands in `section-run.ts` (until it is there) and `section-there.ts` (from then on), its pages in `section-pages.ts`.
 * Source: linux mm/memory_hotplug.c, mm/page_isolation.c; drivers/xen/balloon.c `xen_online_page`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, covers, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { STOPS } from '../host/migrator.ts';
import { podOn } from '../host/pod.ts';
import { isReferred } from '../host/references.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import { blockOf, type Scope } from '../scope.ts';
import { isWithinReach, judgesReach } from './reach.ts';
import { emptiedInPlace } from './removing.ts';
import { secondCaller } from './second-caller.ts';
import { extensionOf } from './section-extension.ts';
import { isThere, NO_PAGES, observe, type Section, show } from './section-pages.ts';
import { added, emptied, filled, found, fromStart, halfMade, released, removed } from './section-run.ts';
import { isScratch } from './section-scratch.ts';
import {
  both,
  demanded,
  givenBack,
  isolated,
  lending,
  listed,
  onlining,
  paged,
  whileWalked,
} from './section-there.ts';

const FAILED_ADDS = ['add.eexist', 'add.enomem'];
const RUNS = ['reserve.ok', 'release', 'p2m.enomem', 'add.ok', ...FAILED_ADDS, 'remove.ok'];

const OTHER_RUNS = ['p2mclear.ok', 'dimm.add'];

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

/** Whether a label is of this section: of its own number, of its block, of a run over it, or of all memory. */
const concerns =
  (index: number, scope: Scope) =>
  (l: Label): boolean => {
    if (STOPS.includes(l.type)) return true;
    if (RUNS.includes(l.type) || OTHER_RUNS.includes(l.type)) return covers(l, index);
    if (BY_BLOCK.includes(l.type) || OFFLINE.includes(l.type))
      return payload(l, 'block') === blockOf(scope, index);
    return payload(l, 'section') === index;
  };

export function sectionChart(index: number, protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const size = scope.pagesPerSection;
  const elsewhere = [
    ...(podOn(form, scope) ? ['decrease.stolen'] : []),
    ...(isReferred(scope) ? ['decrease.held'] : []),
  ];
  const stolen = each<Section>(elsewhere, givenBack);
  const walked = whileWalked({ ...listed(protocol), ...stolen }, protocol);
  // A run that outgrew its claim may go on into a section that is there: its pages are populated over.
  const overgrown: Handlers<Section> = fillsToTarget(protocol) ? { 'fill.over': stay } : {};
  const more = extensionOf(protocol, form, scope, index);
  const within = isWithinReach(index, protocol, form, scope);
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
    owns: concerns(index, scope),
    ...secondCaller(protocol, scope),
    context: { ...NO_PAGES, ...more.start(index) },
    initial: 'free',
    states: more.states(
      complete(protocol, {
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
        goingOnline: { ...overgrown, ...onlining(protocol, 'added'), ...walked },
        online: { ...overgrown, ...listed(protocol), ...stolen, ...isolated },
        goingOffline: {
          ...overgrown,
          'offline.done': {
            set: (c) => ({ offlineBacked: c.inUse, offlineEmpty: c.inUseEmpty, inUse: 0, inUseEmpty: 0 }),
            to: 'offline',
          },
          'offline.cancel': { to: 'online' },
        },
        offline: {
          ...overgrown,
          ...each<Section>(both('begin'), { to: 'goingOnlineAgain' }),
          'remove.ok': removed,
        },
        goingOnlineAgain: { ...overgrown, ...onlining(protocol, 'offline'), ...walked },
      }),
    ),
    observe: (c, value) => ({
      ...observe(protocol, c, value, form.highmem),
      ...more.quantities(c),
      ...(judgesReach(scope) ? { beyond: !within && (isThere(value) || isScratch(c)) ? 1 : 0 } : {}),
    }),
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
    observe: (c, value) => ({
      ...observe(protocol, c, value, false),
      ...more.quantities(c),
      ...(judgesReach(scope) ? { beyond: 0 } : {}),
    }),
    show,
  });
}

/** Every observed label that a state does not speak of leads to `disordered`, which observes everything. */
function complete(
  protocol: Protocol,
  states: Readonly<Record<string, Handlers<Section>>>,
): Record<string, Handlers<Section>> {
  const drained = emptiedInPlace(protocol);
  // A failed add leaves everything as it was.
  const rest = { ...each<Section>(OBSERVED, { to: 'disordered' }), ...each<Section>(FAILED_ADDS, stay) };
  return {
    ...Object.fromEntries(
      Object.entries(states).map(([state, handlers]) => [state, { ...rest, ...drained[state], ...handlers }]),
    ),
    disordered: each<Section>([...OBSERVED, ...FAILED_ADDS], stay),
  };
}

/**
 * A section that is there: its pages handed over one by one, on and off the balloon list, lent, populated and given back. States
 * from `goingOnline` on of section.ts, and boot memory.
 * Source: linux drivers/xen/balloon.c `xen_online_page`, `balloon_append`, `balloon_retrieve`; mm/page_isolation.c.
 */
import { type Label, payload } from '../../src/core/label.ts';
import { each, type Handlers, type Move, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Section } from './section-pages.ts';

const pages = (label: Label) => payload(label, 'pages');
export const both = (verb: string): string[] => [`online.${verb}`, `autoonline.${verb}`];

const untouched = (c: Section) =>
  c.inUse + c.inUseEmpty + c.ballooned + c.balloonedBacked + c.lent + c.lentBacked === 0;

/** The online-page callback walks the section; who gets a page depends on the protocol. */
export function onlining(protocol: Protocol, vetoed: string): Handlers<Section> {
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
export const givenBack: Move<Section> = {
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
export const paged = ({ checksMapping }: Protocol): Handlers<Section> => ({
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
export const demanded = ({ checksReclaim }: Protocol): Handlers<Section> => ({
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
export const lending: Handlers<Section> = {
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
export const listed = (protocol: Protocol): Handlers<Section> => ({
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
export const isolated: Handlers<Section> = {
  'offline.begin': {
    when: (c) => c.ballooned + c.balloonedBacked + c.lent + c.lentBacked === 0,
    to: 'goingOffline',
  },
  'offline.ebusy': stay,
};

const GIVEN_UP = ['decrease.ok', 'decrease.stolen', 'decrease.held', 'lend.inflate'];

/** A block that is going online: where its range is isolated the allocator cannot reach its pages, so none is given up. */
export const whileWalked = (own: Handlers<Section>, { isolatesOnlining }: Protocol): Handlers<Section> =>
  isolatesOnlining
    ? Object.fromEntries(Object.entries(own).filter(([family]) => !GIVEN_UP.includes(family)))
    : own;

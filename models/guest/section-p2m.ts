/**
 * What the pages of a section go through where the guest writes its P2M step by step (p2m.ts): handlers that are added to those of
 * section.ts, or stand in for those in which the entry is written with the call.
 */
import { type Label, payload } from '../../src/core/label.ts';
import { STOPS } from '../host/migrator.ts';
import { each, type Handlers, type Move, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';

/** Pages between a call and the write of their entries; all 0 where both are one step. */
export interface Unsettled {
  /** On the list, a frame in hand for it: nothing behind it so far / an older frame behind it. Of a run, put behind it already. */
  readonly inHand: number;
  readonly inHandOver: number;
  /** Its entry is invalid, its frame not given back yet. */
  readonly leaving: number;
  /** The same after the guest was restored: the frame in hand, or to be given back, is not its own any more. */
  readonly lostIn: number;
  readonly lostOver: number;
  readonly lostOut: number;
  /** Entries that name a frame of somebody else. */
  readonly stale: number;
  /** Entries of pages with nothing behind them are their own machine address (0 or 1), as before anything was put there. */
  readonly identity: number;
}

export const NOTHING_UNSETTLED: Unsettled = {
  inHand: 0,
  inHandOver: 0,
  leaving: 0,
  lostIn: 0,
  lostOver: 0,
  lostOut: 0,
  stale: 0,
  identity: 0,
};

/** What these handlers move of a section. */
interface Pages extends Unsettled {
  readonly offlineBacked: number;
  readonly reached: number;
  readonly inUse: number;
  readonly inUseEmpty: number;
  readonly ballooned: number;
  readonly balloonedBacked: number;
}

/** Pages of the list, or on their way to or from it. */
const unsettled = (c: Unsettled): number =>
  c.inHand + c.inHandOver + c.leaving + c.lostIn + c.lostOver + c.lostOut;

const pages = (label: Label) => payload(label, 'pages');

/** Moves pages from one kind to others, or out of the one. */
const shift = (from: keyof Pages, ...to: readonly (keyof Pages)[]): Move<Pages> => ({
  when: (c, l) => c[from] >= pages(l),
  set: (c, l) => ({
    [from]: c[from] - pages(l),
    ...Object.fromEntries(to.map((kind) => [kind, c[kind] + pages(l)])),
  }),
});

/** Pages off the list, and in use. */
const taken: Handlers<Pages> = {
  'populate.ok': shift('ballooned', 'inHand'),
  'p2mset.ok': shift('inHand', 'inUse'),
  'p2mset.stale': shift('lostIn', 'inUseEmpty', 'stale'),
};
/** Pages given up, and on the list. */
const given: Handlers<Pages> = {
  'p2mdrop.ok': shift('inUse', 'leaving'),
  'decrease.ok': shift('leaving', 'ballooned'),
  'decrease.bug': { when: (c, l) => c.lostOut >= pages(l) },
};

const listed = { ...taken, ...given };

/** Where a page may have come onto the list with a frame, or its entry was never written. */
const takenHot: Handlers<Pages> = {
  ...taken,
  'populate.over': shift('balloonedBacked', 'inHandOver'),
  'p2mset.over': shift('inHandOver', 'inUse'),
  'p2mset.bug': { when: (c, l) => c.inHandOver + c.lostOver >= pages(l) },
  'p2mset.staleover': shift('lostOver', 'inUseEmpty', 'stale'),
  // Nobody looks at the result: the page goes to the allocator without an entry.
  'p2mset.enomem': shift('inHand', 'inUseEmpty'),
};

/**
 * Of a run that is populated before it is there. A frame that is lost leaves a stale entry behind, which the next frame for that
 * page replaces.
 */
const runOf = (size: number): Handlers<Pages> => ({
  'p2mset.ok': {
    when: (c, l) => c.inHand >= pages(l),
    set: (c, l) => ({ inHand: c.inHand - pages(l), stale: Math.max(0, c.stale - pages(l)) }),
  },
  'p2mset.over': shift('inHandOver'),
  'p2mset.stale': {
    when: (c, l) => c.lostIn >= pages(l),
    set: (c, l) => ({
      lostIn: c.lostIn - pages(l),
      stale: Math.min(size - c.offlineBacked, c.stale + pages(l)),
    }),
  },
  'p2mset.staleover': {
    when: (c, l) => c.lostOver >= pages(l),
    set: (c, l) => ({
      lostOver: c.lostOver - pages(l),
      offlineBacked: c.offlineBacked - pages(l),
      stale: c.stale + pages(l),
    }),
  },
});

export const P2M_DECIDED: readonly string[] = Object.keys({ ...takenHot, ...given });
export const P2M_DECIDED_AT_BOOT: readonly string[] = Object.keys(listed);

/** Saved and restored: frames that no entry names are lost. A page that is populated over keeps the older one. */
const restored = (c: Pages) => ({
  inHand: 0,
  lostIn: c.lostIn + c.inHand,
  inHandOver: 0,
  lostOver: c.lostOver + c.inHandOver,
  leaving: 0,
  lostOut: c.lostOut + c.leaving,
});
/** Of a run they count as put behind its pages. */
const restoredRun = (c: Pages) => ({
  ...restored(c),
  offlineBacked: c.offlineBacked - c.inHand,
  reached: Math.max(0, c.reached - c.inHand),
});

/** Entries of a hot-added section before anything is put there. */
export const entriesAtStart = ({ beyondRam }: Protocol): number => (beyondRam === 'identity' ? 1 : 0);

const NEVER: Move<Pages> = { when: () => false };
/** Of a section that the P2M has no room for, the first entry to be written stops the kernel. */
const BEYOND: Handlers<Pages> = {
  ...each<Pages>(['p2mset.ok', 'p2mset.over', 'p2mset.stale', 'p2mset.staleover', 'p2mset.enomem'], NEVER),
  'p2mset.bug': { when: (c, l) => c.inHand + c.inHandOver + c.lostIn + c.lostOver >= pages(l) },
};
/** Nothing else does, but to write over a live one where that is a BUG. */
const within = ({ overLive }: Protocol, lacksLeaf: boolean): Handlers<Pages> => ({
  ...(overLive === 'bugs' ? {} : { 'p2mset.bug': NEVER }),
  ...(lacksLeaf ? {} : { 'p2mset.enomem': NEVER }),
});

/** Every state of a hot-added section, `disordered` among them; `named`: the P2M has room for it; `lacksLeaf`: and an entry may want its leaf all the same. */
export function p2mSection<C extends Pages>(
  states: Readonly<Record<string, Handlers<C>>>,
  protocol: Protocol,
  size: number,
  { named, lacksLeaf }: { readonly named: boolean; readonly lacksLeaf: boolean },
): Record<string, Handlers<C>> {
  const run = { ...runOf(size), ...(named ? {} : BEYOND) };
  return Object.fromEntries(
    Object.entries(states as unknown as Record<string, Handlers<Pages>>).map(([state, own]) => {
      if (state === 'disordered') return [state, { ...own, ...each<Pages>([...STOPS, 'p2mclear.ok'], stay) }];
      const isRun = 'fill.ok' in own;
      const isListed = 'populate.ok' in own;
      return [
        state,
        {
          ...own,
          ...withHand(own),
          ...(isRun ? run : {}),
          ...(isListed ? takenHot : {}),
          ...(isListed ? (named ? within(protocol, lacksLeaf) : BEYOND) : {}),
          ...('decrease.ok' in own ? given : {}),
          ...givenUp(own, protocol),
          ...isolated(own),
          'p2mclear.ok': { set: () => ({ identity: 0 }) },
          ...each<Pages>(STOPS, { set: isRun ? restoredRun : restored }),
        } satisfies Handlers<Pages>,
      ];
    }),
  ) as unknown as Record<string, Handlers<C>>;
}

/** Boot memory. */
export const p2mBoot: Handlers<Pages> = { ...listed, ...each<Pages>(STOPS, { set: restored }) };

const listOf = (moves: Move<Pages> | readonly Move<Pages>[] | undefined): readonly Move<Pages>[] =>
  moves === undefined ? [] : Array.isArray(moves) ? moves : [moves as Move<Pages>];

const withSet = (
  moves: Move<Pages> | readonly Move<Pages>[] | undefined,
  also: (c: Pages, l: Label) => Partial<Pages>,
): readonly Move<Pages>[] =>
  listOf(moves).map((move) => ({ ...move, set: (c, l) => ({ ...move.set?.(c, l), ...also(c, l) }) }));

/** Frames put behind pages of a run are in hand until they have their entries. */
const withHand = (own: Handlers<Pages>): Handlers<Pages> =>
  'fill.ok' in own
    ? {
        'fill.ok': withSet(own['fill.ok'], (c, l) => ({ inHand: c.inHand + pages(l) })),
        'fill.over': withSet(own['fill.over'], (c, l) => ({ inHandOver: c.inHandOver + pages(l) })),
      }
    : {};

/** A run that is given up: its entries stay invalid, unless the driver puts them back; for want of a leaf some are invalid already. */
function givenUp(own: Handlers<Pages>, protocol: Protocol): Handlers<Pages> {
  if (!('release' in own) || !('fill.ok' in own)) return {};
  const back = { identity: entriesAtStart(protocol) };
  return {
    release: withSet(own['release'], () => (protocol.restoresIdentity ? back : {})),
    'p2m.enomem': withSet(own['p2m.enomem'], () => (protocol.restoresIdentity ? back : { identity: 0 })),
  };
}

/** A page on its way to or from the list cannot be isolated either. */
const isolated = (own: Handlers<Pages>): Handlers<Pages> => {
  const begins = listOf(own['offline.begin']);
  return begins.some(({ to }) => to === 'goingOffline')
    ? each(
        ['offline.begin'],
        begins.map((move) => ({
          ...move,
          when: (c, l) => (move.when?.(c, l) ?? true) && unsettled(c) === 0,
        })),
      )
    : {};
};

/** What is observed of it, and only where it can be. */
export const unsettledQuantities = (c: Unsettled) => ({
  unsettled: unsettled(c),
  stale: c.stale,
  identity: c.identity,
});

/**
 * How to draw one label of a family at real size, where the alphabet is not enumerated.
 *
 * Draws are biased to boundaries: 1, a batch, exactly what is left, exactly one section, one less, one more. A draw need not be
 * enabled (the owners decide), and every enabled label can be drawn: both are tested against the product in small scopes.
 * The sampler reads local states as a person would read them off; it decides nothing.
 */
import type { LocalState } from '../../src/core/chart.ts';
import { BOOT, type Label } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { hasLooseGap } from '../guest/gap.ts';
import { wakes } from '../guest/wakes.ts';
import { fillsToTarget, type Protocol, unitOf } from '../protocol.ts';
import { blockOf, blocksOf, type Scope } from '../scope.ts';
import { claimDraws } from './claims.ts';
import { some } from './draws.ts';
import { familiesOf } from './families.ts';
import { growingDraws } from './growing.ts';
import { hostDraws } from './hosts.ts';
import { type LendingTools, lendingBuckets, lendingDraws } from './lending.ts';
import { p2mBuckets, p2mDraws } from './p2m.ts';
import { podDraws } from './pod.ts';
import { removingDraws } from './removing.ts';
import { scratchBuckets, scratchDraws } from './scratch.ts';
import { specialBuckets, specialDraws } from './special.ts';
import { toolDraws } from './tool.ts';
import { unmappedDraws } from './unmapped.ts';

/** Where a drawing gets its chance from: an integer in [0, n). */
export interface Chance {
  readonly below: (n: number) => number;
}

/** What a sampler may look at: local states, and indices collected by what is true of them. */
export interface SamplerView {
  /** Local state of a chart there is one of, by id. */
  readonly local: (id: string) => LocalState;
  /** Local state of an indexed chart. */
  readonly at: (kind: string, index: number) => LocalState;
  /** Indices of a bucket (see `buckets`): how many, and the nth. */
  readonly sizeOf: (bucket: string) => number;
  readonly nth: (bucket: string, n: number) => number;
}

/** A set of indices that is kept up to date as charts of a kind move. */
export interface Bucket {
  readonly kind: string;
  readonly has: (local: LocalState) => boolean;
}

export interface Sampler {
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Every family of the alphabet, with its weight when nothing else speaks for one: environments are rarer than the driver. */
  readonly families: Readonly<Record<string, number>>;
  /** Families that neither the driver nor the kernel core takes part in. */
  readonly bystanders: readonly string[];
  /** One instance, or undefined where none can be enabled. */
  readonly draw: (family: string, view: SamplerView, chance: Chance) => Label | undefined;
}

export interface SamplingOptions {
  /** Targets to choose from; by default anywhere, near boundaries. */
  readonly targets?: readonly number[];
  /** Most pages of one extent label; by default as many as one label may carry. */
  readonly extentMax?: number;
  /** Off: no payload that is meant to be refused. */
  readonly strays?: boolean;
}

/** One payload in so many is not what the charts would take, so that a guard that went missing shows. */
const STRAY = 16;
/** What the driver has no part in; a run that takes nothing else for long has come to a stand. */
const BYSTANDERS: readonly string[] = [
  ...['max.set', 'target.set', 'intrude', 'withdraw', 'host.take', 'host.give', 'offline.ebusy', 'dimm.add'],
];

const count = (local: LocalState, key: string): number => Number(local.context[key] ?? 0);
const is =
  (...values: readonly string[]) =>
  ({ value }: LocalState) =>
    values.includes(value);
const holds = (key: string) => (local: LocalState) => count(local, key) > 0;

const BUCKETS: Readonly<Record<string, Bucket>> = {
  ballooned: { kind: 'section', has: holds('ballooned') },
  balloonedBacked: { kind: 'section', has: holds('balloonedBacked') },
  inUse: { kind: 'section', has: holds('inUse') },
  offlineBlock: { kind: 'block', has: is('offline') },
  onlineBlock: { kind: 'block', has: is('online') },
  fullBlock: {
    kind: 'section',
    has: (l) => l.value === 'online' && !holds('ballooned')(l) && !holds('balloonedBacked')(l),
  },
  freeSlot: { kind: 'slot', has: is('free', 'hidden') },
  rivalSlot: { kind: 'slot', has: is('rival', 'both') },
  ...lendingBuckets,
  ...p2mBuckets,
  ...specialBuckets,
  ...scratchBuckets,
};

export function samplerOf(
  protocol: Protocol,
  form: Form,
  scope: Scope,
  options: SamplingOptions = {},
): Sampler {
  const drawing = new Drawing(protocol, form, scope, options);
  return {
    buckets: BUCKETS,
    families: familiesOf(protocol, form, scope),
    bystanders: BYSTANDERS,
    draw: (family, view, chance) => drawing.draw(family, view, chance),
  };
}

export type Draw = (view: SamplerView, chance: Chance) => Omit<Label, 'type'> | undefined;

class Drawing {
  private readonly protocol: Protocol;
  private readonly scope: Scope;
  private readonly options: SamplingOptions;
  private readonly draws: Readonly<Record<string, Draw>>;

  constructor(protocol: Protocol, form: Form, scope: Scope, options: SamplingOptions) {
    this.protocol = protocol;
    this.scope = scope;
    this.options = options;
    this.draws = {
      ...this.orders(),
      ...this.calls(),
      ...this.runs(),
      ...this.blocks(),
      ...this.others(),
      ...lendingDraws(scope, this.tools),
      'decrease.held': this.calls()['decrease.ok'] ?? (() => undefined),
      'ref.drop': (view, chance) => {
        const held = count(view.local('hypervisor'), 'held');
        return held > 0 ? { pages: this.extent(held, chance) } : undefined;
      },
      ...specialDraws(form, scope, this.tools, this.calls()['fill.ok']),
      ...p2mDraws(protocol, form, scope, this.tools),
      ...scratchDraws(scope, this.tools),
      ...unmappedDraws(this.calls()),
      ...claimDraws(scope, options.extentMax ?? scope.hostPages),
      ...hostDraws(scope, options.extentMax ?? scope.hostPages),
      ...podDraws(protocol, form, scope, {
        decrease: this.calls()['decrease.ok'],
        target: (view, chance) => this.target(view, chance),
        extent: this.tools.extent,
        room: (view) => this.room(view),
      }),
    };
  }

  draw(family: string, view: SamplerView, chance: Chance): Label | undefined {
    const draw = this.draws[family];
    if (draw === undefined) return { type: family };
    const payload = draw(view, chance);
    if (payload === undefined) return undefined;
    const isStray = this.options.strays !== false && family !== 'max.set' && chance.below(STRAY) === 0;
    return { type: family, ...payload, ...(isStray ? this.stray(payload, view, chance) : {}) };
  }

  /** One field of a payload changed: one page more or many, another section, a longer run. */
  private stray(payload: Omit<Label, 'type'>, view: SamplerView, chance: Chance): Omit<Label, 'type'> {
    const { sections, sectionsPerBlock, batch } = this.scope;
    const offline = view.sizeOf('offlineBlock');
    const { pages = 0, first, count: run = 0 } = payload;
    const keys = Object.keys(payload);
    switch (keys[chance.below(keys.length)]) {
      case 'pages':
        return { pages: pages + 1 + chance.below(2) * chance.below(batch) };
      case 'section':
        return {
          section:
            offline > 0 && chance.below(2) === 0
              ? view.nth('offlineBlock', chance.below(offline)) * sectionsPerBlock
              : chance.below(sections),
        };
      case 'block':
        return { block: chance.below(blocksOf(this.scope)) };
      case 'first':
        return { first: chance.below(sections - run + 1) };
      case 'count':
        return { count: Math.min(run + 1, sections - (first ?? 0)) };
      default:
        return {};
    }
  }

  private orders(): Record<string, Draw> {
    const sized = (families: readonly string[], draw: Draw) =>
      Object.fromEntries(families.map((family) => [family, draw]));
    const { batch } = this.scope;
    return {
      ...toolDraws(this.scope, (view, chance) => this.target(view, chance)),
      ...sized(wakes('refill', this.protocol), (view) => {
        const books = view.local('books');
        const pages = Math.min(credit(books), count(books, 'low'), batch);
        return pages > 0 ? { pages } : undefined;
      }),
      ...growingDraws(this.protocol, this.scope),
      ...sized(wakes('intend', this.protocol), (view) => {
        const books = view.local('books');
        const spare = books.value === 'endless' ? credit(books) : count(books, 'spare');
        const pages = Math.min(credit(books), spare);
        return pages > 0 ? { pages } : undefined;
      }),
      ...sized(wakes('forgo', this.protocol), (view) => {
        const books = view.local('books');
        const pages = Math.min(-credit(books), count(books, 'hotplug'));
        return pages > 0 ? { pages } : undefined;
      }),
      ...sized(wakes('shrink', this.protocol), (view, chance) => {
        const most = Math.min(-credit(view.local('books')), batch);
        return most > 0 ? { pages: some(most, batch, chance) } : undefined;
      }),
    };
  }

  private calls(): Record<string, Draw> {
    const extent =
      (bucket: string, grants: boolean): Draw =>
      (view, chance) => {
        const section = this.sectionWith(bucket, view, chance);
        if (section === undefined) return undefined;
        const left = count(view.local('balloon'), 'left');
        const most = Math.min(left, this.pagesOf(section, bucket, view), grants ? this.room(view) : left);
        return most > 0 ? { section, pages: this.extent(most, chance) } : undefined;
      };
    const fill: Draw = (view, chance) => {
      const balloon = view.local('balloon');
      const { pagesPerSection } = this.scope;
      const filled = count(balloon, 'filled');
      const section = count(balloon, 'first') + Math.floor(filled / pagesPerSection);
      if (section >= this.scope.sections) return undefined;
      const wanted = fillsToTarget(this.protocol) ? count(balloon, 'left') : pagesPerSection;
      const left = Math.min(pagesPerSection - (filled % pagesPerSection), this.room(view), wanted);
      return left > 0 ? { section, pages: this.extent(left, chance) } : undefined;
    };
    return {
      'populate.ok': extent('ballooned', true),
      'populate.over': extent('balloonedBacked', true),
      'decrease.ok': extent('inUse', false),
      'fill.ok': fill,
      'fill.over': (view, chance) => {
        const drawn = fill(view, chance);
        if (drawn?.section === undefined) return undefined;
        const local = view.at('section', drawn.section);
        const old = count(local, 'offlineBacked') - count(local, 'reached');
        return old > 0 ? { ...drawn, pages: Math.min(drawn.pages ?? 0, old) } : undefined;
      },
      'unfill.ok': (view, chance) => {
        const balloon = view.local('balloon');
        const { pagesPerSection } = this.scope;
        const filled = count(balloon, 'filled');
        if (filled === 0) return undefined;
        const section = count(balloon, 'first') + Math.floor((filled - 1) / pagesPerSection);
        return { section, pages: this.extent(((filled - 1) % pagesPerSection) + 1, chance) };
      },
    };
  }

  /** The run in hand, or one to be found. */
  private runs(): Record<string, Draw> {
    const mine: Draw = (view) => {
      const balloon = view.local('balloon');
      const run = count(balloon, 'count');
      return run > 0 ? { first: count(balloon, 'first'), count: run } : undefined;
    };
    const wanted = (view: SamplerView) =>
      Math.ceil(count(view.local('books'), 'wanted') / this.scope.pagesPerSection);
    return {
      clamp: (view) => {
        const lent = count(view.local('need'), 'lent');
        const all = count(view.local('books'), 'current') + (this.protocol.clampCountsLent ? lent : 0);
        return { count: lent, pages: all };
      },
      'reserve.ok': (view, chance) => this.tools.runOf(this.tools.needed(view), view, chance),
      'reserve.nogap': (view) => {
        const run = this.tools.needed(view);
        return run > 0 ? { count: run } : undefined;
      },
      'place.ok': (view) => {
        const first = count(view.local('ramEnd'), 'end');
        const run = wanted(view);
        return run > 0 && first + run <= this.scope.sections ? { first, count: run } : undefined;
      },
      'place.none': (view) => {
        const run = wanted(view);
        return run > 0 ? { count: run } : undefined;
      },
      'find.ok': (view, chance) => ({ section: this.gap(1, view, chance) }),
      ...Object.fromEntries(
        [
          ...['p2m.enomem', 'add.ok', 'add.eexist', 'add.enomem', 'add.einval', 'add.e2big'],
          'remove.ok',
          'release',
        ].map((family) => [family, mine]),
      ),
      ...(this.protocol.claimFirst ? {} : { 'add.eexist': firstTaken(mine) }),
      'count.done': (view) => ({ count: count(view.local('balloon'), 'count') }),
      ...removingDraws(this.protocol, this.scope, mine),
    };
  }

  private blocks(): Record<string, Draw> {
    const cursor = (view: SamplerView) => blockOf(this.scope, count(view.local('balloon'), 'cursor'));
    const byHand = (view: SamplerView) => count(view.local('onliner'), 'block');
    const page =
      (block: (view: SamplerView) => number, from: readonly string[]): Draw =>
      (view, chance) => {
        const per = this.scope.sectionsPerBlock;
        const section = block(view) * per + chance.below(per);
        if (section >= this.scope.sections) return undefined;
        const local = view.at('section', section);
        const left = from.reduce((sum, key) => sum + count(local, key), 0);
        return left > 0 ? { section, pages: this.extent(left, chance) } : undefined;
      };
    const walk = (verb: string, block: (view: SamplerView) => number): Record<string, Draw> => ({
      [`${verb}.page`]: page(block, ['offlineEmpty', 'offlineBacked']),
      [`${verb}.kept`]: page(block, ['offlineBacked']),
      [`${verb}.done`]: (view) => ({ block: block(view) }),
      [`${verb}.veto`]: (view) => ({ block: block(view) }),
    });
    const from =
      (bucket: string): Draw =>
      (view, chance) => {
        const size = view.sizeOf(bucket);
        return size === 0 ? undefined : { block: view.nth(bucket, chance.below(size)) };
      };
    const offlined = (view: SamplerView) => ({ block: count(view.local('offliner'), 'block') });
    return {
      ...walk('autoonline', cursor),
      'autoonline.begin': (view) => ({ block: cursor(view) }),
      'autoonline.einval': (view) => ({ block: cursor(view) }),
      ...walk('online', byHand),
      'online.begin': from('offlineBlock'),
      'offline.begin': (view, chance) => {
        const size = view.sizeOf('fullBlock');
        return size === 0 || chance.below(4) === 0
          ? from('onlineBlock')(view, chance)
          : { block: blockOf(this.scope, view.nth('fullBlock', chance.below(size))) };
      },
      'offline.ebusy': from('onlineBlock'),
      'offline.done': offlined,
      'offline.cancel': offlined,
    };
  }

  private others(): Record<string, Draw> {
    const host =
      (key: string): Draw =>
      (view, chance) => {
        const most = count(view.local('hypervisor'), key);
        if (most === 0) return undefined;
        // Sometimes all but a little: what is left then cuts a populate short.
        const rest = chance.below(2) === 0 ? chance.below(2 * this.scope.batch) : chance.below(most);
        const pages =
          chance.below(key === 'free' ? 4 : 2) === 0
            ? most - Math.min(most - 1, rest)
            : 1 + chance.below(most);
        return { pages: Math.min(pages, this.options.extentMax ?? most) };
      };
    return {
      intrude: (view, chance) => {
        if (hasLooseGap(this.protocol, this.scope) && chance.below(3) === 0) return { section: BOOT };
        const size = view.sizeOf('freeSlot');
        if (size === 0) return undefined;
        // The run in hand is where a rival hurts.
        const inHand = count(view.local('balloon'), 'first');
        return { section: chance.below(3) === 0 ? inHand : view.nth('freeSlot', chance.below(size)) };
      },
      'dimm.add': (view, chance) => {
        const size = view.sizeOf('freeSlot');
        const per = this.scope.sectionsPerBlock;
        if (size === 0) return undefined;
        return { first: per * Math.floor(view.nth('freeSlot', chance.below(size)) / per), count: per };
      },
      withdraw: (view, chance) => {
        if (hasLooseGap(this.protocol, this.scope) && chance.below(3) === 0) return { section: BOOT };
        const size = view.sizeOf('rivalSlot');
        const anywhere = chance.below(32) === 0;
        if (size === 0 && !anywhere) return undefined;
        return {
          section: anywhere ? chance.below(this.scope.sections) : view.nth('rivalSlot', chance.below(size)),
        };
      },
      'host.take': host('free'),
      'host.give': host('other'),
    };
  }

  private readonly tools: LendingTools = {
    sectionWith: (bucket, view, chance) => this.sectionWith(bucket, view, chance),
    extent: (most, chance) => this.extent(most, chance),
    pagesOf: (section, key, view) => this.pagesOf(section, key, view),
    needed: (view) => {
      const need = view.local('need');
      const missing = count(need, 'target') + count(need, 'lent') - count(need, 'total');
      const unit = unitOf(this.protocol, this.scope.sectionsPerBlock);
      return unit * Math.min(Math.ceil(missing / (unit * this.scope.pagesPerSection)), this.protocol.runMax);
    },
    runOf: (run, view, chance) =>
      run > 0 && run <= this.scope.sections ? { first: this.gap(run, view, chance), count: run } : undefined,
  };

  private pagesOf(section: number, key: string, view: SamplerView): number {
    return count(section === BOOT ? view.local('section[boot]') : view.at('section', section), key);
  }

  /** What Xen would grant now. */
  private room(view: SamplerView): number {
    const xen = view.local('hypervisor');
    const cap = this.protocol.checksCap ? count(xen, 'max') - count(xen, 'tot') : Number.MAX_SAFE_INTEGER;
    return Math.min(count(xen, 'free') - (this.protocol.claimsHonoured ? count(xen, 'claims') : 0), cap);
  }

  private extent(most: number, chance: Chance): number {
    return some(Math.min(most, this.options.extentMax ?? most), this.scope.batch, chance);
  }

  private sectionWith(bucket: string, view: SamplerView, chance: Chance): number | undefined {
    const size = view.sizeOf(bucket);
    const boot = this.scope.bootPages > 0 && count(view.local('section[boot]'), bucket) > 0;
    if (boot && (size === 0 || chance.below(2) === 0)) return BOOT;
    return size === 0 ? undefined : view.nth(bucket, chance.below(size));
  }

  /** The first section of a run that looks free: the lowest, or the next from somewhere. */
  private gap(run: number, view: SamplerView, chance: Chance): number {
    const starts = this.scope.sections - run + 1;
    const from = chance.below(2) === 0 ? 0 : chance.below(starts);
    if (this.protocol.asksIomem && view.sizeOf('freeSlot') < this.scope.sections) {
      let length = 0;
      for (let n = 0; n < this.scope.sections; n++) {
        const at = (from + n) % this.scope.sections;
        length = at === 0 ? 0 : length;
        length = view.at('slot', at).value === 'free' ? length + 1 : 0;
        if (length === run) return at - run + 1;
      }
    }
    return chance.below(4) === 0 ? chance.below(starts) : from;
  }

  /** Around what boot memory, sections, the host and the driver's own counters make special. */
  private target(view: SamplerView, chance: Chance): number {
    const { targets } = this.options;
    if (targets !== undefined) return targets[chance.below(targets.length)] ?? 1;
    const { bootPages, pagesPerSection, sections, hostPages, batch } = this.scope;
    const most = bootPages + sections * pagesPerSection;
    const current = count(view.local('books'), 'current');
    const total = this.protocol.claimFirst ? count(view.local('need'), 'total') : current;
    const few = (1 + chance.below(3)) * pagesPerSection;
    // Mostly near: a section takes some two hundred labels to fill.
    const anchors = [
      current,
      current,
      total,
      total + few,
      total + few,
      current - few,
      bootPages,
      bootPages + Math.round((current - bootPages) / pagesPerSection) * pagesPerSection,
      chance.below(3) > 0 ? current : chance.below(2) === 0 ? hostPages : chance.below(most),
    ];
    const offsets = [0, 0, 0, 1, -1, batch, -batch, batch + 1, chance.below(pagesPerSection)];
    const pages = (anchors[chance.below(anchors.length)] ?? 0) + (offsets[chance.below(offsets.length)] ?? 0);
    return Math.max(1, Math.min(most, pages));
  }
}

/** Add says which section of a run it found taken. */
const firstTaken =
  (mine: Draw): Draw =>
  (view, chance) => {
    const run = mine(view, chance);
    if (run?.first === undefined || run.count === undefined || run.count === 1) return run;
    for (let section = run.first; section < run.first + run.count; section++)
      if (view.at('slot', section).value !== 'free') return { ...run, section };
    return undefined;
  };

/** In 3.1 added pages count before they are online. */
const credit = (books: LocalState): number =>
  count(books, 'target') - count(books, 'current') - count(books, 'hotplug');

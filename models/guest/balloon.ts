/**
 * Balloon: the control of the balloon thread.
 *
 *   asleep ─refill──► refilling ──► (returns)          credit > 0, pages on the list
 *          ─shrink──► shrinking ──► (returns)          credit < 0
 *          ─hotplug─► reserving ──► reserved ─[filling]─► unlocked ──► adding ─[onlining]─► added ──► counting
 *          ─idle────► (bp_state kept, schedule updated)
 *   a failed add:     addFailed ──► givingUp ─[unfilling]─► asleep
 *
 * bp_state: DONE sleeps until the credit is not 0; WAIT polls; EAGAIN backs off and counts failures; ECANCELED gives the order up
 * until the credit changes. Where the baseline credit is read again on the way to sleep, that is a step of its own (`settling`).
 * As a work item the driver loops while there is credit (`looping`) and queues itself with a delay after EAGAIN (`requeueing`);
 * where it holds the mutex until then, letting go is a step of its own (`stopping`).
 * The 2010 order searches (`seeking`) instead of reserving; 3.1 adds at the end of RAM (`placing`). Parts in brackets depend on the protocol.
 * Source: linux drivers/xen/balloon.c `balloon_thread`, `update_schedule`, `increase_reservation`, `decrease_reservation`,
 * `reserve_additional_memory`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { STOPS } from '../host/migrator.ts';
import { otherDecreases } from '../host/references.ts';
import { hasSpecial, specialSteps } from '../host/special.ts';
import { chart, each, type Handlers, type Move, role } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import { has, isWholeBlocks, onlinedByKernel, type Scope } from '../scope.ts';
import { dated } from './balloon-dated.ts';
import { type Balloon, type BpState, filledRun, forfeiting, growCall, inWords } from './balloon-growing.ts';
import { suspendable } from './balloon-suspended.ts';
import { clamping } from './no-hotplug.ts';
import { p2mSteps, writesP2m } from './p2m.ts';
import { type Decision, sleeps, wakes } from './wakes.ts';

/** A run is in hand and not added yet. */
const BEFORE_ADD = [
  ...['placed', 'reserved', 'cleared', 'filling', 'namingRun', 'namingPart', 'filled', 'backingOff'],
  ...['unlocked', 'adding'],
];

const NO_JOB = { left: 0, got: 0, first: 0, count: 0, filled: 0, cursor: 0 };
const pages = (label: Label) => payload(label, 'pages');

export function balloonChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const steps = new Steps(protocol, form, scope);
  const late = writesP2m(protocol, form, scope);
  const own: Record<string, Handlers<Balloon>> = {
    ...steps.sleeping(),
    ...steps.calls(),
    ...steps.finding(),
    ...steps.filling(),
    ...steps.adding(),
    ...steps.undoing(),
  };
  const then = dated(clamping(own, protocol, steps.cancelled), protocol);
  const special = hasSpecial(form, scope);
  const states = late ? p2mSteps(then, protocol, scope) : special ? specialSteps(then) : then;
  // Where add is the next step, and waits for the hotplug lock.
  const beforeLock = Object.entries(states).flatMap(([state, moves]) =>
    'add.begin' in moves ? [state] : [],
  );
  const families = [...new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers)))];
  return chart<Balloon>({
    id: 'balloon',
    kind: 'balloon',
    actor: 'driver',
    families: { ...role('initiates', ...families), ...role('decides', ...STOPS) },
    context: { bp: 'DONE', retry: 1, kept: 0, unnamed: 0, ...NO_JOB },
    initial: 'asleep',
    states: suspendable(states, protocol, late),
    observe: (c, value) => {
      const asleep = value === 'asleep';
      return {
        busy: asleep ? 0 : 1,
        asleep: asleep ? 1 : 0,
        st: ['DONE', 'WAIT', 'EAGAIN', 'ECANCELED'].indexOf(c.bp),
        cancelled: asleep && c.bp === 'ECANCELED' ? 1 : 0,
        wantsHotplug: beforeLock.includes(value) ? 1 : 0,
        /** Frames that Xen has given and the P2M does not name yet. */
        ...(late
          ? { inHand: c.unnamed }
          : has(scope, 'suspender', 'migrator')
            ? { inHand: ['refilling', 'filling'].includes(value) ? c.got : 0 }
            : {}),
        walks: value === 'onlineWalk' ? 1 : 0,
        asks: BEFORE_ADD.includes(value) ? 1 : 0,
      };
    },
    show: inWords(protocol, scope),
  });
}

/** The pieces of the chart, each a few states; they share the protocol's switches. */
class Steps {
  private readonly protocol: Protocol;
  private readonly form: Form;
  private readonly scope: Scope;
  constructor(protocol: Protocol, form: Form, scope: Scope) {
    this.protocol = protocol;
    this.form = form;
    this.scope = scope;
  }

  /** Where nothing is under way. */
  sleeping(): Record<string, Handlers<Balloon>> {
    if (this.protocol.runs === 'work')
      return {
        asleep: this.waking(['queued', 'timer'], () => true),
        looping: this.waking(['done'], () => true),
        requeueing: { 'work.delay': { to: 'asleep' } },
        ...(this.protocol.mutexOver === 'run' ? { stopping: { 'work.stop': { to: 'asleep' } } } : {}),
      };
    const spins = this.protocol.wakeTest === 'notZero';
    const may = {
      done: spins ? ['DONE', 'WAIT', 'ECANCELED'] : ['DONE'],
      timer: ['WAIT', 'EAGAIN'],
      changed: spins ? ['EAGAIN'] : ['WAIT', 'EAGAIN', 'ECANCELED'],
    };
    const asleep = Object.entries(may).map(([why, from]) => this.waking([why], (c) => from.includes(c.bp)));
    return {
      asleep: Object.assign({}, ...asleep) as Handlers<Balloon>,
      settling: { sleep: { to: 'asleep' } },
    };
  }

  /** To the step decided on, for one of these reasons. */
  private waking(reasons: readonly string[], when: (c: Balloon) => boolean): Handlers<Balloon> {
    // No run is in hand, which only one that is filled up to the target can be.
    const open = fillsToTarget(this.protocol);
    const free = open ? (c: Balloon) => when(c) && c.count === 0 : when;
    const to = (decision: Decision, move: Move<Balloon> | readonly Move<Balloon>[]): Handlers<Balloon> =>
      each(
        wakes(decision, this.protocol).filter((family) => reasons.some((why) => family.endsWith(`.${why}`))),
        move,
      );
    return {
      ...to('refill', this.call(free, 'refilling')),
      ...to('shrink', this.call(when, 'shrinking')),
      ...to('hotplug', { when: free, to: this.firstStep }),
      ...(fillsToTarget(this.protocol)
        ? {
            ...to(
              'grow',
              this.call((c) => when(c) && c.count > 0, 'filling'),
            ),
            ...to('complete', {
              when: (c) => when(c) && c.filled > 0,
              set: (c) => filledRun(c, this.scope),
              to: 'filled',
            }),
          }
        : {}),
      ...(this.protocol.expects ? { ...to('intend', this.done), ...to('forgo', this.done) } : {}),
      ...to('idle', this.protocol.runs === 'work' ? this.nothingLeft(when) : this.idle(when)),
    };
  }

  /** A hypercall for so many pages. Whoever left the reservation lock held waits for itself now. */
  private call(when: (c: Balloon) => boolean, to: string): Move<Balloon> | readonly Move<Balloon>[] {
    const set = (_: Balloon, l: Label) => ({ left: pages(l), got: 0 });
    if (this.protocol.refusedFill === 'backsOff') return { when, set, to };
    return [
      { when: (c) => when(c) && c.kept === 0, set, to },
      { when: (c) => when(c) && c.kept === 1, set, to: 'spinning' },
    ];
  }

  /** What stays in hand after a step: nothing, or a run that is filled up to the target. */
  private hand(_: Balloon): Partial<Balloon> {
    return fillsToTarget(this.protocol) ? { left: 0, got: 0, cursor: 0 } : NO_JOB;
  }

  /** credit = 0: a work item starts every iteration in DONE, and stops. */
  private nothingLeft(may: (c: Balloon) => boolean): Move<Balloon> {
    return {
      ...(fillsToTarget(this.protocol) ? { when: (c) => may(c) && c.filled === 0 } : {}),
      set: (c) => ({ ...this.hand(c), bp: 'DONE', retry: 1 }),
      to: 'asleep',
    };
  }

  /** credit = 0: the state is not rewritten, so EAGAIN counts one more failure. */
  private idle(may: (c: Balloon) => boolean): readonly Move<Balloon>[] {
    const again = this.again();
    return [
      { when: (c) => may(c) && c.bp !== 'EAGAIN', to: this.rest },
      ...again.map((move) => ({
        ...move,
        when: (c: Balloon, l: Label) => may(c) && c.bp === 'EAGAIN' && (move.when?.(c, l) ?? true),
      })),
    ];
  }

  /** One hypercall over the balloon list: extents one after the other, then its return. */
  calls(): Record<string, Handlers<Balloon>> {
    const extent: Move<Balloon> = {
      when: (c, l) => pages(l) <= c.left,
      set: (c, l) => ({ left: c.left - pages(l), got: 1 }),
    };
    return {
      refilling: {
        ...each<Balloon>(['populate.ok', 'populate.over'], extent),
        'populate.full': { when: (c) => c.left === 0, ...this.done },
        'populate.short': {
          when: (c) => c.left > 0 && c.got > 0,
          ...(this.protocol.shortPopulate === 'hardLimit' ? this.cancelled : this.done),
        },
        'populate.refused': this.again((c) => c.left > 0 && c.got === 0),
      },
      shrinking: {
        ...each<Balloon>(['decrease.ok', ...otherDecreases(this.form, this.scope)], {
          when: (c, l) => pages(l) <= c.left,
          set: (c, l) => ({ left: c.left - pages(l) }),
        }),
        'decrease.done': { when: (c) => c.left === 0, ...this.done },
        // Also when fewer pages were asked for than the credit wants because memory is short.
        'decrease.nomem': this.again(this.protocol.cutShrink === 'DONE' ? (c) => c.left > 0 : undefined),
      },
    };
  }

  /** Address space: reserved in one step, or (2010) only looked for. */
  finding(): Record<string, Handlers<Balloon>> {
    const run = (_: Balloon, l: Label) => ({ first: payload(l, 'first'), count: payload(l, 'count') });
    if (this.firstStep === 'placing')
      return {
        placing: { 'place.ok': { set: run, to: 'placed' }, 'place.none': this.again() },
        placed: this.toAdd(),
      };
    if (!this.protocol.claimFirst)
      return {
        seeking: {
          'find.ok': { set: (_, l) => ({ first: payload(l, 'section'), count: 1 }), to: 'filling' },
          'find.none': this.cancelled,
        },
      };
    if (fillsToTarget(this.protocol))
      return {
        reserving: {
          'need.none': this.done,
          'reserve.ok': { ...this.done, set: (c, l) => ({ ...run(c, l), bp: 'DONE', retry: 1 }) },
          'reserve.nogap': this.again(),
        },
      };
    return {
      reserving: {
        'need.none': this.ends('WAIT'),
        'reserve.ok': { set: run, to: 'reserved' },
        'reserve.nogap': this.protocol.noGap === 'EAGAIN' ? this.again() : this.cancelled,
      },
      reserved: {
        ...(this.form.p2mOwner === 'guest' && this.protocol.invalidatesRun
          ? { 'p2m.enomem': { when: this.mine, ...this.cancelled } }
          : {}),
        ...(this.protocol.populateFirst ? this.fillCall() : this.toAdd()),
      },
    };
  }

  /** The run is populated before it is added (2010 and lifecycle). */
  filling(): Record<string, Handlers<Balloon>> {
    if (!this.protocol.populateFirst) return {};
    if (fillsToTarget(this.protocol))
      return {
        filling: growCall(this.protocol, this.scope, {
          done: this.done,
          again: (when) => this.again(when),
          stopped: { set: (c) => ({ ...this.hand(c), bp: 'ECANCELED', kept: 1 }), to: this.rest },
        }),
        filled: this.toAdd(),
        ...(this.protocol.refusedFill === 'stopsLocked' ? { spinning: {} } : {}),
      };
    return {
      filling: this.fillCall(),
      filled: this.toAdd(),
      ...(this.protocol.shortFill === 'retried'
        ? { backingOff: { 'fill.retry': { set: () => ({ got: 0 }), to: 'filling' } } }
        : {}),
    };
  }

  private fillCall(): Handlers<Balloon> {
    const size = (c: Balloon) => c.count * this.scope.pagesPerSection;
    const here = (c: Balloon, l: Label) =>
      payload(l, 'section') === this.sectionAt(c, c.filled) && c.filled + pages(l) <= size(c);
    const extent: Move<Balloon> = {
      when: here,
      set: (c, l) => ({ filled: c.filled + pages(l), got: 1 }),
      to: 'filling',
    };
    const fellShort = (got: number) => (c: Balloon) => c.filled < size(c) && c.got === got;
    const ignored = this.protocol.shortFill === 'ignored';
    const isLast = (c: Balloon) => this.isLast(c);
    return {
      'fill.ok': extent,
      'fill.over': extent,
      'fill.full': { when: (c) => c.filled === size(c), set: () => ({ got: 0, retry: 1 }), to: 'filled' },
      // Progress: failures before and after it are not in a row.
      'fill.short': ignored
        ? { when: fellShort(1), set: () => ({ got: 0 }), to: 'filled' }
        : { when: fellShort(1), set: () => ({ got: 0, retry: 1 }), to: 'filling' },
      'fill.refused': ignored
        ? { when: fellShort(0), to: 'filled' }
        : [
            {
              when: (c) => fellShort(0)(c) && isLast(c),
              set: () => ({ retry: 1 }),
              to: 'givingUp',
            },
            {
              when: (c) => fellShort(0)(c) && !isLast(c),
              set: (c) => ({ retry: this.failed(c) }),
              to: 'backingOff',
            },
          ],
    };
  }

  private toAdd(): Handlers<Balloon> {
    return this.protocol.dropMutexOverAdd
      ? { 'mutex.drop': { to: 'unlocked' } }
      : { 'add.begin': { to: 'adding' } };
  }

  adding(): Record<string, Handlers<Balloon>> {
    const { driverOnlines, onlineInsideAdd } = this.protocol;
    const online = driverOnlines || onlinedByKernel(this.scope);
    const inside = online && onlineInsideAdd;
    // add looks at the alignment before anything else.
    const isWhole = (c: Balloon) =>
      !this.protocol.checksAlignment || isWholeBlocks(this.scope, c.first, c.count);
    const whole = (is: boolean) => (c: Balloon, l: Label) => this.mine(c, l) && isWhole(c) === is;
    return {
      ...(this.protocol.dropMutexOverAdd ? { unlocked: { 'add.begin': { to: 'adding' } } } : {}),
      adding: {
        'add.ok': { when: whole(true), set: (c) => ({ cursor: c.first }), to: inside ? 'onlining' : 'added' },
        ...each<Balloon>(['add.eexist', 'add.enomem'], { when: whole(true), to: 'addFailed' }),
        'add.einval': { when: whole(false), to: 'addFailed' },
      },
      ...(online ? this.onlining(inside) : {}),
      added: { 'add.end': online && !inside ? { to: 'onlining' } : this.counted().next },
      ...this.counted().states,
      addFailed: { 'add.end': this.failedAdd },
    };
  }

  private get firstStep(): string {
    if (this.protocol.claimFirst) return 'reserving';
    return this.protocol.addsAt === 'end' ? 'placing' : 'seeking';
  }

  private get failedAdd(): Move<Balloon> | readonly Move<Balloon>[] {
    if (fillsToTarget(this.protocol)) return { to: 'forfeiting' };
    return this.protocol.rollbackOnAddFailure ? { to: 'givingUp' } : this.addFailed();
  }

  private addFailed(when?: (c: Balloon, l: Label) => boolean): Move<Balloon> | readonly Move<Balloon>[] {
    if (this.protocol.addFailure === 'EAGAIN') return this.again(when);
    return { ...(when === undefined ? {} : { when }), ...this.cancelled };
  }

  /** The run's memory enters the driver's books, if this protocol keeps any. */
  private counted(): { readonly next: Move<Balloon>; readonly states: Record<string, Handlers<Balloon>> } {
    const { countTotal, countCurrent, expects, populateFirst } = this.protocol;
    if (!countTotal && !countCurrent && !expects) return { next: this.done, states: {} };
    const ends = populateFirst || expects ? this.done : this.ends('WAIT');
    return {
      next: { to: 'counting' },
      states: { counting: { 'count.done': { when: (c, l) => payload(l, 'count') === c.count, ...ends } } },
    };
  }

  /** Blocks of the run one after the other. The kernel's walk ends at an error, which add drops; a driver that onlines by itself takes the run back. */
  private onlining(inside: boolean): Record<string, Handlers<Balloon>> {
    const per = this.scope.sectionsPerBlock;
    const block = (c: Balloon) => Math.floor(c.cursor / per);
    const thisBlock = (c: Balloon, l: Label) => payload(l, 'block') === block(c);
    const thisPage = (c: Balloon, l: Label) => Math.floor(payload(l, 'section') / per) === block(c);
    const isLast = (c: Balloon) => c.cursor + per >= c.first + c.count;
    const walkEnds: Move<Balloon> = inside
      ? { when: thisBlock, set: () => ({ cursor: 0 }), to: 'added' }
      : { when: thisBlock, ...this.added };
    const onwards: readonly Move<Balloon>[] = [
      { ...walkEnds, when: (c, l) => thisBlock(c, l) && isLast(c) },
      {
        when: (c, l) => thisBlock(c, l) && !isLast(c),
        set: (c) => ({ cursor: c.cursor + per }),
        to: 'onlining',
      },
    ];
    const own = this.protocol.driverOnlines;
    const failed = fillsToTarget(this.protocol) ? { to: 'forfeiting' } : undefined;
    const vetoed = inside
      ? { when: thisBlock, to: 'vetoed' }
      : { when: thisBlock, ...(failed ?? this.cancelled) };
    return {
      onlining: {
        'autoonline.begin': { when: thisBlock, to: 'onlineWalk' },
        ...(inside ? {} : { 'autoonline.einval': { when: thisBlock, ...(failed ?? this.done) } }),
        // auto_online_blocks says offline: the kernel onlines none of the run.
        ...(inside && this.scope.onlining === 'any' && !own
          ? { 'add.end': { when: (c: Balloon) => c.cursor === c.first, ...this.counted().next } }
          : {}),
      },
      onlineWalk: {
        ...each<Balloon>(['autoonline.page', 'autoonline.kept'], { when: thisPage }),
        'autoonline.done': onwards,
        'autoonline.veto': own ? vetoed : walkEnds,
      },
      ...(own && inside
        ? {
            vetoed: {
              'remove.ok': { when: this.mine, set: () => ({ cursor: 0 }), to: 'addFailed' },
            },
          }
        : {}),
    };
  }

  /** Everything in reverse: frames back to Xen, then the run back to iomem. */
  undoing(): Record<string, Handlers<Balloon>> {
    const empty = (c: Balloon, l: Label) => this.mine(c, l) && c.filled === 0;
    if (fillsToTarget(this.protocol))
      return forfeiting(this.protocol, { ...NO_JOB, bp: 'ECANCELED', retry: 1 }, this.rest);
    if (!this.protocol.populateFirst) return { givingUp: { release: this.addFailed(empty) } };
    const release = { when: empty, ...this.cancelled };
    return {
      givingUp: { 'undo.begin': { to: 'unfilling' } },
      unfilling: {
        'unfill.ok': {
          when: (c, l) =>
            pages(l) <= c.filled && payload(l, 'section') === this.sectionAt(c, c.filled - pages(l)),
          set: (c, l) => ({ filled: c.filled - pages(l) }),
        },
        release,
      },
    };
  }

  /** The run is through. */
  private get added(): Move<Balloon> {
    return { ...this.done, set: () => ({ ...NO_JOB, bp: 'DONE', retry: 1 }) };
  }

  /** Section of the run that holds its nth page. */
  private sectionAt(c: Balloon, page: number): number {
    return c.first + Math.floor(page / this.scope.pagesPerSection);
  }

  private readonly mine = (c: Balloon, l: Label) =>
    payload(l, 'first') === c.first && payload(l, 'count') === c.count;

  /** Where a step that did not end in DONE goes: to read its baseline, if that is a step of its own. */
  private get rest(): string {
    if (this.protocol.mutexOver === 'run') return 'stopping';
    return sleeps(this.protocol) ? 'settling' : 'asleep';
  }

  /** BP_WAIT and BP_ECANCELED pass through update_schedule: failures counted so far stay counted. */
  private ends(bp: BpState): Move<Balloon> {
    return { set: (c) => ({ ...this.hand(c), bp }), to: this.rest };
  }

  /** DONE resets the schedule; its wait compares with 0, so there is no baseline to read. A work item loops. */
  private get done(): Move<Balloon> {
    const to = this.protocol.runs === 'work' ? 'looping' : 'asleep';
    return { set: (c) => ({ ...this.hand(c), bp: 'DONE', retry: 1 }), to };
  }

  get cancelled(): Move<Balloon> {
    return this.ends('ECANCELED');
  }

  /** One more failure gives the order up. */
  private isLast(c: Balloon): boolean {
    return this.protocol.retries === 'limited' && c.retry + 1 > this.scope.retryLimit;
  }

  /** Without a limit nothing depends on how many there were. */
  private failed(c: Balloon): number {
    return Math.min(c.retry + 1, this.scope.retryLimit);
  }

  /** EAGAIN: one more failure; past the limit the order is given up. */
  private again(when: (c: Balloon, l: Label) => boolean = () => true): readonly Move<Balloon>[] {
    const last = (c: Balloon) => this.isLast(c);
    return [
      {
        when: (c, l) => when(c, l) && last(c),
        set: (c) => ({ ...this.hand(c), bp: 'ECANCELED', retry: 1 }),
        to: this.rest,
      },
      {
        when: (c, l) => when(c, l) && !last(c),
        set: (c) => ({ ...this.hand(c), bp: 'EAGAIN', retry: this.failed(c) }),
        to: this.protocol.runs === 'work' ? 'requeueing' : this.rest,
      },
    ];
  }
}

/**
 * Manager: one daemon that moves the targets of all domains of a host, so that somebody who asks for frames gets them (squeezed).
 *   resting ──manage.ask──────► calling      frames are wanted for a new domain
 *           ──manage.balance──► calling      somebody's share is another than his target
 *   calling ──manage.look─────► (limits and targets to be set, or the answer)      once a second
 *           ──stuck.guest, stuck.neighbour──► (the same, without him)              five seconds have passed, and he has not moved
 *           ──max.set, target.set, neighbour.order, neighbour.lift──► (one of them is set)
 *           ──manage.yes, manage.no, manage.rest────► resting
 * It answers when everybody who is not stuck has reached his target and no target changes any more. Who is stuck is forgotten
 * with the call (`forgetsStuck`), or as soon as he moves. His limit is clipped to what he has by the look that finds him stuck,
 * and set to his target again by the next one (`clippedOnce`, as the code is); or what he may still take counts as taken
 * (`counted`). It sees Xen's counters as they are; they change between two looks.
 * Source: xen-api ocaml/squeezed/lib/squeeze.ml `change_host_free_memory`, `one_iteration`, `Stuckness_monitor`;
 * src/memory_server.ml `start_balance_thread`, `reserve_memory`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { proportional } from './manager-plan.ts';
import { type Seen, seeing } from './manager-sees.ts';
import { clipped, guestRange, neighbourRange } from './neighbour.ts';

interface Manager extends Seen {
  /** Last set: the guest's limit and target, the neighbour's target. */
  readonly limit: number;
  readonly target: number;
  readonly otherTarget: number;
  /** To be set; the same where nothing is. */
  readonly toLimit: number;
  readonly toTarget: number;
  readonly toOther: number;
  /** Asked for, and answered with yes and not built yet. */
  readonly want: number;
  readonly reserved: number;
  readonly guestStuck: number;
  readonly otherStuck: number;
  /** The neighbour's limit is below its target, and (2) to be set to it. */
  readonly otherClipped: number;
  readonly neighbours: number;
  readonly answer: string;
}

const pages = (label: Label) => payload(label, 'pages');
const NO_MARKS = { guestStuck: 0, otherStuck: 0 };

export function managerChart(protocol: Protocol, scope: Scope): ModelChart {
  const steps = new Steps(protocol, scope);
  const { min } = guestRange(scope);
  const guest = scope.bootPages - scope.bootBallooned;
  const other = neighbourRange(scope).min;
  const states = {
    resting: { ...steps.seen(), ...steps.beginning() },
    calling: { ...steps.seen(), ...steps.deciding(), ...steps.setting(), ...steps.answering() },
    ...(protocol.managerCatches ? {} : { dead: { ...steps.seen(), 'manage.ask': stay } }),
  };
  return chart<Manager>({
    id: 'toolstack',
    kind: 'toolstack',
    actor: 'manager',
    families: {
      ...role('observes', ...Object.keys(steps.seen())),
      ...role('initiates', 'max.set', 'target.set', 'neighbour.order', 'neighbour.lift'),
      ...role('initiates', 'stuck.guest', 'stuck.neighbour'),
      ...role('initiates', 'manage.balance', 'manage.look', 'manage.yes', 'manage.no', 'manage.rest'),
      ...role('decides', 'manage.ask'),
    },
    context: {
      ...{ guest, other, free: scope.hostPages - guest - other },
      ...{ limit: min, target: min, otherTarget: other, toLimit: min, toTarget: min, toOther: other },
      ...{ want: 0, reserved: 0, ...NO_MARKS, otherClipped: 0, neighbours: 1, answer: '' },
    },
    initial: 'resting',
    states,
    observe: (c, value) => ({
      target: c.target,
      pending: value === 'resting' ? 0 : 1,
      pairs: 0,
      reserved: c.reserved,
      /** Marked although he is where he was told to be. */
      slandered:
        (c.guestStuck === 1 && c.guest === c.target) || (c.otherStuck === 1 && c.other === c.otherTarget)
          ? 1
          : 0,
      outOfRange: steps.isInRange(c) ? 0 : 1,
    }),
    show: (c, value) =>
      `${value}: guest ${c.guest} of ${c.target}${c.guestStuck === 1 ? ' (stuck)' : ''}, neighbour ${c.other} of ${c.otherTarget}${c.otherStuck === 1 ? ' (stuck)' : ''}, free ${c.free}${c.reserved === 0 ? '' : `, ${c.reserved} reserved`}`,
  });
}

class Steps {
  private readonly protocol: Protocol;
  private readonly guestMay;
  private readonly otherMay;
  constructor(protocol: Protocol, scope: Scope) {
    this.protocol = protocol;
    this.guestMay = guestRange(scope);
    this.otherMay = neighbourRange(scope);
  }

  /** Xen's counters; whoever moves towards his target is stuck no longer. */
  seen(): Handlers<Manager> {
    const { clearsStuck, managerCatches } = this.protocol;
    const marks = (c: Manager, who: 'guest' | 'other', by: number): Partial<Manager> => {
      if (!clearsStuck) return {};
      if (who === 'other') return { otherStuck: 0 };
      return Math.sign(by) === Math.sign(c.target - c.guest) ? { guestStuck: 0 } : {};
    };
    return {
      ...seeing<Manager>(this.protocol, marks),
      'neighbour.gone': [
        {
          when: (c) => managerCatches || c.toOther === c.otherTarget,
          set: (c) => ({
            ...{ other: 0, free: c.free + c.other, neighbours: 0, otherStuck: 0, otherClipped: 0 },
            ...{ otherTarget: 0, toOther: 0 },
          }),
        },
        ...(managerCatches ? [] : [{ when: (c: Manager) => c.toOther !== c.otherTarget, to: 'dead' }]),
      ],
      'build.ok': { set: (c, l) => ({ free: c.free - pages(l), reserved: 0 }) },
      'build.short': { set: () => ({ reserved: 0 }) },
    };
  }

  /** A call, with nobody marked if marks are of one call only. */
  beginning(): Handlers<Manager> {
    const fresh = (c: Manager): Manager => (this.protocol.forgetsStuck ? { ...c, ...NO_MARKS } : c);
    const isNew = ({ toTarget, toOther }: Manager, c: Manager) =>
      toTarget !== c.target || toOther !== c.otherTarget;
    return {
      'manage.ask': [
        {
          // Enough is free, and nobody is on his way.
          when: (c, l) => this.isEnough(fresh(c), pages(l)),
          set: (c, l) => ({ ...fresh(c), want: pages(l), answer: 'yes' }),
          to: 'calling',
        },
        {
          when: (c, l) => !this.isEnough(fresh(c), pages(l)),
          set: (c, l) => ({ ...fresh(c), want: pages(l) }),
          to: 'calling',
        },
      ],
      'manage.balance': {
        when: (c) => isNew(this.look(fresh(c)), c),
        set: (c) => this.look(fresh(c)),
        to: 'calling',
      },
    };
  }

  deciding(): Handlers<Manager> {
    const isOpen = (c: Manager) => !this.isPending(c) && c.answer === '';
    const isNews = (after: Manager) => this.isPending(after) || after.answer !== '';
    return {
      'manage.look': {
        when: (c) => isOpen(c) && isNews(this.look(c)),
        set: (c) => this.look(c),
      },
      'stuck.guest': {
        when: (c) => isOpen(c) && c.guestStuck === 0 && c.guest !== c.target,
        set: (c) => {
          const after = this.look({ ...c, guestStuck: 1 });
          return this.clips ? { ...after, toLimit: clipped(this.guestMay, c.target, c.guest) } : after;
        },
      },
      'stuck.neighbour': {
        when: (c) => isOpen(c) && c.otherStuck === 0 && c.other !== c.otherTarget,
        set: (c) => {
          const after = this.look({ ...c, otherStuck: 1 });
          return this.clips
            ? {
                ...after,
                otherClipped: clipped(this.otherMay, c.otherTarget, c.other) < c.otherTarget ? 1 : 0,
              }
            : after;
        },
      },
    };
  }

  /** Limits before targets. A manager that counts what may still be taken lowers before it raises. */
  setting(): Handlers<Manager> {
    const first = (raises: boolean, lowers: boolean) => this.clips || !raises || !lowers;
    const otherLowers = (c: Manager) => c.toOther < c.otherTarget;
    return {
      'max.set': {
        when: (c, l) =>
          c.limit !== c.toLimit && pages(l) === c.toLimit && first(c.toLimit > c.limit, otherLowers(c)),
        set: (c) => ({ limit: c.toLimit }),
      },
      'target.set': {
        when: (c, l) => c.limit === c.toLimit && c.target !== c.toTarget && pages(l) === c.toTarget,
        set: (c) => ({ target: c.toTarget }),
      },
      'neighbour.order': {
        when: (c, l) =>
          c.toOther !== c.otherTarget &&
          pages(l) === c.toOther &&
          first(c.toOther > c.otherTarget, c.toLimit < c.limit),
        set: (c) => ({ otherTarget: c.toOther, otherClipped: 0 }),
      },
      'neighbour.lift': { when: (c) => c.otherClipped === 2, set: () => ({ otherClipped: 0 }) },
    };
  }

  answering(): Handlers<Manager> {
    const ends = (answer: string, isAsked: boolean) => (c: Manager) =>
      !this.isPending(c) && c.answer !== '' && (!isAsked || c.answer === answer) && c.want > 0 === isAsked;
    const rests = { want: 0, answer: '' };
    return {
      'manage.yes': {
        when: ends('yes', true),
        set: (c) => ({ ...rests, reserved: c.reserved + c.want }),
        to: 'resting',
      },
      'manage.no': { when: ends('no', true), set: () => rests, to: 'resting' },
      'manage.rest': { when: ends('', false), set: () => rests, to: 'resting' },
    };
  }

  isInRange(c: Manager): boolean {
    const other = c.neighbours === 0 || c.otherTarget >= this.otherMay.min;
    return (
      other &&
      c.target >= this.guestMay.min &&
      c.target <= this.guestMay.max &&
      c.otherTarget <= this.otherMay.max
    );
  }

  private get clips(): boolean {
    return this.protocol.stuckIs !== 'counted';
  }

  private isPending(c: Manager): boolean {
    return (
      c.limit !== c.toLimit || c.target !== c.toTarget || c.otherTarget !== c.toOther || c.otherClipped === 2
    );
  }

  private isReached(c: Manager): boolean {
    return (c.guestStuck === 1 || c.guest === c.target) && (c.otherStuck === 1 || c.other === c.otherTarget);
  }

  private isEnough(c: Manager, want: number): boolean {
    return this.isReached(c) && this.unpromised(c) >= want + c.reserved;
  }

  /** What nobody may take any more. */
  private unpromised(c: Manager): number {
    if (this.clips) return c.free;
    const guest = c.guestStuck === 1 ? Math.max(0, c.limit - c.guest) : 0;
    return c.free - guest - (c.otherStuck === 1 ? Math.max(0, c.otherTarget - c.other) : 0);
  }

  /** One turn of the loop: what to set, or the answer. */
  private look(c: Manager): Manager {
    const base = (min: number) => (this.protocol.keepsMinimum ? min : 0);
    const goal = c.want + c.reserved;
    const [guest, other] = proportional(this.unpromised(c), goal, [
      c.guestStuck === 1 ? undefined : { ...this.guestMay, base: base(this.guestMay.min), actual: c.guest },
      c.otherStuck === 1 || c.neighbours === 0
        ? undefined
        : { ...this.otherMay, base: base(this.otherMay.min), actual: c.other },
    ]);
    const stays = this.protocol.stuckIs === 'clippedOnce' ? c.target : Math.min(c.limit, c.target);
    const after = {
      ...c,
      toTarget: guest ?? c.target,
      toLimit: guest ?? stays,
      toOther: other ?? c.otherTarget,
      // A new target comes with its limit; otherwise the limit is that of the target again.
      otherClipped: c.otherClipped === 0 || (other ?? c.otherTarget) !== c.otherTarget ? c.otherClipped : 2,
    };
    const settled = after.toTarget === c.target && after.toOther === c.otherTarget && this.isReached(c);
    if (!settled) return after;
    return { ...after, answer: this.unpromised(c) >= goal ? 'yes' : 'no' };
  }
}

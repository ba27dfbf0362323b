/**
 * Qmemman: a daemon that shares the frames of a host by what its domains say they need (Qubes).
 *   idle      ──meminfo.guest, meminfo.neighbour──►           a domain has written what it needs; it may do so at any time, and is read here
 *             ──manage.balance──► balancing                   somebody's share is another than his target
 *             ──manage.ask──────► freeing                     frames are wanted for a new domain
 *   balancing ──max.set, target.set, neighbour.order──►       who is to give first; who is to get once what he gets is there
 *             ──manage.look, stuck.guest, stuck.neighbour──►  half a second has passed and it is not: he gets what there is; who
 *                                                             was to give and has not moved at all is marked
 *             ──manage.rest──► idle
 *   freeing   ──manage.look──► (more to be set, or the answer)  a tenth of a second later; who has not moved by then is marked
 *             ──manage.yes──► holding ──build.ok, build.short──► idle
 *             ──manage.no───► idle                            also after three seconds in which too little was freed
 * What a domain may still take counts as taken (`countsPromised`), as its frames and for the heap. Who is marked is left out. A request
 * forgets all marks (`forgetsStuck`); a balance those of whoever has obeyed since or needs more than he has (`clearsStuck`);
 * moving does only where `stuckIs` is `counted`, which is how this daemon would be safe. Whoever asked keeps everybody else out until his
 * domain is built. The limit is set before the target, and a domain that is gone is no error (`managerCatches`).
 * Source: qubes-core-admin qubes/qmemman/systemstate.py `do_balance`, `do_balloon`, `get_free_xen_mem`, `mem_set`;
 * qubes/tools/qmemmand.py `QMemmanReqHandler`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { borrowed, byPreference, type Preferring } from './manager-plan.ts';
import { type Seen, seeing } from './manager-sees.ts';
import { guestRange, neighbourRange, type Range } from './neighbour.ts';

interface Qmemman extends Seen {
  /** Last set: the guest's limit and target, the neighbour's target. */
  readonly limit: number;
  readonly target: number;
  readonly otherTarget: number;
  /** To be set; the same where nothing is. */
  readonly toTarget: number;
  readonly toOther: number;
  /** What each says it needs; 0: nothing yet, and it is left alone. */
  readonly guestNeeds: number;
  readonly otherNeeds: number;
  readonly guestStuck: number;
  readonly otherStuck: number;
  /** What each had when it was last told to have less; 0: it was not, in this turn. */
  readonly guestWas: number;
  readonly otherWas: number;
  /** Asked for, and answered with yes and not built yet. */
  readonly want: number;
  readonly reserved: number;
  readonly neighbours: number;
  readonly answer: string;
}

const pages = (label: Label) => payload(label, 'pages');
const guestMay = (c: Qmemman) => Math.max(c.guest, c.target);
const otherMay = (c: Qmemman) => Math.max(c.other, c.otherTarget);
const isGuestSet = (c: Qmemman) => c.limit === c.toTarget && c.target === c.toTarget;
const isOtherSet = (c: Qmemman) => c.otherTarget === c.toOther;
const isSet = (c: Qmemman) => isGuestSet(c) && isOtherSet(c);
const RESTS = { want: 0, answer: '', guestWas: 0, otherWas: 0 };

export function qmemmanChart(protocol: Protocol, scope: Scope): ModelChart {
  const steps = new Steps(protocol, scope);
  const { min } = guestRange(scope);
  const guest = scope.bootPages - scope.bootBallooned;
  const other = neighbourRange(scope).min;
  const states = {
    idle: { ...steps.seen(), ...steps.beginning() },
    balancing: { ...steps.seen(), ...steps.setting(), ...steps.balancing() },
    freeing: { ...steps.seen(), ...steps.setting(), ...steps.freeing() },
    holding: { ...steps.seen(), ...steps.letting() },
    ...(protocol.managerCatches ? {} : { ended: { ...steps.seen(), 'manage.ask': stay } }),
  };
  return chart<Qmemman>({
    id: 'toolstack',
    kind: 'toolstack',
    actor: 'manager',
    families: {
      ...role('observes', ...Object.keys(steps.seen())),
      ...role('initiates', 'max.set', 'target.set', 'neighbour.order', 'stuck.guest', 'stuck.neighbour'),
      ...role('initiates', 'meminfo.guest', 'meminfo.neighbour'),
      ...role('initiates', 'manage.balance', 'manage.look', 'manage.yes', 'manage.no', 'manage.rest'),
      ...role('decides', 'manage.ask'),
    },
    context: {
      ...{ guest, other, free: scope.hostPages - guest - other },
      ...{ limit: min, target: min, otherTarget: other, toTarget: min, toOther: other },
      ...{ guestNeeds: 0, otherNeeds: 0, guestStuck: 0, otherStuck: 0, guestWas: 0, otherWas: 0 },
      ...{ want: 0, reserved: 0, neighbours: 1, answer: '' },
    },
    initial: 'idle',
    states,
    observe: (c, value) => ({
      target: c.target,
      pending: isCalling(value) ? 1 : 0,
      pairs: 0,
      reserved: c.reserved,
      /** Marked although he is where he was told to be; a balance looks at no mark again. */
      slandered:
        value === 'freeing' &&
        ((c.guestStuck === 1 && c.guest === c.target) || (c.otherStuck === 1 && c.other === c.otherTarget))
          ? 1
          : 0,
      outOfRange: steps.isInRange(c) ? 0 : 1,
    }),
    show: (c, value) =>
      `${value}: guest ${c.guest} of ${c.target}${c.guestStuck === 1 ? ' (stuck)' : ''}, neighbour ${c.other} of ${c.otherTarget}${c.otherStuck === 1 ? ' (stuck)' : ''}, free ${c.free}${c.reserved === 0 ? '' : `, ${c.reserved} reserved`}`,
  });
}

const isCalling = (value: string) => value === 'balancing' || value === 'freeing';

class Steps {
  private readonly protocol: Protocol;
  private readonly guestRange: Range;
  private readonly otherRange: Range;
  constructor(protocol: Protocol, scope: Scope) {
    this.protocol = protocol;
    this.guestRange = guestRange(scope);
    this.otherRange = neighbourRange(scope);
  }

  seen(): Handlers<Qmemman> {
    const { managerCatches, clearsStuck, stuckIs } = this.protocol;
    const ends = clearsStuck && stuckIs === 'counted';
    const marks = (_: Qmemman, who: 'guest' | 'other'): Partial<Qmemman> => {
      if (!ends) return {};
      return who === 'guest' ? { guestStuck: 0 } : { otherStuck: 0 };
    };
    return {
      ...seeing<Qmemman>(this.protocol, marks),
      'neighbour.gone': [
        {
          when: (c) => managerCatches || isOtherSet(c),
          set: (c) => ({
            ...{ other: 0, free: c.free + c.other, neighbours: 0 },
            ...{ otherStuck: 0, otherTarget: 0, toOther: 0, otherNeeds: 0, otherWas: 0 },
          }),
        },
        ...(managerCatches ? [] : [{ when: (c: Qmemman) => !isOtherSet(c), to: 'ended' }]),
      ],
      'build.ok': { set: (c, l) => ({ free: c.free - pages(l), reserved: 0 }) },
      'build.short': { set: () => ({ reserved: 0 }) },
    };
  }

  beginning(): Handlers<Qmemman> {
    const { forgetsStuck } = this.protocol;
    return {
      'meminfo.guest': {
        when: (c, l) => pages(l) !== c.guestNeeds,
        set: (_, l) => ({ guestNeeds: pages(l) }),
      },
      'meminfo.neighbour': {
        when: (c, l) => c.neighbours > 0 && pages(l) !== c.otherNeeds,
        set: (_, l) => ({ otherNeeds: pages(l) }),
      },
      'manage.balance': {
        when: (c) => !isSet(this.balance(c)),
        set: (c) => this.balance(c),
        to: 'balancing',
      },
      'manage.ask': {
        set: (c, l) =>
          this.free({ ...c, ...(forgetsStuck ? { guestStuck: 0, otherStuck: 0 } : {}), want: pages(l) }),
        to: 'freeing',
      },
    };
  }

  /** Limit before target; who gives before who gets; the guest first. Who gets waits until what he gets is there. */
  setting(): Handlers<Qmemman> {
    const guestLowers = (c: Qmemman) => c.toTarget < guestMay(c);
    const guestFirst = (c: Qmemman) => guestLowers(c) || c.toOther >= otherMay(c);
    return {
      'max.set': {
        when: (c, l) =>
          c.limit !== c.toTarget &&
          pages(l) === c.toTarget &&
          (isOtherSet(c) || guestFirst(c)) &&
          this.isThere(c, c.toTarget - guestMay(c)),
        set: (c) => ({ limit: c.toTarget }),
      },
      'target.set': {
        when: (c, l) => c.limit === c.toTarget && c.target !== c.toTarget && pages(l) === c.toTarget,
        set: (c) => ({ target: c.toTarget }),
      },
      'neighbour.order': {
        when: (c, l) =>
          !isOtherSet(c) &&
          pages(l) === c.toOther &&
          (isGuestSet(c) || !guestFirst(c)) &&
          this.isThere(c, c.toOther - otherMay(c)),
        set: (c) => ({ otherTarget: c.toOther }),
      },
    };
  }

  /** Who waits in vain gets what there is, and that ends it. */
  balancing(): Handlers<Qmemman> {
    const guestWaits = (c: Qmemman) =>
      isOtherSet(c) && c.limit !== c.toTarget && !this.isThere(c, c.toTarget - guestMay(c));
    const otherWaits = (c: Qmemman) =>
      isGuestSet(c) && !isOtherSet(c) && !this.isThere(c, c.toOther - otherMay(c));
    const guestKeeps = (c: Qmemman) => otherWaits(c) && c.guest > c.target && c.guest === c.guestWas;
    const otherKeeps = (c: Qmemman) => guestWaits(c) && c.other > c.otherTarget && c.other === c.otherWas;
    // Less than he has, where somebody else took what was promised.
    const grown = (c: Qmemman, may: number) =>
      Math.max(this.protocol.stuckIs === 'counted' ? may : 0, this.unpromised(c) + may);
    const whatThereIs = (c: Qmemman): Partial<Qmemman> =>
      guestWaits(c) ? { toTarget: grown(c, guestMay(c)) } : { toOther: grown(c, otherMay(c)) };
    return {
      'manage.look': {
        when: (c) => (guestWaits(c) || otherWaits(c)) && !guestKeeps(c) && !otherKeeps(c),
        set: whatThereIs,
      },
      'stuck.guest': { when: guestKeeps, set: (c) => ({ guestStuck: 1, ...whatThereIs(c) }) },
      'stuck.neighbour': { when: otherKeeps, set: (c) => ({ otherStuck: 1, ...whatThereIs(c) }) },
      'manage.rest': { when: isSet, set: () => RESTS, to: 'idle' },
    };
  }

  freeing(): Handlers<Qmemman> {
    const isOpen = (c: Qmemman) => isSet(c) && c.answer === '';
    const enough = (c: Qmemman) => this.unpromised(c) >= c.want;
    const guestKeeps = (c: Qmemman) =>
      c.guestWas > 0 && c.guestStuck === 0 && guestMay(c) === c.guestWas && !enough(c);
    const otherKeeps = (c: Qmemman) =>
      c.otherWas > 0 && c.otherStuck === 0 && otherMay(c) === c.otherWas && !enough(c);
    const late = (c: Qmemman) => isOpen(c) && c.guestWas + c.otherWas > 0 && !enough(c);
    return {
      'manage.look': {
        when: (c) => isOpen(c) && !guestKeeps(c) && !otherKeeps(c),
        set: (c) => this.free(c),
      },
      'stuck.guest': { when: (c) => isOpen(c) && guestKeeps(c), set: () => ({ guestStuck: 1 }) },
      'stuck.neighbour': { when: (c) => isOpen(c) && otherKeeps(c), set: () => ({ otherStuck: 1 }) },
      'manage.yes': {
        when: (c) => isSet(c) && c.answer === 'yes',
        set: (c) => ({ ...RESTS, reserved: c.want }),
        to: 'holding',
      },
      'manage.no': {
        when: (c) => late(c) || (isSet(c) && c.answer === 'no'),
        set: () => RESTS,
        to: 'idle',
      },
    };
  }

  /** Whoever asked is done. */
  letting(): Handlers<Qmemman> {
    return {
      'build.ok': { set: (c, l) => ({ free: c.free - pages(l), reserved: 0 }), to: 'idle' },
      'build.short': { set: () => ({ reserved: 0 }), to: 'idle' },
    };
  }

  isInRange(c: Qmemman): boolean {
    const other = c.neighbours === 0 || c.otherTarget >= this.otherRange.min;
    return (
      other &&
      c.target >= this.guestRange.min &&
      c.target <= this.guestRange.max &&
      c.otherTarget <= this.otherRange.max
    );
  }

  /** Free frames that nobody may take any more. */
  private unpromised(c: Qmemman): number {
    if (!this.protocol.countsPromised) return c.free;
    return c.free - Math.max(0, c.target - c.guest) - Math.max(0, c.otherTarget - c.other);
  }

  private isThere(c: Qmemman, more: number): boolean {
    return more <= 0 || this.unpromised(c) >= more;
  }

  private domains(c: Qmemman): readonly (Preferring | undefined)[] {
    const guest = { actual: guestMay(c), pref: c.guestNeeds, max: this.guestRange.max };
    const other = { actual: otherMay(c), pref: c.otherNeeds, max: this.otherRange.max };
    return [
      c.guestNeeds === 0 || c.guestStuck === 1 ? undefined : guest,
      c.otherNeeds === 0 || c.otherStuck === 1 ? undefined : other,
    ];
  }

  private planned(c: Qmemman, [guest, other]: readonly (number | undefined)[]): Qmemman {
    return {
      ...c,
      toTarget: guest ?? c.target,
      toOther: other ?? c.otherTarget,
      guestWas: guest !== undefined && guest < guestMay(c) ? guestMay(c) : 0,
      otherWas: other !== undefined && other < otherMay(c) ? otherMay(c) : 0,
    };
  }

  private balance(c: Qmemman): Qmemman {
    const clears = (needs: number, may: number, target: number) =>
      this.protocol.clearsStuck && needs > 0 && (may <= target || may < needs);
    const fresh = {
      ...c,
      ...(clears(c.guestNeeds, guestMay(c), c.target) ? { guestStuck: 0 } : {}),
      ...(clears(c.otherNeeds, otherMay(c), c.otherTarget) ? { otherStuck: 0 } : {}),
    };
    return this.planned(fresh, byPreference(this.unpromised(fresh), this.domains(fresh)));
  }

  /** One turn of the loop that frees: whom to tell what, or the answer. */
  private free(c: Qmemman): Qmemman {
    if (this.unpromised(c) >= c.want) return { ...c, answer: 'yes' };
    const shares = borrowed(c.want - this.unpromised(c), this.domains(c));
    return shares === undefined ? { ...c, answer: 'no' } : this.planned(c, shares);
  }
}

/**
 * Who else a memory manager has on its host.
 *   neighbour   a second domain, without a driver of its own: it goes to its target at once, late or never, frame by frame, within
 *               its limit, and may be destroyed
 *   builder     somebody who wants frames for a new domain: asks, builds it with what was reserved, and ends it again
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, each, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { asksForNeeds, isManaged, type Scope } from '../scope.ts';

/** Frames that a domain may be told to have: the guest, and its neighbour. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export const guestRange = ({ targets, bootPages }: Scope): Range => ({
  min: targets[0] ?? bootPages,
  max: Math.max(...targets),
});
export const neighbourRange = ({ hostPages }: Scope): Range => ({
  min: Math.max(1, Math.floor(hostPages / 8)),
  max: Math.max(1, Math.floor(hostPages / 2)),
});

/** Frames of the neighbour when the guest starts, where there is one. */
export const besideAtStart = (scope: Scope): number => (isManaged(scope) ? neighbourRange(scope).min : 0);

const pages = (label: Label) => payload(label, 'pages');
const within = ({ min, max }: Range, value: number): number => Math.min(max, Math.max(min, value));

/** A manager of this kind sets the limit of a domain that does not move. */
export const clipsStuck = ({ stuckIs }: Protocol, scope: Scope): boolean =>
  stuckIs !== 'counted' && !asksForNeeds(scope);

/** What a domain may say that it needs: the least, or all it may have. */
export const needsOf = ({ min, max }: Range): readonly number[] => [...new Set([min, max])];

/** The limit of a domain that does not move: what it has, or is to have, within its range. */
export const clipped = (range: Range, target: number, actual: number): number =>
  within(range, Math.min(target, actual));

interface Neighbour {
  readonly held: number;
  readonly target: number;
  readonly limit: number;
}

export function neighbourChart(protocol: Protocol, scope: Scope): ModelChart {
  const range = neighbourRange(scope);
  return chart<Neighbour>({
    id: 'neighbour',
    kind: 'neighbour',
    actor: 'neighbour',
    families: {
      ...role('initiates', 'neighbour.take', 'neighbour.give', 'neighbour.gone'),
      ...role('observes', 'neighbour.order', 'neighbour.lift', 'stuck.neighbour'),
    },
    context: { held: range.min, target: range.min, limit: range.min },
    initial: 'there',
    states: {
      there: {
        'neighbour.take': {
          when: (c, l) => c.held + pages(l) <= Math.min(c.target, c.limit),
          set: (c, l) => ({ held: c.held + pages(l) }),
        },
        'neighbour.give': {
          when: (c, l) => c.held - pages(l) >= c.target,
          set: (c, l) => ({ held: c.held - pages(l) }),
        },
        'neighbour.order': { set: (_, l) => ({ target: pages(l), limit: pages(l) }) },
        'stuck.neighbour': !clipsStuck(protocol, scope)
          ? stay
          : { set: (c) => ({ limit: clipped(range, c.target, c.held) }) },
        'neighbour.lift': { set: (c) => ({ limit: c.target }) },
        'neighbour.gone': {
          when: (c, l) => pages(l) === c.held,
          set: () => ({ held: 0, target: 0, limit: 0 }),
          to: 'gone',
        },
      },
      gone: each<Neighbour>(['neighbour.order', 'neighbour.lift', 'stuck.neighbour'], stay),
    },
    observe: (c) => ({ ...c }),
    show: (c, value) => (value === 'gone' ? value : `has ${c.held} of ${c.target}`),
  });
}

interface Builder {
  /** Frames asked for, reserved, or of the domain that was built. */
  readonly pages: number;
}

export function builderChart(): ModelChart {
  const mine = (c: Builder, l: Label) => pages(l) === c.pages;
  const none = { set: () => ({ pages: 0 }), to: 'idle' };
  return chart<Builder>({
    id: 'builder',
    kind: 'builder',
    actor: 'builder',
    families: {
      ...role('initiates', 'manage.ask', 'build.ok', 'build.short', 'build.gone'),
      ...role('observes', 'manage.yes', 'manage.no'),
    },
    context: { pages: 0 },
    initial: 'idle',
    states: {
      idle: {
        'manage.ask': { set: (_, l) => ({ pages: pages(l) }), to: 'asking' },
        'manage.yes': stay,
        'manage.no': stay,
      },
      asking: { 'manage.yes': { to: 'reserved' }, 'manage.no': none },
      reserved: {
        'build.ok': { when: mine, to: 'built' },
        'build.short': { when: mine, ...none },
        'manage.yes': stay,
        'manage.no': stay,
      },
      built: { 'build.gone': { when: mine, ...none }, 'manage.yes': stay, 'manage.no': stay },
    },
    observe: (c, value) => ({
      asking: value === 'asking' ? 1 : 0,
      reserved: value === 'reserved' ? c.pages : 0,
      held: value === 'built' ? c.pages : 0,
    }),
    show: (c, value) => (c.pages === 0 ? value : `${value} ${c.pages}`),
  });
}

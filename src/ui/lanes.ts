/**
 * A step as an arrow between actors: from who takes it to those who decide; observers get a dot.
 */
import type { PageStep } from '../../reports/page-data.ts';

/** Order of the lanes; actors that are not here come last, as they appear. */
const ORDER = [
  'toolstack',
  'onliner',
  'offliner',
  'driver',
  'lock',
  'kernel',
  'memory',
  'hypervisor',
  'rival',
  'otherDomain',
];

/** Names for people. */
const NAMES: Readonly<Record<string, string>> = {
  lock: 'locks',
  otherDomain: 'other dom.',
};

export const actorName = (actor: string): string => NAMES[actor] ?? actor;

export interface Arrow {
  /** Index of the lane that takes the step. */
  readonly from: number;
  /** Lanes asked, by how strongly: those that may refuse, and those that only see it. */
  readonly deciders: readonly number[];
  readonly observers: readonly number[];
}

/** Lanes of a run: every actor that takes, decides or sees one of its steps. */
export function lanesOf(steps: readonly PageStep[]): readonly string[] {
  const seen = new Set(steps.flatMap(({ actor, owners }) => [actor, ...owners.map((owner) => owner.actor)]));
  const rank = (actor: string): number => (ORDER.includes(actor) ? ORDER.indexOf(actor) : ORDER.length);
  return [...seen].sort((a, b) => rank(a) - rank(b));
}

export function arrowOf(step: PageStep, lanes: readonly string[]): Arrow {
  const lane = (actor: string): number => lanes.indexOf(actor);
  const among = (isDecider: boolean): number[] => [
    ...new Set(
      step.owners
        .filter(({ role, actor }) => actor !== step.actor && (role !== 'observes') === isDecider)
        .map(({ actor }) => lane(actor)),
    ),
  ];
  const deciders = among(true);
  return {
    from: lane(step.actor),
    deciders,
    observers: among(false).filter((at) => !deciders.includes(at)),
  };
}

/** `driver → memory, hypervisor`, the arrow in words. */
export function arrowText(step: PageStep): string {
  const others = [
    ...new Set(
      step.owners
        .filter(({ role, actor }) => role !== 'observes' && actor !== step.actor)
        .map(({ actor }) => actorName(actor)),
    ),
  ];
  return others.length === 0 ? actorName(step.actor) : `${actorName(step.actor)} → ${others.join(', ')}`;
}

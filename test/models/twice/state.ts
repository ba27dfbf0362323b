/** The second writing of `lifecycle` (see lifecycle.ts): its state, and what is read off it. */
import type { Scope } from '../../../models/scope.ts';
import type { Label } from '../../../src/core/label.ts';

/** Boot memory has only the last two. */
export interface Pages {
  readonly inUse: number;
  /** Given back to Xen: on the balloon list, no frame behind. */
  readonly ballooned: number;
}

/** One hot-added section, its interval of address space and its block. */
export interface Section extends Pages {
  readonly slot: 'free' | 'driver' | 'rival';
  readonly block: 'absent' | 'offline' | 'goingOnline' | 'online' | 'goingOffline';
  /** With a frame behind, not with the allocator: filled and not online yet, or gone offline. */
  readonly offline: number;
}

/**
 * How the driver's last step ended, which says what it sleeps for.
 * FOLLOWS: kept while the next step runs, as the kernel's variable is. Only `idle` reads it then; no label and no property here
 * depends on it, and without it there would be fewer states.
 */
export type Outcome = 'done' | 'wait' | 'again' | 'cancelled';

/** Where the driver is within a step. */
export type At =
  | 'asleep'
  | 'refilling'
  | 'shrinking'
  | 'asking' // about to compute the need and to reserve
  | 'reserved'
  | 'filling'
  | 'backedOff' // between two attempts to fill, mutex dropped
  | 'full'
  | 'dropped' // mutex dropped for add
  | 'adding'
  | 'added'
  | 'onlining'
  | 'vetoed'
  | 'failed' // add failed, hotplug lock still held
  | 'onlined'
  | 'counting'
  | 'givingUp' // everything is to be undone, mutex not taken yet
  | 'undoing';

export interface State {
  /** Toolstack: the limit it has set and whose target it has yet to write; 0 for none. */
  readonly announced: number;
  /** Xen: the domain's limit and frames, and those of others. */
  readonly max: number;
  readonly tot: number;
  readonly other: number;
  /** The driver's books. */
  readonly target: number;
  readonly current: number;
  readonly total: number;
  /** The driver: the target its last decision was about, how its last step ended, failures in a row, the step in progress. */
  readonly decided: number;
  readonly outcome: Outcome;
  readonly failures: number;
  readonly at: At;
  /** The call in progress: extents still to do, and whether one is done. */
  readonly left: number;
  readonly some: boolean;
  /** The section that is being brought in; NOWHERE outside. */
  readonly run: number;
  /** Only the driver takes it: the generic callback does not. */
  readonly mutex: 'free' | 'driver';
  readonly hotplug: 'free' | 'driver' | 'onliner' | 'offliner';
  readonly boot: Pages;
  readonly sections: readonly Section[];
}

/** The state after a label; undefined where it cannot happen. */
export type Successor = (state: State, label: Label, scope: Scope) => State | undefined;
export type Moves = Readonly<Record<string, Successor>>;

export const NOWHERE = -1;

export function initialOf(scope: Scope): State {
  if (scope.sectionsPerBlock !== 1) throw new RangeError('written for one section a block');
  const target = scope.targets[0] ?? 0;
  const inUse = scope.bootPages - scope.bootBallooned;
  const section: Section = { slot: 'free', block: 'absent', offline: 0, inUse: 0, ballooned: 0 };
  return {
    ...{ announced: 0, max: target, tot: inUse, other: 0, target, current: inUse, total: scope.bootPages },
    ...{ decided: target, outcome: 'done', failures: 0, at: 'asleep', left: 0, some: false, run: NOWHERE },
    ...{ mutex: 'free', hotplug: 'free' },
    boot: { inUse, ballooned: scope.bootBallooned },
    sections: Array.from({ length: scope.sections }, () => section),
  };
}

export const listLength = ({ boot, sections }: State): number =>
  sections.reduce((sum, { ballooned }) => sum + ballooned, boot.ballooned);

export const credit = ({ target, current }: State): number => target - current;
/** Xen would assign one more frame: within the limit, and the host has one. */
export const granted = ({ tot, max, other }: State, { hostPages }: Scope): boolean =>
  tot < max && tot + other < hostPages;

export function sectionOf(state: State, index: number): Section {
  const section = state.sections[index];
  if (section === undefined) throw new RangeError(`no section ${index}`);
  return section;
}

export const changed = (state: State, index: number, fields: Partial<Section>): State => ({
  ...state,
  sections: state.sections.map((section, i) => (i === index ? { ...section, ...fields } : section)),
});

/** One row of the catalog, and what rows of several variants share. */
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import {
  type CountedBy,
  type ExpectedVerdict,
  each,
  type SearchExpectation,
  vacuous,
  violated,
} from '../expectation.ts';

export interface CatalogRow {
  readonly variant: string;
  /** Id of a guest form. */
  readonly form: string;
  /** Name of a scope of models/scopes.ts. */
  readonly scope: string;
  /** Part of `check` without arguments. */
  readonly default: boolean;
  /** Takes many seconds: for the deep tests, or on request. */
  readonly deep: boolean;
  readonly expectation: SearchExpectation;
  readonly countedBy: CountedBy;
}

type Counts = readonly [states: number, transitions: number, depth: number];

export function row(
  variant: string,
  scope: string,
  [states, transitions, depth]: Counts,
  countedBy: CountedBy,
  verdicts: SearchExpectation['verdicts'],
  neverTaken: SearchExpectation['neverTaken'],
  part: {
    readonly default?: true;
    readonly deep?: true;
    readonly form?: Form;
    readonly onRequest?: SearchExpectation['onRequest'];
  } = {},
): CatalogRow {
  const { default: byDefault = false, deep = false, form = pv64, onRequest } = part;
  const expectation = {
    ...{ states, transitions, depth, verdicts, neverTaken },
    ...(onRequest === undefined ? {} : { onRequest }),
  };
  return { variant, form: form.id, scope, default: byDefault, deep, expectation, countedBy };
}

export const REFILL = ['refill.done', 'refill.changed', 'refill.timer'];
export const SHRINK = ['shrink.done', 'shrink.changed', 'shrink.timer'];
export const POPULATE = ['populate.ok', 'populate.full', 'populate.short', 'populate.refused'];
export const DECREASE = ['decrease.ok', 'decrease.done', 'decrease.nomem'];
export const listIsEmpty = 'every page on the balloon list was put there by a decrease: none has a frame';

/** Half a block asked for, in a scope where a block is two sections. */
export const halfBlock = (length: number): SearchExpectation['verdicts'] => ({
  'I-12': violated(length, 'W3j'),
});

/** All properties on request that speak of every driver: they hold, save those named. */
export const inTheEnd = (
  broken: Readonly<Record<string, ExpectedVerdict>> = {},
): Readonly<Record<string, ExpectedVerdict>> => ({
  ...each({ kind: 'holds' }, 'I-31', 'I-37', 'I-38', 'I-40', 'I-41', 'I-43', 'L-1', 'L-2', 'L-4'),
  ...broken,
});

/** The same for those that count what they add. */
export const inTheEndCounted: typeof inTheEnd = (broken) =>
  inTheEnd({ 'I-36': { kind: 'holds' }, ...broken });

/** The same for the kernel's, which populate from a list. */
export const inTheEndListed: typeof inTheEnd = (broken) =>
  inTheEndCounted({ 'L-3': { kind: 'holds' }, ...broken });

/** The same where nobody takes a block offline: nothing is there that I-43 could speak of. */
export const inTheEndOnline: typeof inTheEnd = (broken) => inTheEndListed({ 'I-43': vacuous, ...broken });
/** And where no page is on the balloon list while its block goes online again. */
export const inTheEndAlone = inTheEndCounted({ 'I-31': vacuous, 'I-43': vacuous });

/** v3: an order is slept on (I-37, L-4), and pages come onto the list of an order given up (L-3). */
export const sleptOn = (length: number, ready: number): Readonly<Record<string, ExpectedVerdict>> => ({
  ...each(violated(length, 'lost-target'), 'I-37', 'L-4'),
  'L-3': violated(ready, 'W3e'),
});

/** Driver and onliner wait for each other: lengths of I-36 to I-38 and L-2, and of L-4. */
export const deadlocked = (
  length: number,
  lastTarget: number,
): Readonly<Record<string, ExpectedVerdict>> => ({
  ...each(violated(length, 'W2a'), 'I-36', 'I-37', 'I-38', 'L-2'),
  'L-4': violated(lastTarget, 'W2a'),
});

/** Offline and online again loses pages: lengths of I-41 and of I-31 and I-43. */
export const notUndone = (undoing: number, again: number): Readonly<Record<string, ExpectedVerdict>> => ({
  ...each(violated(again, 'W3d'), 'I-31', 'I-43'),
  'I-41': violated(undoing, 'W3d'),
});

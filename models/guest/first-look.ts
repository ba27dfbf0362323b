/**
 * The first look: a guest that is neither paravirtualised nor domain 0 is told targets in the toolstack's numbers, which are off its own
 * by what Xen counts beside the driver. The first time its watch fires it takes static-max less its own target as that offset, for
 * ever (`look.first`); a limit that was raised before is in it. In scopes with the actor `firstLook`, which starts with the limit at
 * the target, and the offset at 0.
 * Source: linux drivers/xen/xen-balloon.c `watch_target`.
 */
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import type { Handlers } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { targetRead } from './counters.ts';

/** The guest has yet to look; until then it is told no target. */
export const looksFirst = (scope: Scope): boolean => has(scope, 'firstLook') && has(scope, 'libxl');

/** What it sees then becomes its offset; a work item takes targets as they are written. */
export const takesOffset = (protocol: Protocol, form: Form, scope: Scope): boolean =>
  looksFirst(scope) &&
  protocol.runs === 'thread' &&
  protocol.offsetFrom === 'firstLook' &&
  form.p2mOwner === 'xen' &&
  !form.bootBalloon;

interface Driver {
  readonly target: number;
  /** What is taken from every target that is written. */
  readonly offset: number;
}

/** The driver's own target for the one that was written; below 0 it is nearly 2^64, and its credit is below 0. */
export const ownTarget = (protocol: Protocol, { offset }: Pick<Driver, 'offset'>, label: Label): number =>
  targetRead(protocol, label) - offset;

export const looking = (takes: boolean): Handlers<Driver> =>
  takes ? { 'look.first': { set: (c, l) => ({ offset: payload(l, 'pages') - c.target }) } } : {};

/** static-max may be any limit that was ordered. */
export const lookLabels = (scope: Scope): Label[] =>
  looksFirst(scope) ? scope.targets.map((pages) => ({ type: 'look.first', pages })) : [];

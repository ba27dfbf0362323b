/**
 * A property: one sentence, where it is judged, where it comes from, what must be seen for it to mean anything.
 */

import type { Protocol } from '../models/protocol.ts';
import type { Scope } from '../models/scope.ts';
import type { Condition, Watch } from '../src/compose/observation.ts';

/** A place in a public source tree where the sentence can be checked. */
export interface Grounding {
  readonly tree: 'linux' | 'xen' | 'xen-api';
  readonly path: string;
  readonly symbol: string;
}

/** state: everywhere · step: before and after a label · quiescent: driver asleep, nothing under way · possible: can be reached again · temporal: on every fair run. */
export type At = 'state' | 'step' | 'quiescent' | 'possible' | 'temporal';

export interface Property {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  readonly at: At;
  readonly grounding: readonly Grounding[];
  /** Label families of which one must have been taken, or the verdict is `vacuous`. */
  readonly witness: readonly string[];
  /** Protocols, and scopes by the actors in them, that it speaks about; elsewhere there is no row. */
  readonly appliesTo: (protocol: Protocol, scope: Scope) => boolean;
  readonly watch: Watch;
}

/** Nothing under way: the thread sleeps and nobody adds, onlines or offlines; whoever borrows pages has added none that wait to be counted. */
export const quiet: readonly Condition[] = [
  { sum: { 'balloon.busy': 1 }, is: 'equal', to: 0 },
  { sum: { 'hotplugLock.held': 1 }, is: 'equal', to: 0 },
  { sum: { 'pageUser.growing': 1 }, is: 'equal', to: 0 },
];

/** Failures that the environment may or may not send; no actor may depend on one to get on. */
export const optionalFailures: readonly string[] = [
  'p2m.enomem',
  'populate.unmapped',
  'fill.unmapped',
  'add.enomem',
  'online.veto',
  'autoonline.veto',
  'offline.cancel',
];

/** Boot memory is populated on demand: scopes that are for such forms only. */
export const onDemand = (_: Protocol, { bootPod }: Scope): boolean => bootPod > 0;

export const everywhere = (): boolean => true;

/**
 * The small guest that plans are made on: boot memory of four units, two sections of two, one more target than there is memory for.
 * A unit is half a memory block of the guest; two units of boot memory always stay in use.
 */
import { alphabetOf } from '../../../models/alphabet.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { Protocol } from '../../../models/protocol.ts';
import { blocksOf, type Scope } from '../../../models/scope.ts';
import { Explorer, type Ground, type Means } from '../../gen/plan.ts';
import { Outside } from '../../gen/situation.ts';
import { guestWorld } from '../trace/world.ts';

/** dom0 moves its own limit; a domU’s was raised from dom0 before. */
export const PLACES = ['dom0', 'domu'] as const;
export type Place = (typeof PLACES)[number];

const START = 4;
const LEAST_BOOT = 2;

export const groundScope: Scope = {
  name: 'ground',
  sections: 2,
  pagesPerSection: 2,
  sectionsPerBlock: 1,
  bootPages: START,
  bootBallooned: 0,
  bootPod: 0,
  targets: [START, 5, 7, 9],
  // The host is never what is short.
  hostPages: 64,
  batch: 2,
  // As the kernel has it: the fifth failure gives an order up.
  retryLimit: 4,
  onlining: 'any',
  writer: 'any',
  offliner: true,
  rival: false,
  otherDomain: false,
};

export const BEYOND: number = Math.max(...groundScope.targets);

/** What can be done, from the least to the most that it asks of the guest. */
export const MEANS: Readonly<Record<Place, readonly Means[]>> = {
  dom0: [
    { limits: true, vetoes: false },
    { limits: true, vetoes: true },
  ],
  domu: [
    { limits: false, vetoes: false },
    { limits: false, vetoes: true },
  ],
};

export const mostOf = (place: Place): Means => MEANS[place].at(-1) ?? { limits: false, vetoes: false };

/** A run of another scope keeps its own bounds; only what an outsider cannot switch on is switched off. */
export function groundOf(protocol: Protocol, scope: Scope, place: Place): Ground {
  const calm: Scope = { ...scope, writer: 'any', rival: false, otherDomain: false };
  const outside = new Outside(guestWorld(protocol, pv64, calm), alphabetOf(protocol, pv64, calm));
  const start = outside.start();
  if (place === 'domu') start.walk.take({ type: 'max.set', pages: Math.max(...calm.targets) });
  return {
    outside,
    start,
    targets: calm.targets,
    blocks: blocksOf(calm),
    leastBoot: scope === groundScope ? LEAST_BOOT : 0,
  };
}

export const explorerOf = (protocol: Protocol, place: Place): Explorer =>
  new Explorer(groundOf(protocol, groundScope, place));

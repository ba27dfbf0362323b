import { STOPS } from '../../models/host/migrator.ts';
import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** The part of I-26 that a suspend can break: a saved guest gets other frames for what its P2M names, and for nothing else. */
export const nothingInHand: Property = {
  id: 'I-26',
  title: 'the P2M names every frame',
  statement:
    'A guest is suspended, or stopped to be moved, only while its P2M names every frame that Xen has given it.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/manage.c', symbol: 'do_suspend' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' },
  ],
  witness: STOPS,
  appliesTo: (_, scope) => has(scope, 'suspender', 'migrator'),
  watch: {
    kind: 'step',
    never: [],
    on: 'balloon',
    holds: (before, { type }) => !STOPS.includes(type) || before['inHand'] === 0,
  },
};

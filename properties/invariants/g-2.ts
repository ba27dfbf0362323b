import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/**
 * Not in the reference's list; G for growth. Judged while the driver holds a run that it has just claimed, and the target is still the
 * one it acted on.
 */
export const lendingAddsNothing: Property = {
  id: 'G-2',
  title: 'lending adds no memory',
  statement:
    'With hotplug_unpopulated=0 memory is added only for a target above every page there is, never in place of pages lent.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_hotplug_unpopulated' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' },
  ],
  witness: ['reserve.ok', 'place.ok'],
  appliesTo: (protocol, scope) =>
    has(scope, 'pageUser') && (protocol.claimFirst || protocol.addsAt === 'end'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'balloon.claimed': 1 }, is: 'equal', to: 1 },
        { sum: { 'wake.untried': 1 }, is: 'equal', to: 0 },
        {
          sum: {
            'books.target': 1,
            'section.inUse': -1,
            'section.inUseEmpty': -1,
            'section.ballooned': -1,
            'section.balloonedBacked': -1,
            'section.lent': -1,
            'section.lentBacked': -1,
            'section.offlineEmpty': -1,
            'section.offlineBacked': -1,
          },
          is: 'below',
          to: 1,
        },
      ],
    ],
  },
};

import { everywhere, type Property } from '../property.ts';

/** A target that falls after the decision (W3b) does not count: the section is no longer wanted, but it was asked for. */
export const addedWasAsked: Property = {
  id: 'C-1',
  title: 'what is added was asked for',
  statement:
    'A run is in hand only while the target acted on is more than every page there already is, lent ones too; memory that others added is none of it.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['reserve.ok', 'find.ok', 'place.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'balloon.asks': 1 }, is: 'equal', to: 1 },
        { sum: { 'books.wrapped': 1, 'books.overflow': 1 }, is: 'equal', to: 0 },
        {
          sum: {
            'section.inUse': 1,
            'section.inUseEmpty': 1,
            'section.ballooned': 1,
            'section.balloonedBacked': 1,
            'section.lent': 1,
            'section.lentBacked': 1,
            'section.offlineEmpty': 1,
            'section.offlineBacked': 1,
            'adder.brought': -1,
            'wake.tried': -1,
          },
          is: 'above',
          to: -1,
        },
      ],
    ],
  },
};

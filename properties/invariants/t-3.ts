import type { Property } from '../property.ts';

/** Judged on the ordered target, which no driver may lower below what it could have. */
export const loweredToAllThereIs: Property = {
  id: 'T-3',
  title: 'lowered to all there is, no further',
  statement: 'A driver that lowers the target it was ordered lowers it to no less than every page there is.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' }],
  witness: ['clamp'],
  appliesTo: ({ hotplugs }) => !hotplugs,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'toolstack.target': 1, 'books.target': -1 }, is: 'above', to: 0 },
        {
          sum: {
            'section.inUse': 1,
            'section.inUseEmpty': 1,
            'section.ballooned': 1,
            'section.balloonedBacked': 1,
            'section.lent': 1,
            'section.lentBacked': 1,
            'section.unusable': 1,
            'books.target': -1,
          },
          is: 'above',
          to: 0,
        },
      ],
    ],
  },
};

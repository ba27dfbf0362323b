import { everywhere, type Property } from '../property.ts';

export const listLength: Property = {
  id: 'I-14',
  title: 'low counts the list',
  statement: 'With balloon_mutex free, low equals the number of pages on the balloon list.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_append' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_retrieve' },
  ],
  witness: ['decrease.ok', 'online.page', 'autoonline.page'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        { sum: { 'mutex.held': 1 }, is: 'equal', to: 0 },
        {
          sum: { 'books.low': 1, 'section.ballooned': -1, 'section.balloonedBacked': -1 },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

import { everywhere, type Property } from '../property.ts';

export const listLength: Property = {
  id: 'I-14',
  title: 'low counts the list',
  statement:
    'With balloon_mutex free, low (with high, where there is high memory) equals the number of pages on the balloon list, and high those of them that have no direct map.',
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
      [
        { sum: { 'mutex.held': 1 }, is: 'equal', to: 0 },
        { sum: { 'highmem.counts': 1 }, is: 'equal', to: 1 },
        { sum: { 'highmem.low': 1, 'highmem.high': 1, 'books.low': -1 }, is: 'unequal', to: 0 },
      ],
      [
        { sum: { 'mutex.held': 1 }, is: 'equal', to: 0 },
        { sum: { 'highmem.high': 1, 'section.highListed': -1 }, is: 'unequal', to: 0 },
      ],
    ],
  },
};

import { type Property, quiet } from '../property.ts';

/** A counter that wrapped is out of its reach: modulo 2^64 the sum comes out all the same, and I-18 tells of the wrap. */
export const expectedAddsUp: Property = {
  id: 'I-17',
  title: 'expected pages add up',
  statement:
    'At rest, current + low + hotplug_pages + balloon_hotplug is every page that is present: only an add changes it.',
  at: 'quiescent',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory (3.1)' }],
  witness: ['count.done'],
  appliesTo: (protocol) => protocol.expects,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        ...quiet,
        { sum: { 'books.wrapped': 1 }, is: 'equal', to: 0 },
        {
          sum: {
            'books.current': 1,
            'books.low': 1,
            'books.hotplug': 1,
            'books.spare': 1,
            'adder.brought': 1,
            'section.inUse': -1,
            'section.inUseEmpty': -1,
            'section.onDemand': -1,
            'section.ballooned': -1,
            'section.balloonedBacked': -1,
            'section.offlineEmpty': -1,
            'section.offlineBacked': -1,
          },
          is: 'unequal',
          to: 0,
        },
      ],
    ],
  },
};

import { everywhere, type Property } from '../property.ts';

export const balloonedMeansEmpty: Property = {
  id: 'I-10',
  title: 'ballooned pages are empty',
  statement: 'A page on the balloon list, or lent from it, has no frame of the domain behind it.',
  at: 'state',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_online_page' }],
  witness: ['online.page', 'autoonline.page', 'decrease.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [[{ sum: { 'section.balloonedBacked': 1, 'section.lentBacked': 1 }, is: 'above', to: 0 }]],
  },
};

import { everywhere, type Property } from '../property.ts';

/** Judged by the step of the callback alone, so that whoever else moves meanwhile does not blur it. */
export const listedOnce: Property = {
  id: 'I-31',
  title: 'onto the list once',
  statement:
    'A page comes onto the balloon list by going online only the first time its section goes online.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_online_page' }],
  witness: ['online.page', 'online.kept'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'section',
    holds: (before, { type }, after) => {
      const listed = (of: typeof before) => (of['ballooned'] ?? 0) + (of['balloonedBacked'] ?? 0);
      const isOnlined = type === 'online.page' || type === 'autoonline.page';
      return before['again'] !== 1 || !isOnlined || listed(after) <= listed(before);
    },
  },
};

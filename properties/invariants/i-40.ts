import { begunGoesOn, calm } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

/** A poll that changes nothing (`hotplug.timer`, `need.none`, `sleep`) waits; it attempts nothing. */
export const noLivelock: Property = {
  id: 'I-40',
  title: 'no attempt for ever',
  statement: 'No attempt is made again and again for ever while nothing else changes.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'update_schedule' }],
  witness: ['hotplug.done', 'hotplug.queued'],
  appliesTo: everywhere,
  watch: {
    kind: 'temporal',
    takes: [
      ...['reserve.ok', 'reserve.nogap', 'find.ok', 'find.none', 'place.ok', 'place.none', 'add.begin'],
      ...['populate.ok', 'populate.over', 'populate.refused', 'fill.ok', 'fill.refused'],
      ...['decrease.ok', 'decrease.nomem', 'intend.done', 'forgo.done', 'remove.begin'],
    ],
    fairness: { quiet: calm, groups: begunGoesOn },
  },
};

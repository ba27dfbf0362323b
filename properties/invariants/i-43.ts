import { everywhere, type Property } from '../property.ts';

/** The operation is offline and online again of one section; its own steps are judged, each against what it took. */
export const offlineIsUndone: Property = {
  id: 'I-43',
  title: 'online undoes offline',
  statement: 'Going offline takes pages from the allocator, and going online again gives it back as many.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'offline_pages' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'xen_online_page' },
  ],
  witness: ['offline.done'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'section',
    holds: (before, { type, pages = 0 }, after) => {
      const usable = (of: typeof before) => (of['inUse'] ?? 0) + (of['inUseEmpty'] ?? 0);
      const offline = (of: typeof before) => (of['offlineBacked'] ?? 0) + (of['offlineEmpty'] ?? 0);
      if (type === 'offline.done') return offline(after) === usable(before) && usable(after) === 0;
      const isOnlined = /online\.(page|kept)$/.test(type);
      return before['again'] !== 1 || !isOnlined || usable(after) - usable(before) === pages;
    },
  },
};

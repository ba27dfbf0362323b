import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const spansAreRight: Property = {
  id: 'Z-1',
  title: 'spans cover what is there',
  statement: 'A zone spans every section of it that is online, and its node begins no lower than its memory.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'resize_zone_range' },
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'update_pgdat_span' },
  ],
  witness: ['online.done', 'autoonline.done'],
  appliesTo: (_, scope) => has(scope, 'zones'),
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'zones.outside': 1 }, is: 'above', to: 0 }],
      [{ sum: { 'zones.fromZero': 1 }, is: 'above', to: 0 }],
    ],
  },
};

import type { Property } from '../property.ts';
import { everywhere } from '../property.ts';

const ABSENT = 0;
const ONLINE = 1;
const GOING_OFFLINE = 2;
const OFFLINE = 4;

/** The edges of mem->state, and what takes each; everything else leaves the state alone. */
const EDGES: Readonly<Record<string, readonly [number, number]>> = {
  'add.ok': [ABSENT, OFFLINE],
  'useradd.ok': [ABSENT, OFFLINE],
  'dimm.add': [ABSENT, OFFLINE],
  'remove.ok': [OFFLINE, ABSENT],
  'online.done': [OFFLINE, ONLINE],
  'autoonline.done': [OFFLINE, ONLINE],
  'offline.begin': [ONLINE, GOING_OFFLINE],
  'offline.done': [GOING_OFFLINE, OFFLINE],
  'offline.cancel': [GOING_OFFLINE, ONLINE],
};

export const blockLifecycle: Property = {
  id: 'I-28',
  title: 'block life cycle',
  statement:
    'A memory block changes state only along add, online, offline, cancel and remove, and reads offline while it is going online.',
  at: 'step',
  grounding: [{ tree: 'linux', path: 'drivers/base/memory.c', symbol: 'memory_block_change_state' }],
  witness: ['online.done', 'autoonline.done'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'block',
    holds: (before, label, after) => {
      const edge = EDGES[label.type];
      return edge === undefined
        ? before['stored'] === after['stored']
        : before['stored'] === edge[0] && after['stored'] === edge[1];
    },
  },
};

/**
 * Block: one memory block as the kernel core and sysfs see it. Decides who may bring it online or offline.
 *   absent → offline → goingOnline → onlining → online → goingOffline → offline
 * While onlining, the stored state still reads offline; `handed` counts the pages given to the online-page callback.
 * Source: linux mm/memory_hotplug.c `online_pages`, `offline_pages`; drivers/base/memory.c `memory_block_change_state`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { covers, type Label, payload } from '../../src/core/label.ts';
import { chart, each, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { blockOf, type Scope } from '../scope.ts';
import { hasAdder } from './adder.ts';
import { asksBlock, removable } from './removing.ts';
import { secondCaller } from './second-caller.ts';

interface Block {
  readonly handed: number;
  /** See removing.ts; only where blocks are removed. */
  readonly struck?: number;
}

/** mem->state as stored: MEM_ONLINE 1, MEM_GOING_OFFLINE 2, MEM_OFFLINE 4; 0 where there is no block. */
const STORED: Readonly<Record<string, number>> = {
  absent: 0,
  offline: 4,
  goingOnline: 4,
  onlining: 4,
  online: 1,
  goingOffline: 2,
};

const both = (verb: string) => [`online.${verb}`, `autoonline.${verb}`];
const PAGES = [...both('page'), ...both('kept')];
const WALKING = ['goingOnline', 'onlining'];

export function blockChart(index: number, protocol: Protocol, scope: Scope): ModelChart {
  const size = scope.sectionsPerBlock * scope.pagesPerSection;
  const first = index * scope.sectionsPerBlock;
  const sections = Array.from({ length: scope.sectionsPerBlock }, (_, i) => first + i);
  const walk = {
    when: (c: Block, l: Label) => c.handed + payload(l, 'pages') <= size,
    set: (c: Block, l: Label) => ({ handed: c.handed + payload(l, 'pages') }),
    to: 'onlining',
  };
  const busy = { 'autoonline.einval': stay };
  const asks = asksBlock(protocol);
  const adds = hasAdder(scope) ? ['dimm.add'] : [];
  const byRun = ['add.ok', 'remove.ok', ...asks, ...adds];
  const { offline, online } = removable(protocol, first, scope);
  const takesMutex = protocol.callback !== 'allocator';
  return chart<Block>({
    id: `block[${index}]`,
    kind: 'block',
    index,
    actor: 'kernel',
    families: {
      ...role('decides', 'add.ok', ...both('begin'), ...both('done'), ...both('veto'), ...PAGES),
      ...role('decides', 'offline.begin', 'offline.ebusy', 'offline.done', 'offline.cancel'),
      ...role('decides', 'remove.ok', 'autoonline.einval', ...asks, ...adds),
    },
    owns: (l) => {
      if (byRun.includes(l.type)) return sections.some((section) => covers(l, section));
      if (PAGES.includes(l.type)) return blockOf(scope, payload(l, 'section')) === index;
      return payload(l, 'block') === index;
    },
    ...secondCaller(protocol, scope),
    context: { handed: 0, ...(asks.length > 0 ? { struck: 0 } : {}) },
    initial: 'absent',
    states: {
      absent: each<Block>(['add.ok', ...adds], { to: 'offline' }),
      offline: {
        ...each<Block>(both('begin'), { to: 'goingOnline' }),
        'remove.ok': { to: 'absent' },
        ...offline,
      },
      goingOnline: {
        ...each<Block>(both('veto'), { to: protocol.vetoRestoresState ? 'offline' : 'online' }),
        ...each<Block>(PAGES, walk),
        ...busy,
      },
      onlining: {
        ...each<Block>(PAGES, walk),
        ...each<Block>(both('done'), {
          when: (c) => c.handed === size,
          set: () => ({ handed: 0 }),
          to: 'online',
        }),
        ...busy,
      },
      online: { 'offline.begin': { to: 'goingOffline' }, 'offline.ebusy': stay, ...busy, ...online },
      goingOffline: { 'offline.done': { to: 'offline' }, 'offline.cancel': { to: 'online' }, ...busy },
    },
    observe: (c, value) => ({
      stored: STORED[value] ?? 0,
      online: value === 'online' ? 1 : 0,
      offline: value === 'offline' ? 1 : 0,
      /** Pages are still to be handed to a callback that takes balloon_mutex. */
      wantsMutex: takesMutex && WALKING.includes(value) && c.handed < size ? 1 : 0,
    }),
    show: (c, value) => (value === 'onlining' ? `onlining, ${c.handed} of ${size} pages handed over` : value),
  });
}

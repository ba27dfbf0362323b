import type { Condition } from '../../src/compose/observation.ts';
import { everywhere, type Property } from '../property.ts';

const is = (to: number, term: string): Condition => ({ sum: { [term]: 1 }, is: 'equal', to });
const some = (term: string): Condition => ({ sum: { [term]: 1 }, is: 'above', to: 0 });

/**
 * The cycles that these locks can form: the driver holds balloon_mutex and waits for the hotplug lock of somebody whose callback
 * waits for the mutex (so does whoever borrows pages and adds memory for them); it waits in its own callback for the mutex it holds,
 * or in a call for the lock it left held; it waits, in add, for the device of a block whose owner waits for the hotplug lock.
 */
export const noWaitCycle: Property = {
  id: 'I-8',
  title: 'nobody waits in a circle',
  statement: 'The graph of who waits for a lock that who holds has no cycle.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' },
    { tree: 'linux', path: 'drivers/base/memory.c', symbol: 'store_mem_state' },
  ],
  witness: ['add.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [
        is(1, 'mutex.byThread'),
        is(1, 'balloon.wantsHotplug'),
        is(1, 'hotplugLock.byUser'),
        some('block.wantsMutex'),
      ],
      [
        is(1, 'mutex.byBorrower'),
        is(1, 'pageUser.wantsHotplug'),
        is(1, 'hotplugLock.byUser'),
        some('block.wantsMutex'),
      ],
      [is(1, 'balloon.spins')],
      [
        is(1, 'mutex.byThread'),
        is(1, 'hotplugLock.byThread'),
        is(1, 'balloon.walks'),
        is(1, 'block.wantsMutex'),
      ],
      [is(1, 'hotplugLock.byThread'), some('deviceLock.heldFromAdd')],
    ],
  },
};

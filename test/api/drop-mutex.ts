/**
 * A real patch as its author would ask about it: between Linux 4.4 and 4.11 `reserve_additional_memory` began to drop
 * balloon_mutex around add_memory_resource. One variant with one field changed, and one property of one's own.
 *   ballast check --models test/api/drop-mutex.ts --variant v2-4.4 drop-mutex --scope pair
 */
import { defineProperty, defineVariant } from 'ballast';

export const dropMutex = defineVariant({
  id: 'drop-mutex',
  base: 'v2-4.4',
  summary: 'Linux 4.4 with balloon_mutex dropped around add_memory_resource',
  change: { dropMutexOverAdd: true },
});

export const neverBothLocks = defineProperty({
  id: 'X-1',
  title: 'never both locks',
  statement: 'The driver never holds balloon_mutex while it holds the hotplug lock.',
  witness: ['add.begin'],
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'mutex.held': 1, 'hotplugLock.held': 1, 'hotplugLock.byUser': -1 }, is: 'equal', to: 2 }],
    ],
  },
});

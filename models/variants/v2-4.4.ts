/**
 * Linux 4.4: as 4.11, with balloon_mutex held over add (W2a: whoever onlines a block meanwhile holds the lock that add waits
 * for, and waits for the mutex in the callback).
 * Source: linux 4.4 drivers/xen/balloon.c `balloon_process`, `reserve_additional_memory`, `xen_online_page`.
 */
import { changed, type Protocol } from '../protocol.ts';
import { v2Later } from './v2-4.11.ts';

export const v2: Protocol = changed(v2Later, 'v2-4.4', 'Linux 4.4', {
  kernel: '4.4',
  dropMutexOverAdd: false,
});

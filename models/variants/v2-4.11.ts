/**
 * Linux 4.11: mainline's order with the driver as a work item. balloon_mutex is dropped around add, so the deadlock of 4.4 is gone;
 * a block may come online inside add, before total counts it. add runs under mem_hotplug alone (W2d).
 * Source: linux 4.11 drivers/xen/balloon.c `balloon_process`, `reserve_additional_memory`.
 */
import { changed, type Protocol } from '../protocol.ts';
import { v3 } from './v3.ts';

export const v2Later: Protocol = changed(v3, 'v2-4.11', 'Linux 4.11', {
  kernel: '4.11',
  runs: 'work',
  awaitsFirstShrink: false,
  addLock: 'memHotplug',
  settlesFailedLend: false,
  freezes: false,
  waitsInterruptibly: false,
  comparesReach: 'start',
  offsetFrom: 'build',
  addChecksReach: false,
});

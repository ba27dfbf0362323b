/**
 * Current mainline (5.10 and later): reserve the run, invalidate its P2M, add it empty with the mutex dropped,
 * let whoever onlines it put its pages on the balloon list, populate from that list 512 at a time.
 * Source: linux drivers/xen/balloon.c `balloon_thread`, `reserve_additional_memory`, `increase_reservation`, `xen_online_page`.
 */
import { faithfulPlatform, type Protocol } from '../protocol.ts';

export const v3: Protocol = {
  ...faithfulPlatform,
  id: 'v3',
  summary: 'current mainline Linux',
  kernel: '5.10',
  claimFirst: true,
  populateFirst: false,
  runMax: Number.MAX_SAFE_INTEGER,
  shortFill: 'retried',
  rollbackOnAddFailure: true,
  noGap: 'ECANCELED',
  driverOnlines: false,
  onlineInsideAdd: true,
  dropMutexOverAdd: true,
  countTotal: true,
  countCurrent: false,
  runs: 'thread',
  baseline: 'sleep',
  callback: 'balloon',
  offsetFrom: 'firstLook',
};

/**
 * The first merged version (Linux 3.1): add at the end of RAM, let whoever onlines it put its pages on the balloon list, populate
 * from there. The added section is credited before it is online. One work item holds balloon_mutex until it has nothing left to do.
 * Source: linux 3.1 drivers/xen/balloon.c `balloon_process`, `reserve_additional_memory`, `xen_online_page`.
 */
import { faithfulPlatform, type Protocol } from '../protocol.ts';

export const v1c: Protocol = {
  ...faithfulPlatform,
  id: 'v1c',
  summary: 'Linux 3.1, the first merged version',
  kernel: '3.1',
  claimFirst: false,
  addsAt: 'end',
  populateFirst: false,
  runMax: Number.MAX_SAFE_INTEGER,
  shortFill: 'ignored',
  rollbackOnAddFailure: false,
  addFailure: 'EAGAIN',
  noGap: 'EAGAIN',
  driverOnlines: false,
  onlineInsideAdd: false,
  dropMutexOverAdd: false,
  mutexOver: 'run',
  countTotal: false,
  countCurrent: false,
  expects: true,
  runs: 'work',
  baseline: 'decision',
  awaitsFirstShrink: false,
  callback: 'balloon',
  countsLent: false,
  freezes: false,
  invalidatesRun: false,
  overLive: 'bugs',
  beyondRam: 'invalid',
  tellsP2mGrowth: false,
  addChecksReach: false,
};

/**
 * The patch of July and August 2010: claim a region as large as the credit, populate it call by call until the target is reached, add
 * it, online it. Nobody looks at the claim while populating, so a target that is raised meanwhile is populated beyond it (W1a). What is
 * added covers whole sections, filled or not. A failed add or online lowers current and target by the run; frames and region stay.
 * Source: the patch posted to linux-mm and xen-devel, 2010-08-06: drivers/xen/balloon.c `request_additional_memory`, `hotplug_memory`.
 */
import { faithfulPlatform, type Protocol } from '../protocol.ts';

export const v1a: Protocol = {
  ...faithfulPlatform,
  id: 'v1a',
  summary: 'the patch posted in August 2010',
  kernel: '2010',
  claimFirst: true,
  populateFirst: true,
  fillsTo: 'target',
  runMax: Number.MAX_SAFE_INTEGER,
  // A short call is progress: the next one asks for what is still missing. A refused one backs off.
  shortFill: 'ignored',
  rollbackOnAddFailure: false,
  noGap: 'EAGAIN',
  driverOnlines: true,
  onlineInsideAdd: false,
  dropMutexOverAdd: false,
  mutexOver: 'run',
  countTotal: false,
  countCurrent: false,
  runs: 'work',
  baseline: 'decision',
  callback: 'allocator',
  awaitsFirstShrink: false,
  freezes: false,
  invalidatesRun: false,
  overLive: 'bugs',
  beyondRam: 'invalid',
  tellsP2mGrowth: false,
  addChecksReach: false,
};

/**
 * The proposal of July 2010 as written: find a gap, populate it, add it, online it.
 * Nothing is claimed before add (W0a, W0b), a short populate is not looked at (W0c), nothing is rolled back, nothing is counted.
 * What the mail leaves open (when the worker wakes, how it shrinks) is taken from the balloon worker of that time.
 * Source: the proposal's step list; consequences from the kernel and Xen code it calls.
 */
import { faithfulPlatform, type Protocol } from '../protocol.ts';

export const v0: Protocol = {
  ...faithfulPlatform,
  id: 'v0',
  summary: 'the 2010 proposal as written',
  kernel: '2010',
  claimFirst: false,
  populateFirst: true,
  runMax: 1,
  shortFill: 'ignored',
  rollbackOnAddFailure: false,
  noGap: 'ECANCELED',
  driverOnlines: true,
  onlineInsideAdd: false,
  dropMutexOverAdd: true,
  countTotal: false,
  countCurrent: false,
  runs: 'thread',
  baseline: 'decision',
  callback: 'allocator',
  freezes: false,
  invalidatesRun: false,
  beyondRam: 'invalid',
  awaitsFirstShrink: false,
  tellsP2mGrowth: false,
  addChecksReach: false,
};

/**
 * The mission's line made safe: reserve → populate → add → online, every failure undone in reverse order.
 * The only variant in which every property must hold (design §3). One block a request, so that a veto needs no partial undo.
 */
import { faithfulPlatform, type Protocol } from '../protocol.ts';

export const lifecycle: Protocol = {
  ...faithfulPlatform,
  id: 'lifecycle',
  summary: 'reserve, populate, add, online; every failure undone',
  claimFirst: true,
  populateFirst: true,
  roundsTo: 'block',
  runMax: 1,
  shortFill: 'retried',
  cutShrink: 'DONE',
  isolatesOnlining: true,
  rollbackOnAddFailure: true,
  noGap: 'EAGAIN',
  driverOnlines: true,
  onlineInsideAdd: true,
  dropMutexOverAdd: true,
  countTotal: true,
  countCurrent: true,
  runs: 'thread',
  baseline: 'decision',
  waitsFor: 'target',
  callback: 'allocator',
  countsLent: false,
  undoesLimit: true,
  restoresIdentity: true,
  comparesP2mRoom: true,
  freesUnmapped: true,
  p2mLeaves: 'atBoot',
  stuckIs: 'counted',
  forgetsStuck: false,
  claimSurvivesFailedAssign: true,
};

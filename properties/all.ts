/** Every property, in the order of their ids. A new one is one file in this folder and one line here. */

import { foreignIsUsable } from './invariants/a-1.ts';
import { reservedIsThere } from './invariants/b-1.ts';
import { targetsWithinRange } from './invariants/b-2.ts';
import { marksEnd } from './invariants/b-3.ts';
import { askedIsAnswered } from './invariants/b-4.ts';
import { targetsComeToRest } from './invariants/b-5.ts';
import { limitsFollow } from './invariants/b-6.ts';
import { addedWasAsked } from './invariants/c-1.ts';
import { callsWithinCredit } from './invariants/c-2.ts';
import { threadSleepsAgain } from './invariants/d-1.ts';
import { writersFinish } from './invariants/d-2.ts';
import { namedRest } from './invariants/d-3.ts';
import { borrowerReturns } from './invariants/d-4.ts';
import { entriesAreOwn } from './invariants/e-1.ts';
import { nothingForeignMapped } from './invariants/e-2.ts';
import { nobodyDiesInACall } from './invariants/e-3.ts';
import { devicesCanBeMapped } from './invariants/e-4.ts';
import { publishedListIsRight } from './invariants/e-5.ts';
import { nothingTwice } from './invariants/g-1.ts';
import { claimsBuyFrames } from './invariants/h-1.ts';
import { oneHolder } from './invariants/i-2.ts';
import { reservedFirst } from './invariants/i-3.ts';
import { usableMeansBacked } from './invariants/i-5.ts';
import { nothingSpecialPopulated } from './invariants/i-6.ts';
import { oneMover } from './invariants/i-7.ts';
import { noWaitCycle } from './invariants/i-8.ts';
import { populateOnlyEmpty } from './invariants/i-9.ts';
import { balloonedMeansEmpty } from './invariants/i-10.ts';
import { wholeBlocks } from './invariants/i-12.ts';
import { withinReach } from './invariants/i-13.ts';
import { listLength } from './invariants/i-14.ts';
import { totalAddsUp } from './invariants/i-16.ts';
import { expectedAddsUp } from './invariants/i-17.ts';
import { noWrap } from './invariants/i-18.ts';
import { lentIsCounted } from './invariants/i-19.ts';
import { extentsAreCounted } from './invariants/i-20.ts';
import { admission } from './invariants/i-21.ts';
import { hostAddsUp } from './invariants/i-22.ts';
import { claimsAddUp } from './invariants/i-23.ts';
import { guestAgreesWithXen } from './invariants/i-24.ts';
import { nothingInHand } from './invariants/i-26.ts';
import { noOrphan } from './invariants/i-27.ts';
import { blockLifecycle } from './invariants/i-28.ts';
import { listedOnce } from './invariants/i-31.ts';
import { failedAddChangesNothing } from './invariants/i-32.ts';
import { failedExtentLeavesNothing } from './invariants/i-33.ts';
import { failedOrderLeavesLimit } from './invariants/i-35.ts';
import { converges } from './invariants/i-36.ts';
import { recovers } from './invariants/i-37.ts';
import { nothingBlocks } from './invariants/i-38.ts';
import { lastTargetWins } from './invariants/i-39.ts';
import { noLivelock } from './invariants/i-40.ts';
import { growthCanBeUndone } from './invariants/i-41.ts';
import { removalLeavesNothing } from './invariants/i-42.ts';
import { offlineIsUndone } from './invariants/i-43.ts';
import { noGrowthWhileCopied } from './invariants/i-44.ts';
import { noBusyLoop } from './invariants/l-1.ts';
import { writersEnd } from './invariants/l-2.ts';
import { nothingLiesReady } from './invariants/l-3.ts';
import { targetsAreActedOn } from './invariants/l-4.ts';
import { nothingLeftBehind } from './invariants/m-1.ts';
import { cacheSuffices } from './invariants/o-1.ts';
import { cacheWithinEntries } from './invariants/o-2.ts';
import { noSpinning } from './invariants/p-1.ts';
import { failedAddIsFinal } from './invariants/p-2.ts';
import { shortIsProgress } from './invariants/p-3.ts';
import { refusedIsRemembered } from './invariants/p-4.ts';
import { lowFirst } from './invariants/r-1.ts';
import { sectionsInOrder } from './invariants/s-1.ts';
import { registeredWhileTaken } from './invariants/s-2.ts';
import { typedWhileListed } from './invariants/s-3.ts';
import { everythingCanBeRemoved } from './invariants/s-4.ts';
import { limitGoesWithTarget } from './invariants/t-1.ts';
import { standingTargetFits } from './invariants/t-2.ts';
import { loweredToAllThereIs } from './invariants/t-3.ts';
import { orderIsTheAim } from './invariants/t-4.ts';
import { oneUserOfAddresses } from './invariants/u-1.ts';
import { scratchIsRegistered } from './invariants/u-2.ts';
import { spansAreRight } from './invariants/z-1.ts';
import { usableIsLookedAt } from './invariants/z-2.ts';
import type { Property } from './property.ts';

const known: Property[] = [
  oneHolder,
  reservedFirst,
  usableMeansBacked,
  nothingSpecialPopulated,
  oneMover,
  noWaitCycle,
  populateOnlyEmpty,
  balloonedMeansEmpty,
  wholeBlocks,
  withinReach,
  listLength,
  totalAddsUp,
  expectedAddsUp,
  noWrap,
  lentIsCounted,
  extentsAreCounted,
  admission,
  hostAddsUp,
  claimsAddUp,
  guestAgreesWithXen,
  nothingInHand,
  noOrphan,
  blockLifecycle,
  failedAddChangesNothing,
  failedExtentLeavesNothing,
  failedOrderLeavesLimit,
  lastTargetWins,
  removalLeavesNothing,
  noGrowthWhileCopied,
  threadSleepsAgain,
  writersFinish,
  namedRest,
  borrowerReturns,
  reservedIsThere,
  targetsWithinRange,
  marksEnd,
  lowFirst,
  foreignIsUsable,
  addedWasAsked,
  callsWithinCredit,
  entriesAreOwn,
  nothingForeignMapped,
  nobodyDiesInACall,
  devicesCanBeMapped,
  publishedListIsRight,
  nothingLeftBehind,
  cacheSuffices,
  cacheWithinEntries,
  noSpinning,
  failedAddIsFinal,
  shortIsProgress,
  refusedIsRemembered,
  sectionsInOrder,
  registeredWhileTaken,
  typedWhileListed,
  everythingCanBeRemoved,
  limitGoesWithTarget,
  standingTargetFits,
  claimsBuyFrames,
  nothingTwice,
  loweredToAllThereIs,
  orderIsTheAim,
  oneUserOfAddresses,
  scratchIsRegistered,
  spansAreRight,
  usableIsLookedAt,
];

export const properties: readonly Property[] = known;

/** One from outside the tree (`--models`); before anything is planned, never later. */
export const addProperty = (property: Property): void => void known.push(property);

const shipped = known.length;
/** Ids of those from outside: the catalog says nothing about them. */
export const foreignProperties = (): readonly string[] => known.slice(shipped).map(({ id }) => id);

/**
 * Judged where a row of the catalog names them, or somebody asks: temporal properties (each is one more walk over the graph),
 * and what follows from I-9 and I-10 told as operations that should undo each other.
 */
export const onRequest: readonly Property[] = [
  listedOnce,
  converges,
  recovers,
  nothingBlocks,
  noLivelock,
  noBusyLoop,
  writersEnd,
  nothingLiesReady,
  targetsAreActedOn,
  askedIsAnswered,
  targetsComeToRest,
  limitsFollow,
  growthCanBeUndone,
  offlineIsUndone,
];

/** All that can be asked for by name. */
export const everyProperty = (): readonly Property[] => [...properties, ...onRequest];

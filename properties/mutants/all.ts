/** Every mutant, by its file. Generated from what stands in this folder: `npm run golden` writes it anew, a test keeps it fresh. */
import type { Mutant } from '../mutant.ts';
import { addOnlineLockInversion } from './add-online-lock-inversion.ts';
import { addReachUnchecked } from './add-reach-unchecked.ts';
import { addfailEndlessRetry } from './addfail-endless-retry.ts';
import { assignedNotCounted } from './assigned-not-counted.ts';
import { baselineReread } from './baseline-reread.ts';
import { blockForLess } from './block-for-less.ts';
import { bootLimitAtRuntime } from './boot-limit-at-runtime.ts';
import { capNotChecked } from './cap-not-checked.ts';
import { claimEaten } from './claim-eaten.ts';
import { claimLate } from './claim-late.ts';
import { claimOnDying } from './claim-on-dying.ts';
import { claimsIgnoredByAllocator } from './claims-ignored-by-allocator.ts';
import { claimsTwoCriticalSections } from './claims-two-critical-sections.ts';
import { conflictCheckedLate } from './conflict-checked-late.ts';
import { creditIsCompared } from './credit-is-compared.ts';
import { currentNotCounted } from './current-not-counted.ts';
import { debtNotPaid } from './debt-not-paid.ts';
import { decreaseCountedTwice } from './decrease-counted-twice.ts';
import { decreaseNoProgress } from './decrease-no-progress.ts';
import { dlparDoubleRelease } from './dlpar-double-release.ts';
import { doubleListRemoval } from './double-list-removal.ts';
import { e820GapAsPci } from './e820-gap-as-pci.ts';
import { e820UnusableOverfix } from './e820-unusable-overfix.ts';
import { earlyMemMax } from './early-mem-max.ts';
import { ecanceledSpin } from './ecanceled-spin.ts';
import { eexistFlood } from './eexist-flood.ts';
import { emptiedWithoutLock } from './emptied-without-lock.ts';
import { extraBeyondMemmap } from './extra-beyond-memmap.ts';
import { extraButTargetKept } from './extra-but-target-kept.ts';
import { failedLendLeaks } from './failed-lend-leaks.ts';
import { fillListLies } from './fill-list-lies.ts';
import { firstWatchIsOrder } from './first-watch-is-order.ts';
import { foreignOnlineCallback } from './foreign-online-callback.ts';
import { framelistStaleAfterResume } from './framelist-stale-after-resume.ts';
import { freedFrameLost } from './freed-frame-lost.ts';
import { freedWhileMapped } from './freed-while-mapped.ts';
import { heldFrameFreed } from './held-frame-freed.ts';
import { highBeforeLow } from './high-before-low.ts';
import { highCountedLow } from './high-counted-low.ts';
import { hotplugAtEndOfRam } from './hotplug-at-end-of-ram.ts';
import { hotplugOveradd } from './hotplug-overadd.ts';
import { hotplugRegionIdentity } from './hotplug-region-identity.ts';
import { hvFixedChunk } from './hv-fixed-chunk.ts';
import { hvOvershoot2m } from './hv-overshoot-2m.ts';
import { hvmBalloonedBoot } from './hvm-ballooned-boot.ts';
import { identityNotPutBack } from './identity-not-put-back.ts';
import { initBalloonNotAwaited } from './init-balloon-not-awaited.ts';
import { keptPageCounted } from './kept-page-counted.ts';
import { lentPagesMakeRoom } from './lent-pages-make-room.ts';
import { libxlOffsetWraps } from './libxl-offset-wraps.ts';
import { libxlTargetMaxRace } from './libxl-target-max-race.ts';
import { limitNotUndone } from './limit-not-undone.ts';
import { liveEntryStopsKernel } from './live-entry-stops-kernel.ts';
import { lowFramesDrift } from './low-frames-drift.ts';
import { maxBelowTotRefused } from './max-below-tot-refused.ts';
import { maxpfnCountsMmio } from './maxpfn-counts-mmio.ts';
import { minimumNotKept } from './minimum-not-kept.ts';
import { mutexDroppedOverAdd } from './mutex-dropped-over-add.ts';
import { mutexHeldOverAdd } from './mutex-held-over-add.ts';
import { newZoneUnusable } from './new-zone-unusable.ts';
import { noResponseFlagSticky } from './no-response-flag-sticky.ts';
import { noRollback } from './no-rollback.ts';
import { noStaticMaxNode } from './no-static-max-node.ts';
import { nodeSpanFromZero } from './node-span-from-zero.ts';
import { nohotplugClobbersTarget } from './nohotplug-clobbers-target.ts';
import { offlineTypedPageMapped } from './offline-typed-page-mapped.ts';
import { onlineLies } from './online-lies.ts';
import { onlineNotTold } from './online-not-told.ts';
import { onlineStaysExpected } from './online-stays-expected.ts';
import { onlineWithoutLock } from './online-without-lock.ts';
import { p2mGrowsAsAdded } from './p2m-grows-as-added.ts';
import { p2mGrowthUntold } from './p2m-growth-untold.ts';
import { p2mLimitNotApplied } from './p2m-limit-not-applied.ts';
import { p2mNotLookedAt } from './p2m-not-looked-at.ts';
import { partialPopulateHardLimit } from './partial-populate-hard-limit.ts';
import { physmapAddUnchecked } from './physmap-add-unchecked.ts';
import { pvhScratchCounted } from './pvh-scratch-counted.ts';
import { rangeReleasedFirst } from './range-released-first.ts';
import { regionPageWrongType } from './region-page-wrong-type.ts';
import { releaseGranularity } from './release-granularity.ts';
import { releaseKeepsMapping } from './release-keeps-mapping.ts';
import { removalNotCounted } from './removal-not-counted.ts';
import { removedRangeKept } from './removed-range-kept.ts';
import { removedWithFrames } from './removed-with-frames.ts';
import { retriesForEver } from './retries-for-ever.ts';
import { scratchNotRegistered } from './scratch-not-registered.ts';
import { scratchNotReleased } from './scratch-not-released.ts';
import { setmaxmemNoop } from './setmaxmem-noop.ts';
import { shortFillIgnored } from './short-fill-ignored.ts';
import { spanNotGrownDownwards } from './span-not-grown-downwards.ts';
import { squeezedOffsetVsMax } from './squeezed-offset-vs-max.ts';
import { stuckClippedOnce } from './stuck-clipped-once.ts';
import { stuckForgotten } from './stuck-forgotten.ts';
import { surplusKept } from './surplus-kept.ts';
import { threadNotFrozen } from './thread-not-frozen.ts';
import { totalNotCounted } from './total-not-counted.ts';
import { unalignedAddAccepted } from './unaligned-add-accepted.ts';
import { unitMismatchSysfs } from './unit-mismatch-sysfs.ts';
import { unmappedKept } from './unmapped-kept.ts';
import { untestedCallback } from './untested-callback.ts';
import { virtioUnalignedEndless } from './virtio-unaligned-endless.ts';
import { vmemForgottenBlock } from './vmem-forgotten-block.ts';
import { waitUninterruptible } from './wait-uninterruptible.ts';
import { watchLoopDies } from './watch-loop-dies.ts';
import { winSuspendVsBalloon } from './win-suspend-vs-balloon.ts';
import { xsa222RemoveUnchecked } from './xsa222-remove-unchecked.ts';
import { xsa247ZeroCheck } from './xsa247-zero-check.ts';

const known: Mutant[] = [
  addOnlineLockInversion,
  addReachUnchecked,
  addfailEndlessRetry,
  assignedNotCounted,
  baselineReread,
  blockForLess,
  bootLimitAtRuntime,
  capNotChecked,
  claimEaten,
  claimLate,
  claimOnDying,
  claimsIgnoredByAllocator,
  claimsTwoCriticalSections,
  conflictCheckedLate,
  creditIsCompared,
  currentNotCounted,
  debtNotPaid,
  decreaseCountedTwice,
  decreaseNoProgress,
  dlparDoubleRelease,
  doubleListRemoval,
  e820GapAsPci,
  e820UnusableOverfix,
  earlyMemMax,
  ecanceledSpin,
  eexistFlood,
  emptiedWithoutLock,
  extraBeyondMemmap,
  extraButTargetKept,
  failedLendLeaks,
  fillListLies,
  firstWatchIsOrder,
  foreignOnlineCallback,
  framelistStaleAfterResume,
  freedFrameLost,
  freedWhileMapped,
  heldFrameFreed,
  highBeforeLow,
  highCountedLow,
  hotplugAtEndOfRam,
  hotplugOveradd,
  hotplugRegionIdentity,
  hvFixedChunk,
  hvOvershoot2m,
  hvmBalloonedBoot,
  identityNotPutBack,
  initBalloonNotAwaited,
  keptPageCounted,
  lentPagesMakeRoom,
  libxlOffsetWraps,
  libxlTargetMaxRace,
  limitNotUndone,
  liveEntryStopsKernel,
  lowFramesDrift,
  maxBelowTotRefused,
  maxpfnCountsMmio,
  minimumNotKept,
  mutexDroppedOverAdd,
  mutexHeldOverAdd,
  newZoneUnusable,
  noResponseFlagSticky,
  noRollback,
  noStaticMaxNode,
  nodeSpanFromZero,
  nohotplugClobbersTarget,
  offlineTypedPageMapped,
  onlineLies,
  onlineNotTold,
  onlineStaysExpected,
  onlineWithoutLock,
  p2mGrowsAsAdded,
  p2mGrowthUntold,
  p2mLimitNotApplied,
  p2mNotLookedAt,
  partialPopulateHardLimit,
  physmapAddUnchecked,
  pvhScratchCounted,
  rangeReleasedFirst,
  regionPageWrongType,
  releaseGranularity,
  releaseKeepsMapping,
  removalNotCounted,
  removedRangeKept,
  removedWithFrames,
  retriesForEver,
  scratchNotRegistered,
  scratchNotReleased,
  setmaxmemNoop,
  shortFillIgnored,
  spanNotGrownDownwards,
  squeezedOffsetVsMax,
  stuckClippedOnce,
  stuckForgotten,
  surplusKept,
  threadNotFrozen,
  totalNotCounted,
  unalignedAddAccepted,
  unitMismatchSysfs,
  unmappedKept,
  untestedCallback,
  virtioUnalignedEndless,
  vmemForgottenBlock,
  waitUninterruptible,
  watchLoopDies,
  winSuspendVsBalloon,
  xsa222RemoveUnchecked,
  xsa247ZeroCheck,
];

export const mutants: readonly Mutant[] = known;

/** One from outside the tree (`--models`); before anything is planned, never later. */
export const addMutant = (mutant: Mutant): void => void known.push(mutant);

/** Every mutant. A new one is one file in this folder and one line here. */
import type { Mutant } from '../mutant.ts';
import { baselineReread } from './baseline-reread.ts';
import { capNotChecked } from './cap-not-checked.ts';
import { claimLate } from './claim-late.ts';
import { currentNotCounted } from './current-not-counted.ts';
import { debtNotPaid } from './debt-not-paid.ts';
import { decreaseCountedTwice } from './decrease-counted-twice.ts';
import { freedFrameLost } from './freed-frame-lost.ts';
import { halfBlocksAdded } from './half-blocks-added.ts';
import { hotplugAtEndOfRam } from './hotplug-at-end-of-ram.ts';
import { hvmBalloonedBoot } from './hvm-ballooned-boot.ts';
import { initBalloonNotAwaited } from './init-balloon-not-awaited.ts';
import { keptPageCounted } from './kept-page-counted.ts';
import { mutexHeldOverAdd } from './mutex-held-over-add.ts';
import { noRollback } from './no-rollback.ts';
import { onlineLies } from './online-lies.ts';
import { onlineStaysExpected } from './online-stays-expected.ts';
import { releaseKeepsMapping } from './release-keeps-mapping.ts';
import { shortFillIgnored } from './short-fill-ignored.ts';
import { surplusKept } from './surplus-kept.ts';
import { totalNotCounted } from './total-not-counted.ts';
import { untestedCallback } from './untested-callback.ts';

const known: Mutant[] = [
  hotplugAtEndOfRam,
  claimLate,
  shortFillIgnored,
  untestedCallback,
  keptPageCounted,
  totalNotCounted,
  decreaseCountedTwice,
  releaseKeepsMapping,
  capNotChecked,
  freedFrameLost,
  currentNotCounted,
  noRollback,
  onlineLies,
  mutexHeldOverAdd,
  baselineReread,
  onlineStaysExpected,
  halfBlocksAdded,
  initBalloonNotAwaited,
  hvmBalloonedBoot,
  debtNotPaid,
  surplusKept,
];

export const mutants: readonly Mutant[] = known;

/** One from outside the tree (`--models`); before anything is planned, never later. */
export const addMutant = (mutant: Mutant): void => void known.push(mutant);

/**
 * Puts a fuzzed world together: charts and sampler of a variant, its properties, and the independent ledger beside them.
 */
import type { Form } from '../../../models/form.ts';
import { formOf } from '../../../models/forms/all.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import { looksFirst, takesOffset } from '../../../models/guest/first-look.ts';
import { writesP2m } from '../../../models/guest/p2m.ts';
import { hasSecondCaller } from '../../../models/guest/second-caller.ts';
import { clipsStuck, neighbourRange } from '../../../models/host/neighbour.ts';
import { podOn } from '../../../models/host/pod.ts';
import { hasSpecial } from '../../../models/host/special.ts';
import { guestParts, type HostSize, outsideChart, realScope, seenByOthers } from '../../../models/hosts.ts';
import type { Protocol } from '../../../models/protocol.ts';
import { type SamplingOptions, samplerOf } from '../../../models/sampling/sampling.ts';
import { asksForNeeds, has, isManaged, type Scope } from '../../../models/scope.ts';
import { properties } from '../../../properties/all.ts';
import { expectOk } from '../../core/result.ts';
import type { Setup } from '../../fuzz/checked-run.ts';
import { GuestCharts } from '../../fuzz/domain.ts';
import { Watches } from '../../fuzz/judge.ts';
import type { LedgerFacts, LedgerSizes } from '../../ledger/facts.ts';
import { PageLedger } from '../../ledger/host.ts';

/** Labels between two comparisons of every chart with the ledger. */
const FULL_EVERY = 1000;

/** A guest of real size. */
export function realSetup(protocol: Protocol, size: HostSize): Setup {
  const form = realForm(protocol, size);
  return setupOf(protocol, form, realScope(protocol, form, size), { domains: size.domains });
}

/** The form of a guest of real size; it was looked at when the flags were read. */
export const realForm = (protocol: Protocol, { form }: Pick<HostSize, 'form'>): Form =>
  expectOk(formOf(form ?? pv64.id, protocol), 'the form was looked at');

export interface SetupOptions extends SamplingOptions {
  readonly domains?: number;
  /** Without: the charts alone. */
  readonly withLedger?: boolean;
  /** What the ledger believes of the protocol; differs from the charts in tests of the ledger only. */
  readonly facts?: Partial<LedgerFacts>;
}

export function setupOf(protocol: Protocol, form: Form, scope: Scope, options: SetupOptions = {}): Setup {
  const { domains = 1, withLedger = true, facts = {} } = options;
  const applying = properties.filter((property) => property.appliesTo(protocol, scope));
  const sampler = samplerOf(protocol, form, scope, options);
  return {
    parts: {
      domains,
      charts: new GuestCharts(
        guestParts(protocol, form, scope),
        sampler.buckets,
        Object.keys(sampler.families),
      ),
      sampler,
      seenByOthers: (label) => seenByOthers(protocol, label),
      outside: domains > 1 ? outsideChart() : undefined,
      startFrames: scope.bootPages - scope.bootBallooned - (podOn(form, scope) ? scope.bootPod : 0),
    },
    watches: new Watches(applying),
    properties: applying,
    ledger: withLedger
      ? () => new PageLedger({ ...factsOf(protocol, scope, form), ...facts }, sizesOf(form, scope, domains))
      : undefined,
    fullEvery: FULL_EVERY,
  };
}

/** A protocol in the words of the ledger. */
export function factsOf(protocol: Protocol, scope: Scope, form: Form = pv64): LedgerFacts {
  const listed = { allocator: 'allocator', balloon: 'list', testP2m: 'listIfEmpty' } as const;
  return {
    onlinedPage: listed[protocol.callback],
    listCountsKept: protocol.countsKeptPage,
    currentFallsBy: protocol.decreaseCounts,
    totalGrows: protocol.countTotal,
    currentGrows: protocol.countCurrent,
    registersFirst: protocol.claimFirst,
    framesBeforeAdd: protocol.populateFirst,
    runMax: protocol.runMax,
    shortRunIsAdded: protocol.shortFill === 'ignored',
    fillsWhileShort: protocol.fillsTo === 'target',
    refusalKeepsLock: protocol.refusedFill === 'stopsLocked',
    targetFallsToo: protocol.forfeits === 'currentAndTarget',
    failedAddIsRetried: protocol.addFailure === 'EAGAIN',
    mutexWhileBusy: protocol.mutexOver === 'run',
    creditsAdded: protocol.expects,
    onlinedIsSettled: protocol.settlesExpected,
    failureIsUndone: protocol.rollbackOnAddFailure,
    noGapIsRetried: protocol.noGap === 'EAGAIN',
    onlinesAfterAdd: protocol.driverOnlines && !protocol.onlineInsideAdd,
    mutexFreeOverAdd: protocol.dropMutexOverAdd,
    writesEntries: writesP2m(protocol, form, scope),
    entriesAreAddresses: protocol.beyondRam === 'identity',
    entriesComeBack: protocol.restoresIdentity,
    isWorkItem: protocol.runs === 'work',
    waitReadsAgain: protocol.baseline === 'sleep',
    waitComparesCredit: protocol.waitsFor === 'credit',
    lentIsCounted: protocol.countsLent,
    failedLendIsSettled: protocol.settlesFailedLend,
    hasSpecial: hasSpecial(form, scope),
    unmapsFirst: protocol.unmapsFirst,
    scratchIsRegistered: protocol.registersScratch,
    hasHighmem: form.highmem,
    highIsCounted: protocol.countsHigh,
    highIsLast: protocol.listOrder === 'lowFirst',
    borrowerAdds: hasSecondCaller(protocol, scope),
    limitBeforeTarget: scope.writer === 'libxl' && !isManaged(scope),
    toolIsWhole: has(scope, 'libxl'),
    failedOrderIsUndone: protocol.undoesLimit,
    looksTakeOffset: takesOffset(protocol, form, scope),
    leavesMade: leavesMade(protocol, form),
    growthIsSeen: protocol.tellsP2mGrowth,
    looksClip: clipsStuck(protocol, scope),
    needs: needsOf(protocol, scope),
    callsForget: protocol.forgetsStuck,
    movingClears: protocol.clearsStuck,
    iomemRefuses: protocol.asksIomem,
    limitIsChecked: protocol.checksCap,
    unmappedIsFreed: protocol.freesUnmapped,
    claimsAreKept: protocol.claimsHonoured,
    claimsAreEaten: !protocol.claimSurvivesFailedAssign,
    waitsForReferences: protocol.waitsForReferences,
    givingBackFrees: protocol.decreaseFrees,
    freedReachesHeap: protocol.returnsToHeap,
    vetoRestores: protocol.vetoRestoresState,
    startWaits: protocol.awaitsFirstShrink,
    debtIsPaid: protocol.stealsForCache,
    surplusIsFreed: protocol.freesSurplus,
  };
}

function needsOf({ stuckIs }: Protocol, scope: Scope): LedgerFacts['needs'] {
  if (!asksForNeeds(scope)) return 'notAsked';
  return stuckIs === 'counted' ? 'marksTillMove' : 'marksTillBalance';
}

/** Of a guest whose frame list is its own. */
function leavesMade(protocol: Protocol, form: Form): LedgerFacts['leavesMade'] {
  if (form.p2mOwner !== 'guest' || protocol.p2mLeaves === 'atBoot') return 'before';
  return protocol.claimFirst && protocol.fillsTo === 'run' ? 'withRun' : 'withFrame';
}

const rangeOf = ({ min, max }: { readonly min: number; readonly max: number }) => ({ least: min, most: max });

const sizesOf = (form: Form, scope: Scope, domains: number): LedgerSizes => ({
  domains,
  sections: scope.sections,
  sectionPages: scope.pagesPerSection,
  sectionsPerBlock: scope.sectionsPerBlock,
  bootPages: scope.bootPages,
  bootListed: scope.bootBallooned,
  bootOwed: podOn(form, scope) ? scope.bootPod : 0,
  firstTarget: scope.targets[0] ?? scope.bootPages,
  lastTarget: looksFirst(scope) ? (scope.targets[0] ?? scope.bootPages) : Math.max(...scope.targets),
  hostFrames: scope.hostPages,
  neighbour: isManaged(scope) ? rangeOf(neighbourRange(scope)) : undefined,
  batch: scope.batch,
  failuresMax: scope.retryLimit,
});

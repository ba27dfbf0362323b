/**
 * A ledger that agrees with everything is worth nothing. Each fact that the ledger believes is turned round, on a variant where it
 * matters; and each planted bug in the charts meets the ledger of the base. Both must be noticed.
 */

import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, createMachine } from 'xstate';
import type { Form } from '../../models/form.ts';
import { hvm64 } from '../../models/forms/hvm.ts';
import { pv32, pv64 } from '../../models/forms/pv.ts';
import { pvh64 } from '../../models/forms/pvh.ts';
import { balloonChart } from '../../models/guest/balloon.ts';
import { booksChart } from '../../models/guest/books.ts';
import { hypervisorChart } from '../../models/host/hypervisor.ts';
import { guestParts, realScope } from '../../models/hosts.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import type { Mutant } from '../../properties/mutant.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { protocolOf } from '../../src/cli/check/task.ts';
import { factsOf, setupOf } from '../../src/cli/fuzz/setup.ts';
import type { ModelChart } from '../../src/core/chart.ts';
import type { Setup } from '../../src/fuzz/checked-run.ts';
import { GuestCharts } from '../../src/fuzz/domain.ts';
import type { LedgerFacts } from '../../src/ledger/facts.ts';
import { REAL } from '../fuzz/fuzzed.ts';
import { scopeOf } from '../support/mutation.ts';
import { isNoticed } from './falsified.ts';

/** With further actors, where the case needs them. */
function differs(
  variant: string,
  facts: Partial<LedgerFacts>,
  actors?: Scope['actors'],
  form: Form = pv64,
): boolean {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no ${variant}`);
  const scope = { ...realScope(protocol, form, REAL), ...(actors === undefined ? {} : { actors }) };
  return isNoticed(setupOf(protocol, form, scope, { facts }), 12, 3000);
}

/** Where each fact shows. */
type Actors = Scope['actors'];
const WRONG: readonly (readonly [
  keyof LedgerFacts,
  LedgerFacts[keyof LedgerFacts],
  string,
  Actors?,
  Form?,
])[] = [
  ['onlinedPage', 'allocator', 'v3'],
  ['onlinedPage', 'list', 'lifecycle'],
  ['listCountsKept', true, 'v3-patched'],
  ['currentFallsBy', 2, 'v3'],
  ['totalGrows', false, 'v3'],
  ['currentGrows', false, 'lifecycle'],
  ['registersFirst', false, 'lifecycle'],
  ['framesBeforeAdd', true, 'v3'],
  ['runMax', 1, 'v3'],
  ['shortRunIsAdded', true, 'lifecycle'],
  ['fillsWhileShort', false, 'v1a'],
  ['refusalKeepsLock', false, 'v1b'],
  ['targetFallsToo', false, 'v1a'],
  ['failedAddIsRetried', true, 'v0'],
  ['mutexWhileBusy', true, 'v2-4.11'],
  ['creditsAdded', false, 'v1c'],
  ['onlinedIsSettled', false, 'v1c'],
  ['failureIsUndone', false, 'lifecycle'],
  ['noGapIsRetried', true, 'v3'],
  ['onlinesAfterAdd', false, 'v0'],
  ['mutexFreeOverAdd', false, 'v3'],
  ['writesEntries', false, 'v3', ['p2m']],
  ['entriesAreAddresses', false, 'v3', ['p2m']],
  ['entriesComeBack', true, 'v3', ['p2m']],
  ['isWorkItem', true, 'v3'],
  ['waitReadsAgain', false, 'v3'],
  ['waitComparesCredit', false, 'v3', ['pageUser']],
  ['lentIsCounted', false, 'v3', ['pageUser']],
  ['failedLendIsSettled', false, 'v3', ['pageUser']],
  ['hasHighmem', false, 'v2-4.4', undefined, pv32],
  ['highIsCounted', false, 'v2-4.4', undefined, pv32],
  ['highIsLast', true, 'high-before-low', undefined, pv32],
  ['hasSpecial', false, 'v3', ['pageUser', 'special'], pvh64],
  ['unmapsFirst', true, 'freed-while-mapped', ['pageUser', 'special'], pvh64],
  ['borrowerAdds', false, 'v3', ['hotplugUser']],
  ['scratchIsRegistered', false, 'v3', ['scratch']],
  ['unmappedIsFreed', true, 'v3', ['tables'], pvh64],
  ['limitBeforeTarget', false, 'v3'],
  ['toolIsWhole', true, 'v3'],
  ['leavesMade', 'withFrame', 'v3', ['migrator']],
  ['growthIsSeen', false, 'v3', ['migrator']],
  ['looksClip', false, 'v3', ['squeezed']],
  ['callsForget', false, 'v3', ['squeezed', 'builder']],
  ['movingClears', false, 'lifecycle', ['squeezed']],
  ['needs', 'marksTillBalance', 'lifecycle', ['qmemman', 'builder']],
  ['claimsAreKept', false, 'v3', ['newcomer']],
  ['claimsAreEaten', false, 'v3', ['newcomer']],
  ['failedOrderIsUndone', true, 'v3', ['libxl']],
  ['looksTakeOffset', false, 'v3', ['libxl', 'firstLook'], pvh64],
  ['iomemRefuses', true, 'hotplug-at-end-of-ram'],
  ['limitIsChecked', true, 'cap-not-checked'],
  ['givingBackFrees', false, 'v3'],
  ['waitsForReferences', false, 'v3', ['backend']],
  ['freedReachesHeap', false, 'v3'],
  ['vetoRestores', false, 'v3'],
  ['startWaits', true, 'v2-4.11', undefined, hvm64],
  ['debtIsPaid', false, 'v3', undefined, hvm64],
  ['surplusIsFreed', false, 'v3', undefined, hvm64],
  ['failedOrderIsUndone', true, 'v3', undefined, hvm64],
];

describe('a ledger that is wrong about', () => {
  it.each(WRONG.map(([fact, value, variant, actors, form]) => [fact, value, variant, actors, form] as const))(
    '%s (%s) is noticed on %s',
    (fact, value, variant, actors, form) => {
      expect(differs(variant, { [fact]: value }, actors, form)).toBe(true);
    },
  );

  it('every fact has a case', () => {
    const protocol = protocolOf('v3');
    if (protocol === undefined) throw new Error('no v3');
    const all = Object.keys(factsOf(protocol, realScope(protocol, pv64, REAL))).sort();
    expect([...new Set(WRONG.map(([fact]) => fact))].sort()).toEqual(all);
  });
});

describe('charts of a mutant against the ledger of its base:', () => {
  // At real size a block is a section and a release is that of a failed add; no boot memory is on the list.
  const ELSEWHERE: readonly Mutant['field'][] = [
    'roundsTo',
    'checksAlignment',
    'releasesEach',
    'bootTarget',
    // Nor is a block moved through the file `online`.
    'addLock',
    // The ledger knows no signals, only how they end.
    'waitsInterruptibly',
    // Nor what a suspended guest loses, and what of it is saved.
    'freezes',
    'rebuildsFrameList',
    // Nor how pages are typed; and boot memory that nothing is behind yet is not on the list.
    'typesBootPages',
    'marksBootGap',
    // Nor what of boot memory lies in a gap of the map.
    'keepsBootGap',
    // Nor which blocks a driver will not look at again: it only takes fewer steps.
    'retriesRemoval',
    // Nor why targets are set to what they are: it reads them off the labels.
    'countsPromised',
    // And at real size every section can be addressed.
    'addChecksReach',
  ];
  const here = mutants.filter(({ field, id }) => !ELSEWHERE.includes(field) || id === 'first-watch-is-order');
  it.each(here)('$id', (mutant) => {
    const { id, base, protocol, form } = mutant;
    const { actors } = scopeOf(mutant);
    const facts = factsOf(base, realScope(base, form, REAL));
    expect(differs(id, facts, actors, form)).toBe(true);
    expect(protocol.id).toBe(id);
  });
});

/** As the chart was until a real guest showed otherwise: after a block that was vetoed, the next. */
function walkingOn(chart: ModelChart): ModelChart {
  const { config } = chart.machine;
  const { onlineWalk, ...states } = config.states ?? {};
  const moves = onlineWalk?.on as Readonly<Record<string, unknown>>;
  const on = { ...moves, 'autoonline.veto': moves['autoonline.done'] };
  const machine = createMachine({ ...config, states: { ...states, onlineWalk: { on } } } as never);
  return { ...chart, machine: machine as AnyStateMachine };
}

/** The sampler knows what the charts should take; only a draw that goes beyond shows that they take more. */
describe('a chart that lost', () => {
  const withChart = (protocol: Protocol, lost: (scope: Scope) => ModelChart): Setup => {
    const scope = realScope(protocol, pv64, REAL);
    const setup = setupOf(protocol, pv64, scope);
    const { sampler } = setup.parts;
    const parts = guestParts(protocol, pv64, scope);
    const chart = lost(scope);
    const fixed = parts.fixed.map((one) => (one.id === chart.id ? chart : one));
    expect(fixed).toContain(chart);
    const charts = new GuestCharts({ ...parts, fixed }, sampler.buckets, Object.keys(sampler.families));
    return { ...setup, parts: { ...setup.parts, charts } };
  };

  it.each([
    [
      'the limit of the domain',
      lifecycle,
      (scope: Scope) => hypervisorChart({ ...lifecycle, checksCap: false }, pv64, scope),
    ],
    [
      'the end of the walk over a run whose block is vetoed',
      v3,
      (scope: Scope) => walkingOn(balloonChart(v3, pv64, scope)),
    ],
    ['the batch of a call', v3, (scope: Scope) => booksChart(v3, pv64, { ...scope, batch: 2 * scope.batch })],
  ] as const)('%s', (_, protocol, lost) => {
    expect(isNoticed(withChart(protocol, lost), 60, 2000)).toBe(true);
  });
});
